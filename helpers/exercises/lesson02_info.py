"""Lesson 02: the info that a learner's function hands to HKDFExpand, and where it goes wrong."""

from __future__ import annotations

from collections.abc import Sequence
from types import FunctionType
from typing import Any

from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from .calling import Failed, call
from .watching import with_stand_in
from .words import counted


def last_info(function: Any, args: Sequence[Any]) -> Any:
    """The last info that `function` gives to HKDFExpand on copies of `args`; None if none was
    seen. Raises nothing but KeyboardInterrupt."""
    if type(function) is not FunctionType:
        return None
    seen: list[Any] = []

    def noting(algorithm: Any = None, length: Any = None, info: Any = None, *more: Any) -> Any:
        seen.append(info)
        return HKDFExpand(algorithm, length, info, *more)

    try:
        call(with_stand_in(function, HKDFExpand, noting), args)
    except Failed:
        return seen[-1] if seen else None  # expected where it failed the first time, too
    return seen[-1] if seen else None


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
