"""Lesson 01: the exercise in which the learner changes a ciphertext of CTR mode."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .forms import BytesForm
from .model import Attempt, Case, Exercise, Wrong
from .watching import names_used
from .wording import FunctionForm

# NIST SP 800-38A, examples F.5.1 (CTR-AES128) and F.5.5 (CTR-AES256): one text, one counter.
NIST_TEXT = bytes.fromhex("6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51"
                          "30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710")
NIST_COUNTER = bytes.fromhex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")
NIST_KEYS = {"F.5.1 (CTR-AES128)": bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c"),
             "F.5.5 (CTR-AES256)": bytes.fromhex(
                 "603deb1015ca71be2b73aef0857d7781 1f352c073b6108d72d9810a30914dff4")}
NIST_SEALED = {
    "F.5.1 (CTR-AES128)": bytes.fromhex(
        "874d6191b620e3261bef6864990db6ce 9806f66b7970fdff8617187bb9fffdff"
        "5ae4df3edbd5d35e5b4f09020db03eab 1e031dda2fbe03d1792170a0f3009cee"),
    "F.5.5 (CTR-AES256)": bytes.fromhex(
        "601ec313775789a5b7a7f504bbf3d228 f443e3ca4d62b59aca84e990cacaf5c5"
        "2b0930daa23de94ce87017ba2d84988d dfc9c58db67aada613c2dd08457941a6"),
}
WANTED = ((20, b"9"), (0, b"yes"), (59, b"Carol"), (30, b"a bridge"))


def _ctr(key: bytes, text: bytes) -> bytes:
    return Cipher(algorithms.AES(key), modes.CTR(NIST_COUNTER)).encryptor().update(text)


def _cases() -> list[Case]:
    """What is expected is the encryption of the text that the attacker wants."""
    found = []
    for (name, sealed), picks in zip(NIST_SEALED.items(), ((0, 2), (1, 3)), strict=True):
        for position, new in (WANTED[pick] for pick in picks):
            end = position + len(new)
            text = NIST_TEXT[:position] + new + NIST_TEXT[end:]
            found.append(Case(_ctr(NIST_KEYS[name], text),
                              (sealed, position, NIST_TEXT[position:end], new),
                              f"NIST SP 800-38A, example {name}, {len(new)} at {position}"))
    return found


def _put(sealed: bytes, position: int, piece: bytes) -> bytes:
    return sealed[:position] + piece + sealed[position + len(piece):]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))


def _with(sealed: bytes, position: int, mask: bytes) -> bytes:
    return _put(sealed, position, _xor(sealed[position:position + len(mask)], mask))


def _trouble(attempt: Attempt) -> str:
    (sealed, position, old, new), given = attempt.case.args, attempt.given
    if attempt.error and "keystream" in names_used(attempt.answer):
        return ("The stranger has no keystream. What he has is handed in: the ciphertext, `old` "
                "and `new`.")
    if attempt.error == "TypeError" and "item assignment" in attempt.said:
        return ("Bytes cannot be changed in place. Build new ones: three slices of bytes, joined "
                "with +.")
    if attempt.error == "TypeError" and "operand" in attempt.said and "^" in attempt.said:
        return ("^ works on two numbers, not on bytes. xor(one, other) does it for bytes; of the "
                "ciphertext take a slice, as long as `old`.")
    if attempt.error == "ValueError" and "zip()" in attempt.said:
        return ("xor takes two things of the same length. Of the ciphertext it is as many bytes as "
                "`old` has: from `position` to position + len(old).")
    if type(given) is not bytes:
        return ""
    mask, end = _xor(old, new), position + len(old)
    if len(given) != len(sealed):
        return (f"Your message has {len(given)} bytes, the one that was sent has {len(sealed)}. "
                "Replace the bytes, do not insert or drop any: the part behind them begins at "
                "position + len(old).")
    if given == sealed.replace(old, new) and "replace" in names_used(attempt.answer):
        return ("`old` does not stand in the ciphertext: there it is encrypted. Change the bytes "
                "at `position`.")
    if given == sealed:
        return "Nothing is changed: you return the ciphertext as it was."
    if given == _with(sealed, position, mask[:1]):
        return "The first byte is right, and the others were left as they were: XOR all of them."
    for shift in (-1, 1):
        if given == _with(sealed, position + shift, mask):
            return "The right change, one byte beside the place. The first byte has the number 0."
    if given == _with(sealed, 0, mask):
        return "The right change in the wrong place: it belongs at `position`."
    if given == _put(sealed, position, mask):
        return ("You put the difference of the texts there. It has to be XORed with the ciphertext "
                "that stands there.")
    if given[:position] != sealed[:position]:
        return "Something in front of `position` changed. That part stays as it was."
    if given[end:] != sealed[end:]:
        return "Something behind the change differs. That part stays as it was."
    return ("In front and behind everything is right. In the middle belong three things, XORed: "
            "the ciphertext there, the old text, the new text.")


CHANGE = Exercise(
    "01-change-payment", "Change what you cannot read", "medium", 8,
    FunctionForm(BytesForm(), ("ciphertext", "position", "old", "new")), _cases,
    [
        Wrong("wrote the text", lambda sealed, position, old, new: _put(sealed, position, new),
              "You wrote the new text into the ciphertext as it is. The receiver XORs it with the "
              "keystream, and something else comes out."),
        Wrong("forgot the old text", lambda sealed, position, old, new: _with(
            sealed, position, new),
              "You XORed the new text only. The old one is still in there: it has to go."),
        Wrong("forgot the new text", lambda sealed, position, old, new: _with(
            sealed, position, old),
              "You XORed the old text only: now the bare keystream stands there. Put the new text "
              "in."),
        Wrong("only the change", lambda sealed, position, old, new: _xor(
            _xor(sealed[position:], old), new),
              "The right bytes for the place itself. The whole ciphertext is asked for: what is "
              "in front, the change, what is behind."),
        Wrong("cut off behind", lambda sealed, position, old, new: _with(
            sealed, position, _xor(old, new))[:position + len(new)],
              "Everything behind the change is missing."),
        Wrong("cut off in front", lambda sealed, position, old, new: _with(
            sealed, position, _xor(old, new))[position:],
              "Everything in front of the change is missing."),
        Wrong("only the difference", lambda sealed, position, old, new: _xor(old, new),
              "That is the difference of the two texts, the mask. XOR it into the ciphertext at "
              "its place, and return all of the ciphertext."),
    ],
    "No key, and the receiver reads what you chose. Encryption alone keeps secrets; it does not "
    "keep anybody from changing them.",
    "Return three parts joined with +: in front of the change, the change, behind it.", _trouble)
