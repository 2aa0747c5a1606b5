"""Lesson 09, the TLS 1.3 handshake: its exercises, predictions and quiz.

Every case comes from a real OpenSSL, from RFC 8448, or from a visit of the course's own client
whose private share is known (helpers/experiments/by_hand.py). The reference answers are checked
against what those wrote down in tests/exercises/test_lesson09.py.
"""

from __future__ import annotations

import re

from helpers.tls.passive import Message

from .forms import IntegerForm
from .lesson09_finished import CLIENT, SERVER
from .lesson09_flight import FLIGHT
from .lesson09_inner import INNER
from .lesson09_questions import PREDICTIONS
from .lesson09_quiz import QUIZ
from .lesson09_transcript import RETRY, STOP
from .lesson09_verify import CONTENT, POSSESSION
from .lesson09_version import VERSION
from .lesson09_visits import visit
from .model import Attempt, Case, Exercise, Wrong

_AWAY = 120


def _request() -> Message:
    return visit("tls13_mlkem").find("application_data", "client")


def _first_byte_trouble(attempt: Attempt) -> str:
    said, given = attempt.answer, attempt.given
    if type(said) is str and re.fullmatch(r"[\d\s+*()./-]*[+*/][\d\s+*()./-]*", said[:80]):
        return "Without the quotation marks Python computes this for you."
    if (type(said) is float and 0 < said < 2) or (type(said) is str and said[:20].endswith(" s")):
        return "That looks like seconds. The question is in milliseconds: a second has 1000."
    if type(given) is int and 0 < given <= 15:
        return ("That looks like a number of round trips or of messages. Count the round trips, "
                f"TCP's too; each of them takes {_AWAY} ms.")
    return ("Count the round trips before the request: one to open TCP, and those of the "
            f"handshake in the ladder. Multiply by {_AWAY}.")


_FIRST_BYTE = Exercise(
    "09-first-byte", "When can the request leave?", "easy", 3,
    IntegerForm(units=("ms", "milliseconds")),
    lambda: [Case(_AWAY * (1 + _request().flight // 2))],
    [
        Wrong("forgot TCP", 120, "You counted the handshake. Before its first byte can travel, "
              "TCP has to be opened: one more round trip."),
        Wrong("TLS 1.2", 360, "That is TLS 1.2, with two round trips for the handshake. In the "
              "ladder of TLS 1.3 the request leaves in flight 3."),
        Wrong("flights as round trips", 480, "A flight goes one way only: there and back, two "
              "flights, are one round trip."),
        Wrong("half a round trip", 180, "At that moment the server has the ClientHello. The client "
              "still waits for the server's flight."),
        Wrong("arrival", 300, "That is when the request arrives at the server. The question is "
              "when it can leave."),
    ],
    "One round trip less than with TLS 1.2: on every new connection, for everybody.",
    "Put a number of milliseconds in place of None.", _first_byte_trouble)

EXERCISES = [_FIRST_BYTE, VERSION, INNER, STOP, CONTENT, POSSESSION, SERVER, CLIENT, RETRY, FLIGHT]

__all__ = ["EXERCISES", "PREDICTIONS", "QUIZ"]
