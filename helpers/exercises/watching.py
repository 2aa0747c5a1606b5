"""Runs a learner's function once more and notes what it hands to AESGCM(key).decrypt.

Nothing is patched: the function, and those it calls that were defined beside it, are copied with
globals of their own in which AESGCM is a class that takes notes. What was imported inside the
function, or is reached through a module (aead.AESGCM), is not seen. What the function prints
was already printed the first time, so the copy prints nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .calling import Failed, call


@dataclass(frozen=True)
class Decryption:
    """The arguments of AESGCM(key).decrypt(nonce, data, additional_data), whatever they were.

    `complete` is False when already AESGCM(key) was refused.
    """

    key: Any
    nonce: Any = None
    data: Any = None
    additional: Any = None
    complete: bool = False


def names_used(function: Any) -> tuple[str, ...]:
    """The global names and attributes that a learner's function speaks of."""
    return function.__code__.co_names if type(function) is FunctionType else ()


def last_decryption(function: Any, args: Sequence[Any]) -> Decryption | None:
    """The last decryption that `function` tries on copies of `args`; None if none was seen.

    Raises nothing but KeyboardInterrupt.
    """
    if type(function) is not FunctionType:
        return None
    seen: list[Decryption] = []
    try:
        call(with_stand_in(function, AESGCM, _noting(seen)), args)
    except Failed:
        return seen[-1] if seen else None  # expected: it failed the first time, too
    return seen[-1] if seen else None


def _noting(seen: list[Decryption]) -> type:
    class NotingAESGCM:
        generate_key = staticmethod(AESGCM.generate_key)

        def __init__(self, key: Any) -> None:
            seen.append(Decryption(key))
            self._key, self._real = key, AESGCM(key)

        def encrypt(self, nonce: Any, data: Any, associated_data: Any) -> bytes:
            return self._real.encrypt(nonce, data, associated_data)

        def decrypt(self, nonce: Any, data: Any, associated_data: Any) -> bytes:
            seen.append(Decryption(self._key, nonce, data, associated_data, complete=True))
            return self._real.decrypt(nonce, data, associated_data)

    return NotingAESGCM


def with_stand_in(function: FunctionType, original: Any, stand_in: Any) -> FunctionType:
    """A copy of `function`, and of those beside it that it calls, in whose globals every name of
    `original` means `stand_in`. The copy prints nothing."""
    theirs = function.__globals__
    own = {name: stand_in if value is original else value for name, value in theirs.items()}
    own["print"] = _silent
    for name, value in theirs.items():
        if type(value) is FunctionType and value.__globals__ is theirs:
            own[name] = _with_globals(value, own)
    return _with_globals(function, own)


def _silent(*_: Any, **__: Any) -> None:
    """In place of print."""


def _with_globals(function: FunctionType, names: dict[str, Any]) -> FunctionType:
    copy = FunctionType(
        function.__code__, names, function.__name__, function.__defaults__, function.__closure__
    )
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy
