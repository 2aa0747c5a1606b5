"""Lesson 10: the binder, with which a client proves that it has the PSK (RFC 9846 4.3.11.2)."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from hashlib import sha256

from helpers import lab
from helpers.experiments.coming_back import TICKET_KEY, shop_client, visit_shop
from helpers.tls.hkdf13 import derive_secret, finished_key, hkdf_extract
from helpers.tls.psk import Tickets

from .forms import BytesForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

TAIL = 35  # bytes of the binders: a length of two, a length of one, 32 of HMAC


def binder_of(psk: bytes, client_hello: bytes, tail: int = TAIL, *, label: str = "res binder",
              salt: bytes = bytes(32), messages: bytes = b"") -> bytes:
    """The reference answer, with whatever may be done wrong as an option."""
    early_secret = hkdf_extract(salt, psk)
    key = finished_key(derive_secret(early_secret, label, messages))
    covered = client_hello[:-tail] if tail else client_hello
    return hmac.digest(key, sha256(covered).digest(), "sha256")


def published_hello() -> tuple[bytes, bytes]:
    """PSK and ClientHello of RFC 8448 section 4."""
    traces = json.loads((lab.DATA / "published" / "rfc8448_traces.json").read_text("utf-8"))
    steps = next(trace["steps"] for trace in traces["traces"] if trace["section"] == 4)
    secret = next(step["values"] for step in steps if step["what"] == 'extract secret "early"')
    hello = next(step["values"]["payload"] for step in steps
                 if step["what"] == "send handshake record" and step["who"] == "client")
    return bytes.fromhex(secret["IKM"]), bytes.fromhex(hello)


def _cases() -> list[Case]:
    session = visit_shop(Tickets(TICKET_KEY)).sessions[0]
    sent = shop_client(session, after=60).data_to_send()
    hello = sent[5:5 + int.from_bytes(sent[3:5], "big")]
    psk, published = published_hello()
    return [Case(hello[-32:], (session.secret, without_binder(hello)), "a visit of ours"),
            Case(published[-32:], (psk, without_binder(published)), "RFC 8448 section 4")]


def without_binder(hello: bytes) -> bytes:
    """As a client has it before the binder is made: zeros in its place."""
    return hello[:-32] + bytes(32)


def _mistakes(psk: bytes, hello: bytes) -> Iterator[tuple[str, bytes]]:
    yield ("The binder cannot cover itself: leave out the 35 bytes at the end (two lengths, and "
           "the 32 bytes of the binder).", binder_of(psk, hello, 0))
    yield ("You left out the 32 bytes of the binder. The two lengths in front of it, 2 + 1 bytes, "
           "do not count either.", binder_of(psk, hello, 32))
    for tail, said in ((33, "One length, of 1 byte,"), (34, "One length, of 2 bytes,")):
        yield f"{said} is not all: both stand between what is covered and the binder.", \
            binder_of(psk, hello, tail)
    yield ("You left out too much: only lengths and binder, 35 bytes.", binder_of(psk, hello, 36))
    for skip, said in ((4, "The message's own header (4 bytes) is covered, too."),
                       (5, "client_hello holds no record header: there is nothing to cut off in "
                           "front.")):
        yield said, binder_of(psk, hello[skip:])
    yield ("“res binder” is the label for a PSK that came with a ticket. “ext binder” is for one "
           "agreed on in another way.", binder_of(psk, hello, label="ext binder"))
    for label in ("c e traffic", "derived", "binder", "resumption", "res master", "finished",
                  "tls13 res binder", "res_binder"):
        yield "The label is another one: “res binder”.", binder_of(psk, hello, label=label)
    yield ("The salt of the first extraction is 32 zero bytes.", binder_of(psk, hello, salt=psk))
    yield ("derive_secret gets no messages here, b\"\": nothing was said yet.",
           binder_of(psk, hello, messages=hello))
    yield ("derive_secret gets no messages here, b\"\": nothing was said yet.",
           binder_of(psk, hello, messages=hello[:-TAIL]))
    early, covered = hkdf_extract(bytes(32), psk), sha256(hello[:-TAIL]).digest()
    binder_key = derive_secret(early, "res binder", b"")
    yield from _key_mistakes(psk, early, binder_key, covered)
    key = finished_key(binder_key)
    yield ("The HMAC is over the hash of the ClientHello, not over the ClientHello itself.",
           hmac.digest(key, hello[:-TAIL], "sha256"))
    yield ("Key and message of the HMAC are the wrong way round.",
           hmac.digest(covered, key, "sha256"))
    yield "A hash needs no key, so anybody could make it: HMAC with the finished key.", covered
    yield "Key and hash joined and hashed is no HMAC: hmac.digest(key, message, \"sha256\").", \
        sha256(key + covered).digest()
    yield ("The hash covers the ClientHello up to the binders, and it has 32 bytes: .digest(), not "
           ".hexdigest().", hmac.digest(key, covered.hex().encode(), "sha256"))
    yield "That is the key. Now the HMAC over the hash of the ClientHello.", key


def _key_mistakes(psk: bytes, early: bytes, binder_key: bytes,
                  covered: bytes) -> Iterator[tuple[str, bytes]]:
    def mac(key: bytes) -> bytes:
        return hmac.digest(key, covered, "sha256")

    yield "The binder key is not used as it is: finished_key(...) of it, as for Finished.", \
        mac(binder_key)
    yield "Two steps are missing: the binder key, and the finished key of that.", mac(early)
    yield "The PSK itself is never used as a key: first hkdf_extract.", mac(psk)
    yield "finished_key takes the binder key, not the early secret.", mac(finished_key(early))
    yield "finished_key takes the binder key, not the PSK.", mac(finished_key(psk))
    yield ("The early secret is missing: hkdf_extract of 32 zeros and the PSK, and only then "
           "derive_secret.", mac(finished_key(derive_secret(psk, "res binder", b""))))
    yield ("Salt first, then the PSK: hkdf_extract(bytes(32), psk).",
           mac(finished_key(derive_secret(hkdf_extract(psk, bytes(32)), "res binder", b""))))
    yield ("The salt is 32 zero bytes, as long as the hash.",
           mac(finished_key(derive_secret(hkdf_extract(bytes(16), psk), "res binder", b""))))
    yield "That is the early secret. Three steps are still to be made.", early
    yield "That is the binder key. Next comes finished_key.", binder_key


def _trouble(attempt: Attempt) -> str:
    given = attempt.given
    if not given:
        return ""
    psk, hello = attempt.case.args
    if given in (hello[-32:], hello[-33:], hello[-35:]):
        return "You cut it out of the message, where it does not stand yet. It has to be computed."
    if given == psk:
        return "That is the PSK, which never crosses. The binder proves that one has it."
    said = next((said for said, wrong in _mistakes(psk, hello) if wrong == given), "")
    if said:
        return said
    if len(given) != 32:
        return "An HMAC with SHA-256 has 32 bytes; yours has another length."
    if given in hello:
        return "Those are bytes of the ClientHello. The binder has to be computed."
    return ""


BINDER = Exercise(
    "10-binder", "Prove that you have the secret", "hard", 12,
    FunctionForm(BytesForm(32, mixed=True), ("psk", "client_hello")), _cases,
    [
        Wrong("SHA-384", lambda psk, hello: hmac.digest(finished_key(derive_secret(hkdf_extract(
            bytes(32), psk), "res binder", b"")), sha256(hello[:-TAIL]).digest(), "sha384")[:32],
              "Everything in these visits is SHA-256, the HMAC too."),
        Wrong("hashed twice", lambda psk, hello: hmac.digest(finished_key(derive_secret(
            hkdf_extract(bytes(32), psk), "res binder", b"")),
            sha256(sha256(hello[:-TAIL]).digest()).digest(), "sha256"),
              "You hashed twice: one SHA-256 over the ClientHello, then the HMAC."),
    ],
    "Whoever copies a ClientHello can send it again, but cannot change a byte of it.",
    "Begin with early_secret = hkdf_extract(bytes(32), psk).", _trouble,
    silent="Return the 32 bytes that hmac.digest gives.")
