"""Lesson 10: the bytes of a request on the wire, and the time that a redirect costs."""

from __future__ import annotations

from helpers import lab
from helpers.conversation import CLIENT
from helpers.experiments.coming_back import TICKET_KEY, visit_shop
from helpers.tls.psk import Tickets

from .forms import IntegerForm
from .model import Attempt, Case, Exercise, Wrong

# --- how many bytes cross ----------------------------------------------------------------------

REQUEST = 411  # bytes of the request that the exercise asks about
_HEADER, _TYPE, _TAG = 5, 1, 16


def request_of(length: int) -> bytes:
    """An HTTP request of exactly so many bytes, filled up with a cookie."""
    head = f"GET / HTTP/1.1\r\nHost: {lab.HOST}\r\nCookie: ".encode()
    return head + b"c" * (length - len(head) - 4) + b"\r\n\r\n"


def _wire_case() -> list[Case]:
    """Counted in a real visit."""
    talk = visit_shop(Tickets(TICKET_KEY), request=request_of(REQUEST)).conversation
    return [Case(len(talk.find("application_data", CLIENT).wire))]


def _wire_trouble(attempt: Attempt) -> str:
    given = attempt.given
    if given is None:
        return ""
    if given in (38, 60, 22):
        return "Those are numbers of the request that we looked at. This one has 411 bytes."
    if given in (REQUEST * 2, REQUEST * 8):
        return "Count bytes, neither hex digits nor bits."
    if given < REQUEST:
        return "It cannot become shorter: encryption hides bytes, it does not squeeze them."
    if given % 16 == 0:
        return ("AES-GCM does not fill up to whole blocks. Header, content, one byte of type, "
                "tag.")
    if given > REQUEST + 60:
        return ("That is far too much for one record: a header in front, one byte and a tag "
                "behind. (The whole request fits into one record; a record holds up to 16,384.)")
    return ("The right parts are: the record's header, the content, the byte for its real type, "
            "and the tag. Add up their lengths.")


ON_THE_WIRE = Exercise(
    "10-on-the-wire", "How many bytes cross?", "easy", 3, IntegerForm(units=("bytes", "byte")),
    _wire_case,
    [
        Wrong("nothing added", REQUEST, "That is the request alone. In front of it stands a "
              "header, behind it a type byte and a tag."),
        Wrong("no header", REQUEST + _TYPE + _TAG, "The record's own header is missing: type, "
              "version and length."),
        Wrong("no tag", REQUEST + _TYPE + _HEADER, "The tag is missing: it is part of what "
              "crosses."),
        Wrong("no type", REQUEST + _TAG + _HEADER, "One byte is missing: the record's real type, "
              "encrypted with the content."),
        Wrong("header alone", REQUEST + _HEADER, "The header is in. Behind the content come its "
              "real type and the tag."),
        Wrong("tag alone", REQUEST + _TAG, "The tag is in. A header stands in front, and a type "
              "byte behind the content."),
        Wrong("type alone", REQUEST + _TYPE, "The type byte is in. The header and the tag are "
              "missing."),
        Wrong("nonce of TLS 1.2", REQUEST + _HEADER + 8 + _TAG, "Eight bytes of nonce travel in a "
              "TLS 1.2 record. In TLS 1.3 no nonce travels, but one byte of type does."),
        Wrong("a nonce too", REQUEST + _HEADER + _TYPE + 12 + _TAG, "No nonce travels in TLS 1.3: "
              "both ends count the records."),
        Wrong("another nonce", REQUEST + _HEADER + _TYPE + 8 + _TAG, "No nonce travels in TLS "
              "1.3: those eight bytes belong to TLS 1.2."),
        Wrong("tag of SHA-256", REQUEST + _HEADER + _TYPE + 32, "A tag of AES-GCM is half as long "
              "as a SHA-256 hash."),
    ],
    "An eavesdropper subtracts and knows the length of your request to the byte.",
    "Add what a TLS 1.3 record adds to the 411 bytes of content.", _wire_trouble)

# --- what the detour costs ---------------------------------------------------------------------

ROUND_TRIP = 60
_MS = ROUND_TRIP


def _detour_trouble(attempt: Attempt) -> str:
    given = attempt.given
    if given is None:
        return ""
    if 0 < given < 10:
        return f"That looks like a number of round trips. Each of them takes {ROUND_TRIP} ms."
    if given % ROUND_TRIP == ROUND_TRIP // 2:
        return ("Half a round trip is left over. Everything here is asked and answered, so count "
                "whole ones; the last ends with the first byte of the page.")
    if given % ROUND_TRIP:
        return f"A whole number of round trips comes out, and each takes {ROUND_TRIP} ms."
    if given > 7 * ROUND_TRIP:
        return ("Too many. Two connections: the plain one opens TCP and asks; the encrypted one "
                "opens TCP, shakes hands and asks.")
    return ("Two connections are opened, one after the other. Write down for each: TCP, TLS (if "
            "any), request and answer.")


DETOUR = Exercise(
    "10-detour", "What a redirect costs", "easy", 4, IntegerForm(units=("ms", "milliseconds")),
    lambda: [Case(_MS * len(("TCP", "request, 301", "TCP", "TLS 1.3", "request, first byte")))],
    [
        Wrong("https only", 3 * _MS, "That is the encrypted connection alone. The plain one in "
              "front of it costs time, too."),
        Wrong("no second TCP", 4 * _MS, "One round trip is missing. The https connection is a new "
              "one, to another port: TCP opens again, and then TLS comes."),
        Wrong("TLS 1.2", 6 * _MS, "TLS 1.3 needs one round trip for its handshake; you counted "
              "two."),
        Wrong("plain only", 2 * _MS, "After that the browser holds a 301 and no page. It has to "
              "come back over https."),
        Wrong("one round trip", _MS, "That is a single round trip: opening TCP takes as long "
              "already."),
        Wrong("DNS twice", 7 * _MS, "The name is looked up already, and TLS 1.3 takes one round "
              "trip."),
    ],
    "HSTS saves the detour, and with it the only moment at which nobody is protected.",
    f"Count the round trips on a piece of paper, then multiply by {ROUND_TRIP}.", _detour_trouble)
