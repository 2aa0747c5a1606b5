"""Lesson 08, the TLS 1.2 handshake: its exercises about messages, and everything it exports.

Every case comes from a recording of two real OpenSSLs (data/recordings); only the tickets are our
own server's. The reference answers are checked in tests/exercises/test_lesson08.py: the signed
bytes by the certificate's key, the hash by the Finished that OpenSSL sent, the keys by its key log.
"""

from __future__ import annotations

import re

from helpers.sources import load

from .forms import BytesForm, IntegerForm
from .lesson08_finished import DECRYPT
from .lesson08_keys import TRANSCRIPT, WRITE_KEYS
from .lesson08_questions import PREDICTIONS, QUIZ
from .lesson08_share import SHARE, SIGNED
from .lesson08_suite import suite_trouble
from .lesson08_ticket import TICKET
from .model import Attempt, Case, Exercise, Lazy, Wrong

# --- the chosen cipher suite -------------------------------------------------------------------

_CHOICE = "tls12_ecdhe_ecdsa"
_SUITE_AT = 71  # 4 header, 2 version, 32 random, 1 length, 32 session id


def _server_hello_bytes(start: int, end: int) -> Lazy:
    return Lazy(lambda: load(_CHOICE).find("server_hello").data[start:end])


_SUITE = Exercise(
    "08-cipher-suite", "What was chosen?", "easy", 4, BytesForm(2),
    lambda: [Case(load(_CHOICE).find("server_hello").parsed.cipher_suite.to_bytes(2, "big"))],
    [
        Wrong("no session id", _server_hello_bytes(39, 41),
              "Those two bytes belong to the session id. The byte in front of it, byte 38, says "
              "how long it is: here it is not empty."),
        Wrong("version", _server_hello_bytes(4, 6),
              "That is the version, 0303. The suite comes after the random and the session id."),
        Wrong("forgot the header", _server_hello_bytes(_SUITE_AT - 4, _SUITE_AT - 2),
              "You are still inside the session id. Did you count the 4 bytes of type and length "
              "at the beginning?"),
        Wrong("inside the random", _server_hello_bytes(35, 37),
              "That is inside the random. It begins at byte 6 and is 32 bytes long."),
        Wrong("read 20 as twenty", _server_hello_bytes(59, 61),
              "The length of the session id is 20 in hex: that is 32 bytes, not twenty."),
        Wrong("session id length", _server_hello_bytes(38, 40),
              "You begin at the length of the session id. Skip it, and as many bytes as it says."),
        Wrong("one too early", _server_hello_bytes(_SUITE_AT - 1, _SUITE_AT + 1),
              "One byte too early: your first byte is the last one of the session id."),
        Wrong("one too late", _server_hello_bytes(_SUITE_AT + 1, _SUITE_AT + 3),
              "One byte too late: your second byte is already the compression method."),
        Wrong("another visit", Lazy(lambda: load("tls12_ecdhe").find("server_hello")
                                    .parsed.cipher_suite.to_bytes(2, "big")),
              "That was chosen in another visit, earlier in this notebook. Look in the bytes that "
              "this cell shows."),
        Wrong("the RSA visit", Lazy(lambda: load("tls12_rsa").find("server_hello")
                                    .parsed.cipher_suite.to_bytes(2, "big")),
              "That was chosen in the RSA visit. Here it is another ServerHello: look in the bytes "
              "that this cell shows."),
        Wrong("nothing", b"\0\0",
              "Zeros: in front of the suite there is the session id, and behind it the "
              "compression method, which is 00. You may have gone too far."),
        Wrong("swapped", Lazy(lambda: _server_hello_bytes(_SUITE_AT, _SUITE_AT + 2).value[::-1]),
              "The right place, the wrong way round: TLS writes the most significant byte first."),
        Wrong("client's favourite", Lazy(lambda: load(_CHOICE).find("client_hello")
                                         .parsed.cipher_suites[0].to_bytes(2, "big")),
              "That is the first suite the client offered. The server is free to take another: "
              "look in the ServerHello."),
    ],
    "Everything after this message follows from these two bytes: how keys are agreed on, who "
    "signs, how records are encrypted.",
    "Write the two bytes as hex between quotes, and run the cell and this one again.",
    suite_trouble)

# --- when can the request leave ----------------------------------------------------------------

def _first_byte_trouble(attempt: Attempt) -> str:
    said = attempt.answer
    if type(said) is str and re.fullmatch(r"[\d\s+*()./-]*[+*/][\d\s+*()./-]*", said[:80]):
        return "Without the quotation marks Python computes this for you."
    if (type(said) is float and 0 < said < 2) or (type(said) is str and said[:20].endswith(" s")):
        return "That looks like seconds. The question is in milliseconds: a second has 1000."
    if type(attempt.given) is int and 0 < attempt.given <= 12:
        return ("That looks like a number of round trips or of messages. Count the round trips, "
                "TCP's too; each of them takes 80 ms.")
    return ("Count the round trips before the request: one to open TCP, and those of the "
            "handshake in the ladder. Multiply by 80.")


_FIRST_BYTE = Exercise(
    "08-first-byte", "When can the request leave?", "easy", 3,
    IntegerForm(units=("ms", "milliseconds")),
    lambda: [Case(80 * (1 + load("tls12_ecdhe").find("finished", "server").flight // 2))],
    [
        Wrong("forgot TCP", 160, "You counted the handshake. Before its first byte can travel, "
              "TCP has to be opened: one more round trip."),
        Wrong("one handshake round trip", 80, "Only one round trip? Count the flights in the "
              "ladder up to the server's Finished, and remember TCP."),
        Wrong("the response", 320, "That is when the first byte of the response arrives. The "
              "question is when the request can leave."),
        Wrong("handshake of one round trip", 120, "A flight takes 40 ms, half of a round trip. "
              "There are four of them in the handshake, and TCP takes two more."),
        Wrong("steps", 800, "You counted a round trip for each of the ten steps. Messages that "
              "follow each other from the same end travel together, in one flight."),
        Wrong("seven flights", 280, "That is when the first byte arrives at the server. The "
              "question is when the client can send it."),
        Wrong("server's Finished left out", 200, "At that moment the client's Finished reaches "
              "the server. The client waits for the server's Finished, too."),
        Wrong("flights as round trips", 400, "A flight goes one way only: two flights, there and "
              "back, are one round trip of 80 ms."),
    ],
    "On a long way the number of round trips is what people wait for. TLS 1.3 saves one of them.",
    "Put a number of milliseconds in place of None.", _first_byte_trouble)

EXERCISES = [_FIRST_BYTE, _SUITE, SHARE, SIGNED, WRITE_KEYS, TRANSCRIPT, TICKET, DECRYPT]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]
