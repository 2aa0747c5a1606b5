"""Limits for a learner's function, so that an endless loop ends in a sentence: how long it may run,
and how much memory it may fill."""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

LIMIT = 15.0  # seconds for one call: every solution of the course needs far less
GROWTH = 2**30  # bytes that one call may add: a small machine on Binder has two of these in all
STEP = 0.05  # seconds between two looks at the clock and the memory


class TooLong(BaseException):
    """The function was still running at the limit, and was stopped.

    No Exception, so that an `except Exception` inside of the loop does not keep it alive.
    """


class TooLarge(TooLong):
    """The function had filled GROWTH bytes, and was stopped."""


def call_within(seconds: float, function: Callable[..., Any], args: Sequence[Any]) -> Any:
    """function(*args). Raises TooLong when it is not back after `seconds`, TooLarge when it has
    filled too much memory (not seen on Windows); what it raises passes.

    They come up between two of the function's own steps: code that sits in one long call of C
    (a huge power, a sleep) is stopped after that call only, and a bare `except:` can swallow it.
    """
    guard, over, sent = threading.Lock(), threading.Event(), threading.Event()
    thread = ctypes.c_ulong(threading.get_ident())

    def watch() -> None:
        last, most = time.monotonic() + seconds, peak_memory() + GROWTH
        kind: type[TooLong] | None = None
        while not over.wait(STEP if kind else min(STEP, max(0.0, last - time.monotonic()))):
            if kind is None and peak_memory() > most:
                kind = TooLarge
            elif kind is None and time.monotonic() >= last:
                kind = TooLong
            if kind is None:
                continue
            with guard:  # again and again: one that comes up in a callback is lost
                if not over.is_set():
                    sent.set()
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(kind))

    def end() -> None:
        with guard:
            over.set()
        if sent.is_set():
            _let_it_come_up()

    try:
        try:
            threading.Thread(target=watch, daemon=True).start()
            return function(*args)
        finally:
            end()
    finally:
        end()  # once more: an exception that was on its way may have come up in the first one


def _let_it_come_up() -> None:
    """Takes in an exception that was sent at the last moment and did not come up in the function.

    Taking it back with PyThreadState_SetAsyncExc(thread, None) would leave CPython 3.11 looking for
    it for ever after, at every step: everything would be slow from then on.
    """
    try:
        for _ in range(1000):
            pass
    except TooLong:
        return


def peak_memory() -> int:
    """The most bytes that this process has had so far; 0 where that cannot be asked."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
