"""Lesson 02: HKDF-Expand-Label, with which the keys of real TLS 1.3 connections come out."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from helpers.conversation import Conversation
from helpers.experiments.published import published
from helpers.sources import load
from helpers.tls.schedule12 import hash_of

from .forms import BytesForm
from .lesson02_expand import expanded
from .lesson02_info import info_trouble, last_info
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

_RECORDED = (("tls13_x25519", "server_handshake_traffic_secret", "server_handshake_write_key"),
             ("tls13_x25519", "client_application_traffic_secret_0",
              "client_application_write_iv_0"),
             ("tls13_ecdsa", "server_application_traffic_secret_0",
              "server_application_write_key_0"),
             ("tls13_ecdsa", "client_handshake_traffic_secret", "client_finished_key"))


def _label_of(name: str) -> str:
    return next(label for label in ("finished", "iv", "key") if label in name.split("write")[-1])


def _label_cases() -> list[Case]:
    """Values that two real connections used, and one with a context that was published."""
    found = []
    for recording, secret, name in _RECORDED:
        visit: Conversation = load(recording)
        value = visit.secret(name)
        found.append(Case(value, (visit.secret(secret), _label_of(name), b"", len(value)),
                          f"{name} of {recording}"))
    known = published()
    hellos = hash_of("SHA256", known["client_hello"] + known["server_hello"])
    expected = known["client_handshake_traffic_secret"]
    return [*found, Case(expected, (known["handshake_secret"], "c hs traffic", hellos, 32),
                         "RFC 8448 section 3, client_handshake_traffic_secret")]


def _with(secret: bytes, length: int, *pieces: bytes) -> bytes:
    return expanded(secret, b"".join(pieces), length)


def _sized(piece: bytes) -> bytes:
    return bytes([len(piece)]) + piece


def _labelled(secret: bytes, label: str, context: bytes, length: int, *, prefix: str = "tls13 ",
              width: int = 2, order: str = "big") -> bytes:
    return _with(secret, length, length.to_bytes(width, order),
                 _sized((prefix + label).encode()), _sized(context))


def _unsized(secret: bytes, label: str, context: bytes, length: int) -> bytes:
    return _with(secret, length, length.to_bytes(2, "big"), f"tls13 {label}".encode(), context)


def _label_mistakes(secret: bytes, label: str, context: bytes, length: int,
                    ) -> Iterator[tuple[str, bytes]]:
    size, full = length.to_bytes(2, "big"), f"tls13 {label}".encode()
    for prefix in ("TLS13 ", "tls 1.3 ", "tls13_", "tls1.3 ", "tls13  ", "tls 13 ", "tls 13",
                   "tls13:", "TLS 1.3, "):
        yield ("What stands in front of the label is not right: six letters and signs, small, "
               "with one space at the end: “tls13 ”.",
               _labelled(secret, label, context, length, prefix=prefix))
    yield ("The byte with the context's length is missing. It is there even if the context is "
           "empty: then it is 0.", _with(secret, length, size, _sized(full), context))
    yield ("The byte with the label's length is missing: it stands in front of “tls13 ”.",
           _with(secret, length, size, full, _sized(context)))
    yield ("The label's length counts “tls13 ”, too.",
           _with(secret, length, size, bytes([len(label)]), full, _sized(context)))
    if len(full) != 9:
        yield ("The label's length is written as 9, which is right for “tls13 key” only. Count it: "
               "bytes([len(...)]).", _with(secret, length, size, b"\x09", full, _sized(context)))
    yield ("The label's length does not count itself.",
           _with(secret, length, size, bytes([len(full) + 1]), full, _sized(context)))
    yield ("The lengths of label and context are one byte each; only that of the output has two.",
           _with(secret, length, size, len(full).to_bytes(2, "big"), full,
                 len(context).to_bytes(2, "big"), context))
    yield ("The output's length has two bytes, the more significant one first.",
           _labelled(secret, label, context, length, width=4))
    yield ("The output's length comes first, in front of the label.",
           _with(secret, length, _sized(full), _sized(context), size))
    yield ("Label first, then context.", _with(secret, length, size, _sized(context), _sized(full)))
    yield ("The info lacks the output's length, two bytes in front.",
           _with(secret, length, _sized(full), _sized(context)))
    for fixed in (12, 16, 32, 48):
        yield ("The length is written into the info as a fixed number. It is what was asked for.",
               _with(secret, length, fixed.to_bytes(2, "big"), _sized(full), _sized(context)))
    yield ("The context is missing: it stands behind its length at the end.",
           _with(secret, length, size, _sized(full), b"\0"))
    whole = b"".join((size, _sized(full), _sized(context)))
    yield ("The info is right. But Expand is more than one HMAC over it: a count goes behind the "
           "info. HKDFExpand(SHA256(), length, info).derive(secret) does that.",
           hmac.digest(secret, whole, "sha256")[:length])
    yield ("That is the info with nothing in it but the label.", _with(secret, length, full))


def label_trouble(attempt: Attempt) -> str:
    """Which mistake made these bytes."""
    given, args = attempt.given, attempt.case.args
    said = next((said for said, wrong in _label_mistakes(*args) if wrong == given), "")
    if said:
        return said
    _secret, label, context, length = args
    full = f"tls13 {label}".encode()
    if given == length.to_bytes(2, "big") + _sized(full) + _sized(context):
        return "That is the info, and it is right. Now expand the secret with it: HKDFExpand."
    if given and full in given:
        return ("Those are bytes of an info, not expanded yet, and not quite right: length of the "
                "output (2), length of the label (1), label, length of the context (1), context.")
    return info_trouble(last_info(attempt.answer, args), label, context, length)


LABEL = Exercise(
    "02-label", "A key by its label", "medium", 7,
    FunctionForm(BytesForm(mixed=True), ("secret", "label", "context", "length")), _label_cases,
    [
        Wrong("no prefix", lambda secret, label, context, length: _labelled(
            secret, label, context, length, prefix=""),
              "The label of every TLS 1.3 secret begins with “tls13 ”, with the space at its "
              "end."),
        Wrong("prefix without the space", lambda secret, label, context, length: _labelled(
            secret, label, context, length, prefix="tls13"),
              "The space is missing: “tls13 ” has six bytes."),
        Wrong("no length bytes", _unsized,
              "The bytes that say how long label and context are, one for each, are missing."),
        Wrong("length of one byte", lambda secret, label, context, length: _labelled(
            secret, label, context, length, width=1),
              "The length of the output takes two bytes in the info: length.to_bytes(2, \"big\")."),
        Wrong("little-endian", lambda secret, label, context, length: _labelled(
            secret, label, context, length, order="little"),
              "The two bytes of the length are the wrong way round: TLS writes the most "
              "significant byte first."),
        Wrong("bare label", lambda secret, label, context, length: _with(
            secret, length, label.encode()),
              "You expanded with the label alone. The info is a small structure: length, label, "
              "context, with “tls13 ” in the label."),
    ],
    "These are the bytes that both ends of a real connection had, and no listener.",
    "Build the info piece by piece, then let HKDFExpand do the rest.", label_trouble)
