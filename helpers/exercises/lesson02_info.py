"""Lesson 02: what a learner's function hands to HKDFExpand or to resume, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from types import FunctionType
from typing import Any

from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from helpers.toy.sha256 import resume

from .calling import Failed, call
from .model import Attempt
from .watching import with_stand_in
from .words import counted


def last_info(function: Any, args: Sequence[Any]) -> Any:
    """The last info that `function` gives to HKDFExpand on copies of `args`; None if none was
    seen. Raises nothing but KeyboardInterrupt."""
    seen: list[Any] = []

    def noting(algorithm: Any = None, length: Any = None, info: Any = None, *more: Any) -> Any:
        seen.append(info)
        return HKDFExpand(algorithm, length, info, *more)

    _run(function, HKDFExpand, noting, args)
    return seen[-1] if seen else None


def last_already(function: Any, args: Sequence[Any]) -> Any:
    """The same for the second argument of the toy `resume`."""
    seen: list[Any] = []

    def noting(digest: Any = None, already: Any = None, more: Any = None) -> Any:
        seen.append(already)
        return resume(digest, already, more)

    _run(function, resume, noting, args)
    return seen[-1] if seen else None


def _run(function: Any, original: Any, noting: Any, args: Sequence[Any]) -> None:
    if type(function) is FunctionType:
        with suppress(Failed):  # expected where it failed the first time, too
            call(with_stand_in(function, original, noting), args)


def hash_object(attempt: Attempt) -> str:
    """Help for those who joined or handed on a hash object where its digest is meant."""
    if attempt.error == "TypeError" and ".HASH" in attempt.said:
        return ("sha256(...) gives a hash object; its 32 bytes come out with .digest(). One of "
                "your hashes goes on without it.")
    return ""


def info_trouble(info: Any, label: str, context: bytes, length: int) -> str:
    """The first piece of `info` that is not that of HKDF-Expand-Label; "" if all are right or
    there is no info to look at."""
    if type(info) is not bytes:
        return ""
    full = f"tls13 {label}".encode()
    pieces = (("the length of the output", length.to_bytes(2, "big")),
              ("the length of the label, “tls13 ” included", bytes([len(full)])),
              ("the label with “tls13 ” in front", full),
              ("the length of the context", bytes([len(context)])), ("the context", context))
    at = 0
    for name, piece in pieces:
        if info[at:at + len(piece)] != piece:
            return (f"Look at your info: from byte {at} on there should be {name} "
                    f"({counted(len(piece), 'byte')}).")
        at += len(piece)
    if len(info) > at:
        return f"Your info is right for {at} bytes and then goes on: it should end there."
    return ""
