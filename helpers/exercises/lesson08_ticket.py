"""Lesson 08: the exercise in which the learner opens a ticket and makes the new keys from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.experiments import TICKET_KEY, own_visit
from helpers.experiments.own12 import ANNAS, ASKS
from helpers.tls.schedule12 import p_hash, prf

from .forms import BytesForm
from .lesson08_block import LABEL, block, block_trouble
from .model import Attempt, Case, Exercise, Wrong
from .recorded import randoms
from .watching import Decryption, last_decryption
from .wording import FunctionForm

_VISITS = ({}, {"label": "on Tuesday"}, {"asks": ASKS, "shows": ANNAS})
_NONCE, _MASTER = slice(0, 12), slice(5, 53)


def _inside(ticket: bytes, key: bytes = TICKET_KEY) -> bytes:
    return AESGCM(key).decrypt(ticket[_NONCE], ticket[12:], None)


def _visits() -> Iterator[tuple[bytes, bytes, Case]]:
    """(the ticket, the server's key in the first visit, the Case of the second)"""
    for settings in _VISITS:
        first = own_visit(**settings)
        talk = own_visit(first.session, **settings).conversation
        ticket = first.session.ticket
        yield ticket, first.conversation.secret("server_write_key"), Case(
            talk.secret("server_write_key"), (ticket, TICKET_KEY, *randoms(talk)),
            f"the client comes back {settings.get('label', 'a minute later')}")


def _key(secret: bytes, client: bytes, server: bytes) -> bytes:
    return block(secret, server + client)[16:32]


def _first_key(ticket: bytes) -> bytes:
    return next((key for found, key, _ in _visits() if found == ticket), b"")


def _trouble(attempt: Attempt) -> str:
    ticket, key, client, server = attempt.case.args
    if attempt.given is None:
        seen = last_decryption(attempt.answer, attempt.case.args) if attempt.error else None
        return _closed(seen, ticket, key) if seen else ""
    given, inside = attempt.given, _inside(ticket, key)
    if not given:
        return ""
    if given == _first_key(ticket):
        return ("That is the server's key of the first visit. The master secret is the same, the "
                "randoms are not: take those of the new visit.")
    if given in inside and given not in inside[_MASTER]:
        return ("Those bytes lie in the opened ticket, but the master secret is elsewhere in it, "
                "and no key is in it at all.")
    if given in ticket:
        return "Those bytes are cut from the ticket as it is: sealed. Open it first."
    for said, secret in _other_secrets(ticket, inside, key):
        if given in p_hash(secret, LABEL + server + client, 80) or \
                given in p_hash(secret, LABEL + client + server, 80):
            return said
    return block_trouble(given, inside[_MASTER], client, server)


def _other_secrets(ticket: bytes, inside: bytes, key: bytes) -> Iterator[tuple[str, bytes]]:
    """(hint, what was taken for the master secret) for the usual mistakes."""
    for start in range(13):
        for end in (start + 48, 48, 52, 53, 54):
            # HMAC fills its key up with zeros, and a zero follows the master secret
            if inside[start:end].rstrip(b"\0") != inside[_MASTER].rstrip(b"\0"):
                yield _place(start, end), inside[start:end]
    yield ("You used the whole of what is in the ticket. Only 48 bytes of it are the master "
           "secret.", inside)
    yield "You used all the rest of the ticket. The master secret ends after 48 bytes.", inside[5:]
    for sealed in (ticket, ticket[12:], ticket[5:53], ticket[12:60], ticket[17:65]):
        yield "You used the ticket as it is: sealed. Open it with the ticket key first.", sealed
    yield ("The ticket key opens the ticket, and that is all it does. The keys of a visit come "
           "from the master secret inside.", key)


def _place(start: int, end: int) -> str:
    if end - start == 48:
        side = "early" if start < 5 else "late"
        return (f"Your master secret has 48 bytes but begins too {side}: count what stands in "
                "front of it: version (2), suite (2), length (1).")
    return (f"You took {end - start} bytes for the master secret. It is 48 bytes long, and begins "
            "behind version (2), suite (2) and length (1).")


def _closed(seen: Decryption, ticket: bytes, key: bytes) -> str:
    """Why the ticket did not open."""
    if seen.key != key:
        return "The ticket is sealed with the ticket key: AESGCM(ticket_key)."
    if not seen.complete:
        return ""
    if seen.nonce == ticket[12:]:
        return "Nonce first, then the ciphertext: decrypt(nonce, data, additional_data)."
    if seen.nonce != ticket[:12]:
        return _nonce(seen.nonce, ticket)
    if seen.data == ticket:
        return "The nonce is still in front of the ciphertext: that begins behind it."
    if seen.data == ticket[12:-16]:
        return "The tag is cut off. AESGCM wants it: it is the last 16 bytes of the ticket."
    if seen.data != ticket[12:]:
        return ("Key and nonce are right. What is sealed is everything behind the nonce, to the "
                "end of the ticket.")
    if seen.additional in (None, b""):
        return ""
    return "Key, nonce and data are right. There is no additional data: the third argument is None."


def _nonce(nonce: Any, ticket: bytes) -> str:
    size = len(nonce) if isinstance(nonce, bytes | bytearray) else 0
    if size == 12:
        return "The nonce stands at the very beginning of the ticket."
    return f"The nonce is the first 12 bytes of the ticket; yours has {size}."


TICKET = Exercise(
    "08-ticket", "Open a ticket", "hard", 10,
    FunctionForm(BytesForm(16, mixed=True),
                 ("ticket", "ticket_key", "client_random", "server_random")),
    lambda: [case for _, _, case in _visits()],
    [
        Wrong("the first visit's key", lambda ticket, key, client, server: _first_key(ticket),
              "That is the server's key of the first visit. The master secret is the same, the "
              "randoms are not: take those of the new visit."),
        Wrong("client random first", lambda ticket, key, client, server: block(
            _inside(ticket)[_MASTER], client + server)[16:32],
              "For the key block the server's random comes first. (For the master secret it was "
              "the client's: the RFC really swaps them.)"),
        Wrong("the client's key", lambda ticket, key, client, server: block(
            _inside(ticket)[_MASTER], server + client)[:16],
              "That is the client's write key, the first piece. The server's is the second."),
        Wrong("the length counted in", lambda ticket, key, client, server: _key(
            _inside(ticket)[4:52], client, server), _place(4, 52)),
        Wrong("a new master secret", lambda ticket, key, client, server: _key(
            prf(_inside(ticket)[_MASTER], b"master secret", client + server, 48), client, server),
              "You put label and randoms into a master secret again. It is given: only the key "
              "block is to be made."),
        Wrong("sealed", lambda ticket, key, client, server: _key(ticket[5:53], client, server),
              "You used the ticket as it is: sealed. Open it with the ticket key first."),
        Wrong("only the master secret", lambda ticket, key, client, server: _inside(
            ticket)[_MASTER],
              "Those bytes are cut from the master secret. The keys are not inside it: p_sha256 "
              "makes the key block from it."),
    ],
    "Everything but these 16 bytes of ticket key crossed in the clear: that is how much hangs on "
    "them.",
    "First open the ticket; print what comes out, and count.", _trouble)
