"""A limit for how long a learner's function may run, so that an endless loop ends in a sentence."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Sequence
from typing import Any

LIMIT = 15.0  # seconds for one call: every solution of the course needs far less


class TooLong(BaseException):
    """The function was still running at the limit, and was stopped.

    No Exception, so that an `except Exception` inside of the loop does not keep it alive.
    """


def call_within(seconds: float, function: Callable[..., Any], args: Sequence[Any]) -> Any:
    """function(*args). Raises TooLong when it is not back after `seconds`; what it raises passes.

    TooLong comes up between two of the function's own steps: code that sits in one long call of C
    (a huge power, a sleep) is stopped after that call only, and a bare `except:` can swallow it.
    """
    guard, over = threading.Lock(), False
    thread = ctypes.c_ulong(threading.get_ident())

    def stop() -> None:
        with guard:
            if not over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TooLong))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        return function(*args)
    finally:
        with guard:
            over = True
            # one that was sent at the last moment, and did not come up in the function
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)
        timer.cancel()
