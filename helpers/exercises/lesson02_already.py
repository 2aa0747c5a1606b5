"""Lesson 02: how many bytes SHA-256 has taken in when it is in the state that is a tag."""

from __future__ import annotations

from helpers.toy.sha256 import padding

from .forms import IntegerForm
from .model import Attempt, Case, Exercise, Wrong

SECRET_LENGTH, ORDER_LENGTH, BLOCK = 46, 76, 64
"""As the task has them. Together they end so near to the end of a block that the padding runs on
into one more: rounding up is not enough."""

_HASHED = SECRET_LENGTH + ORDER_LENGTH
_GLUE = len(padding(_HASHED))
_TAKEN_IN = _HASHED + _GLUE


def _trouble(attempt: Attempt) -> str:
    said = attempt.given
    if type(said) is not int:
        return "Give a number of bytes: secret, order and padding together."
    if said <= 0:
        return "Count bytes: there are some. Secret, order and padding went in."
    if said == _HASHED + len(padding(ORDER_LENGTH)):
        return ("That is the padding of the order alone. It depends on the length of all that is "
                "hashed.")
    if said == _HASHED + len(padding(SECRET_LENGTH)):
        return ("That is the padding of the secret alone. It depends on the length of all that is "
                "hashed.")
    if said in (SECRET_LENGTH + _GLUE, ORDER_LENGTH + _GLUE):
        return "The padding is right, and one of the two in front of it is not counted."
    if said in (SECRET_LENGTH, ORDER_LENGTH):
        return "That is one of the three pieces. Secret, order and padding all went in."
    if said in (_TAKEN_IN + 8, _TAKEN_IN + 9, _TAKEN_IN + 1):
        return "The length at the end and the byte 80 are part of the padding: not counted again."
    if said % BLOCK:
        return ("A state is reached behind a whole number of blocks of 64 bytes. Add the three "
                "pieces: secret, order, and len(padding(...)) of both together.")
    return ("Whole blocks, but not so many. Let Python count: len(padding(...)) of secret and "
            "order together.")


ALREADY = Exercise(
    "02-already", "How far is the state?", "easy", 3, IntegerForm(("bytes",)),
    lambda: [Case(_TAKEN_IN)],
    [
        Wrong("no padding", _HASHED,
              "The padding is not counted. The tag is the state *behind* the padding."),
        Wrong("only the padding", _GLUE,
              "That is the padding alone. Secret and order went in before it."),
        Wrong("rounded up", -(-_HASHED // BLOCK) * BLOCK,
              "Is the secret counted, too? Or did you round up to a whole block? The padding takes "
              "nine bytes at least (80 and the length), and here they do not fit any more."),
        Wrong("bits", 8 * _TAKEN_IN,
              "That is in bits. The padding writes the length in bits; asked for are bytes."),
        Wrong("blocks", _TAKEN_IN // BLOCK,
              "That is how many blocks. Asked for are bytes: a block has 64."),
        Wrong("one block", BLOCK,
              "One block is not enough: secret and order alone are longer."),
        Wrong("the addition, too", _TAKEN_IN + len(b"&to=mallory"),
              "The addition has not been hashed yet: the state stands before it."),
    ],
    "That is the number Mallory tells resume. One secret longer or shorter, and the padding has "
    "another length: so she tries lengths until the shop says yes.",
    "Put a number of bytes in place of None.", _trouble)
