"""Runs a learner's function on one case, so that nothing it does gets out or spoils the next.

Only KeyboardInterrupt passes through: that is the learner pressing stop. It does not limit what
a function prints.
"""

import inspect
import linecache
from collections.abc import Sequence
from copy import deepcopy
from types import CoroutineType, GeneratorType
from typing import Any

from .patience import LIMIT, TooLarge, TooLong, call_within
from .words import counted, error_words, shorten


class Failed(Exception):
    """The function could not be called, or raised; the message is a sentence for the learner.

    `kind` is the name of what it raised ("InvalidTag"), or empty.
    """

    def __init__(self, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind


def check_parameters(function: Any, names: Sequence[str]) -> None:
    """Raise Failed when `function` cannot be called with as many arguments as there are `names`."""
    try:
        signature = inspect.signature(function)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return  # some callables do not tell; the call itself will
    try:
        signature.bind(*names)
    except TypeError:
        names_it_has = ", ".join(signature.parameters)
        has = f"{len(signature.parameters)} ({names_it_has})" if names_it_has else "none"
        raise Failed(
            f"Your function should take {counted(len(names), 'parameter')} ({', '.join(names)}); "
            f"it has {shorten(has)}."
        ) from None


def call(function: Any, args: Sequence[Any], limit: float | None = None) -> Any:
    """Call `function` on copies of `args`. Raises Failed for anything it raises.

    `limit`: seconds, where less than LIMIT is enough."""
    seconds = min(limit or LIMIT, LIMIT)
    copies = deepcopy(tuple(args))
    try:
        result = call_within(seconds, function, copies)
    except KeyboardInterrupt:
        raise
    except TooLarge:
        raise Failed(
            "Your function had filled a gigabyte of memory, so it was stopped. Does it put more "
            "and more into a list, a text or a number, in a loop that never ends?",
            TooLong.__name__,
        ) from None
    except TooLong:
        raise Failed(
            f"Your function was still running after {seconds:.0f} seconds, so it was stopped. Does "
            "something change in every round of its loop that brings the end nearer?",
            TooLong.__name__,
        ) from None
    except RecursionError:
        raise Failed(
            "Your function calls itself again and again without ever coming to an end "
            "(RecursionError)."
        ) from None
    except BaseException as error:
        raise Failed(
            f"Your function stopped with {error_words(error)}{_where(function, error)}",
            type(error).__name__,
        ) from None
    if type(result) is CoroutineType:
        result.close()
        raise Failed("Your function is an async function; write it with plain def.")
    if type(result) is GeneratorType:
        raise Failed("Your function yields; write return instead of yield.")
    return result


def _where(function: Any, error: BaseException) -> str:
    """The last line of the learner's own code that the error passed through, if it can be told."""
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    if file is None or line is None:
        return "."
    source = shorten(linecache.getline(file, line), 70)
    return f" (line {line} of its cell{': ' + source if source else ''})."
