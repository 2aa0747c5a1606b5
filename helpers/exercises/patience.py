"""A limit for how long a learner's function may run, so that an endless loop ends in a sentence."""

from __future__ import annotations

import _thread
import contextlib
import signal
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

LIMIT = 15.0  # seconds for one call: every solution of the course needs far less
_SETTLE = 0.2  # seconds in which an interrupt that was sent must have arrived


class TooLong(Exception):
    """The function was still running at the limit, and was stopped."""


def call_within(seconds: float, function: Callable[..., Any], args: Sequence[Any]) -> Any:
    """function(*args). Raises TooLong when it is not back after `seconds`; what it raises passes.

    It is stopped in the way a learner would stop it, by an interrupt: code that holds one long
    call of C (a huge power) is stopped after that call only. Outside of the main thread, or where
    interrupts are handled by somebody else, there is no limit. A KeyboardInterrupt of the
    learner's own passes through.
    """
    if not _can_interrupt():
        return function(*args)
    guard, over, sent = threading.Lock(), False, False

    def stop() -> None:
        nonlocal sent
        with guard:
            if not over:
                sent = True
                _thread.interrupt_main()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        result = function(*args)
    except KeyboardInterrupt:
        if not sent:
            raise
        raise TooLong from None
    finally:
        with guard:
            over = True
        timer.cancel()
    if sent:  # at the very last moment: the interrupt is still on its way here, or was swallowed
        with contextlib.suppress(KeyboardInterrupt):
            time.sleep(_SETTLE)
    return result


def _can_interrupt() -> bool:
    main = threading.current_thread() is threading.main_thread()
    return main and signal.getsignal(signal.SIGINT) is signal.default_int_handler
