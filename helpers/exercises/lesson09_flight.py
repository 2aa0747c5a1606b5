"""Lesson 09: the exercise that opens the server's whole encrypted flight from a private share."""

from __future__ import annotations

from helpers.experiments.by_hand import VISITS, by_hand

from .forms import BytesForm
from .lesson09_keys import TAG_HINT, flight_trouble, traffic_key
from .model import Attempt, Case, Exercise, Wrong
from .watching import last_decryption
from .wording import FunctionForm

_TITLES = {"openssl": "OpenSSL's flight, four records", "padded": "padded records",
           "rfc8448": "RFC 8448 section 3: four messages in one record"}


def _cases() -> list[Case]:
    found = []
    for name in VISITS:
        visit = by_hand(name)
        args = (visit.private_share, *visit.hellos, visit.records)
        found.append(Case(b"".join(visit.flight), args, _TITLES[name]))
    return found


def _visit(private: bytes) -> object:
    return next(by_hand(name) for name in VISITS if by_hand(name).private_share == private)


def _first_only(private: bytes, hello: bytes, answer: bytes, records: list[bytes]) -> bytes:
    return _visit(private).flight[0]


def _with_types(private: bytes, hello: bytes, answer: bytes, records: list[bytes]) -> bytes:
    visit = _visit(private)
    if len(records) == 1:
        return b"".join(visit.flight) + b"\x16"
    return b"".join(message + b"\x16" + bytes(len(record) - 22 - len(message))
                    for message, record in zip(visit.flight, records, strict=True))


def _sealed(private: bytes, hello: bytes, answer: bytes, records: list[bytes]) -> bytes:
    return b"".join(record[5:] for record in records)


def _trouble(attempt: Attempt) -> str:
    args, given = attempt.case.args, attempt.given
    private, hello, answer, records = args
    if given is not None:
        return _content_trouble(given, attempt.case.expected, private, records)
    if not attempt.error:
        return ""
    if attempt.error in ("UnsupportedAlgorithm", "ValueError") and "32" in attempt.said:
        return ("A share of x25519 has 32 bytes. The server's comes from server_share_of("
                "server_hello), and from_public_bytes makes a public key of it.")
    seen = last_decryption(attempt.answer, args)
    if seen is not None and (said := flight_trouble(seen, private, hello, answer, records)):
        return said
    return TAG_HINT if attempt.error == "InvalidTag" else ""


def _content_trouble(given: bytes, right: bytes, private: bytes, records: list[bytes]) -> str:
    flight = _visit(private).flight
    if given and given == traffic_key(private):
        return "That is the key. Now open the records with it, one by one."
    if given == b"".join(message[4:] for message in flight):
        return ("You cut off the messages' own 4-byte headers. Keep them: whole messages are asked "
                "for.")
    if given == b"".join(flight[::-1]):
        return "The messages are there in the wrong order: keep that of the records."
    if given and given in flight:
        return "That is one message only. The whole flight is asked for: every record, joined."
    if len(records) > 1 and given in (b"".join(flight[1:]), b"".join(flight[:-1])):
        return "One record is missing, the first or the last."
    if len(given) > len(right) and flight[0] in given and flight[-1] in given:
        return ("Opened, but something is left behind each content: zeros, if the record is "
                "padded, and then the type, one byte (16 in hex).")
    if len(given) < len(right) and flight[0][:4] in given:
        return ("Something is cut off. From each plaintext go the zeros at its end and one byte, "
                "no more.")
    return "Print the length of each plaintext, and of what you keep of it."


FLIGHT = Exercise(
    "09-flight", "Open the server's whole flight", "hard", 20,
    FunctionForm(BytesForm(), ("private_share", "client_hello", "server_hello", "records")),
    _cases,
    [
        Wrong("still sealed", _sealed,
              "Those are the records without their headers, still sealed. Each has to be opened "
              "with AESGCM(key).decrypt(nonce, record[5:], record[:5])."),
        Wrong("first record only", _first_only,
              "That is one message only. The whole flight is asked for: every record, joined."),
        Wrong("types left in", _with_types,
              "Opened, but something is left behind each content: zeros, if the record is padded, "
              "and then the type, one byte (16 in hex)."),
    ],
    "From one private number of 32 bytes and what crossed in the clear to everything that the "
    "server said: that is the whole key schedule, and nobody without such a number can do it.",
    "Write the steps one after the other; print lengths as you go.", _trouble)
