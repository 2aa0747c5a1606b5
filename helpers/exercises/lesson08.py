"""Lesson 08, the TLS 1.2 handshake: its exercises about messages, and everything it exports.

Every case comes from a recording of two real OpenSSLs (data/recordings). The reference answers
are checked against them in tests/exercises/test_lesson08.py: the signed bytes by the
certificate's key, the hash by the Finished that OpenSSL sent, the keys by its key log.
"""

from __future__ import annotations

from helpers.conversation import Conversation
from helpers.sources import load

from .forms import BytesForm, IntegerForm
from .lesson08_keys import DECRYPT, NONCE, TRANSCRIPT, WRITE_KEYS
from .lesson08_questions import PREDICTIONS, QUIZ
from .model import Case, Exercise, Lazy, Wrong
from .recorded import from_recordings, randoms
from .wording import FunctionForm

_ECDHE = ("tls12_ecdhe", "tls12_ecdhe_ecdsa")


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
        Wrong("swapped", Lazy(lambda: _server_hello_bytes(_SUITE_AT, _SUITE_AT + 2).value[::-1]),
              "The right place, the wrong way round: TLS writes the most significant byte first."),
        Wrong("client's favourite", Lazy(lambda: load(_CHOICE).find("client_hello")
                                         .parsed.cipher_suites[0].to_bytes(2, "big")),
              "That is the first suite the client offered. The server is free to take another: "
              "look in the ServerHello."),
    ],
    "Everything after this message follows from these two bytes: how keys are agreed on, who "
    "signs, how records are encrypted.",
    "Write the two bytes as hex between quotes, and run the cell and this one again.")

# --- when can the request leave ----------------------------------------------------------------

_FIRST_BYTE = Exercise(
    "08-first-byte", "When can the request leave?", "easy", 3, IntegerForm(),
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
        Wrong("flights as round trips", 400, "A flight goes one way only: two flights, there and "
              "back, are one round trip of 80 ms."),
    ],
    "On a long way the number of round trips is what people wait for. TLS 1.3 saves one of them.",
    "Put a number of milliseconds in place of None.")

# --- the server's share ------------------------------------------------------------------------

_MESSAGE = FunctionForm(BytesForm(), ("message",))

_SHARE = Exercise(
    "08-server-share", "Cut out the share", "medium", 6, _MESSAGE,
    from_recordings(_ECDHE, lambda visit: (visit.find("server_key_exchange").parsed.public,
                                  (visit.find("server_key_exchange").data,))),
    [
        Wrong("always 32 bytes", lambda message: message[8:40],
              "The share of this curve is longer than 32 bytes. Read its length from the byte in "
              "front of it."),
        Wrong("kept the length", lambda message: message[7:8 + message[7]],
              "Your first byte is the length in front of the share. It starts one byte later."),
        Wrong("forgot the header", lambda message: message[4:4 + message[3]],
              "That starts at the curve type. Between the 4-byte header and the share there are "
              "three bytes for the curve and one for the length."),
        Wrong("to the end", lambda message: message[8:],
              "You kept everything up to the end: the signature is in it too."),
        Wrong("end off by the start", lambda message: message[8:message[7]],
              "In a slice the second number is where it ends, not how long it is."),
    ],
    "Whoever reads lengths instead of assuming them can read any TLS message, also of a kind that "
    "did not exist when the reader was written.",
    "Replace the ... in the function by a return.")

# --- what the server signs ---------------------------------------------------------------------

def _signed(visit: Conversation) -> tuple[bytes, tuple]:
    message = visit.find("server_key_exchange")
    client_random, server_random = randoms(visit)
    return (client_random + server_random + message.parsed.params,
            (client_random, server_random, message.data))


_SIGNED = Exercise(
    "08-signed-bytes", "What the server signed", "medium", 8,
    FunctionForm(BytesForm(), ("client_random", "server_random", "message")),
    from_recordings(_ECDHE, _signed),
    [
        Wrong("server first", lambda client, server, message:
              server + client + message[4:8 + message[7]],
              "The right pieces, but the client's random comes first here."),
        Wrong("no randoms", lambda client, server, message: message[4:8 + message[7]],
              "Without the randoms the signature would fit every handshake, and an impostor could "
              "play it back."),
        Wrong("the header too", lambda client, server, message:
              client + server + message[:8 + message[7]],
              "The message's own 4-byte header (type and length) is not signed."),
        Wrong("the signature too", lambda client, server, message: client + server + message[4:],
              "Everything after the share is the signature itself. It cannot sign itself."),
        Wrong("only the share", lambda client, server, message:
              client + server + message[8:8 + message[7]],
              "The curve and the length belong to the signed parameters as well: otherwise "
              "somebody could swap the curve."),
        Wrong("without the length", lambda client, server, message:
              client + server + message[4:7] + message[8:8 + message[7]],
              "The byte with the length of the share is missing: it is signed too."),
    ],
    "A signature says exactly as much as the bytes under it. To know what a protocol promises, "
    "look at what is signed.",
    "Replace the ... in the function by a return of bytes joined with +.")

EXERCISES = [_FIRST_BYTE, _SUITE, _SHARE, _SIGNED, WRITE_KEYS, NONCE, TRANSCRIPT, DECRYPT]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]
