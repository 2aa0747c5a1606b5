"""Lesson 10, the first byte: its quiz, with numbers and cases that the lesson did not show.

What can be computed is computed here; tests/exercises/test_lesson10.py lets it happen.
"""

from __future__ import annotations

from .lesson10_hsts import goes_by_https
from .lesson10_window import first_byte
from .model import Option, Question

LENGTH_FIELD = 0x0135
OVERHEAD = 1 + 16
NOTED = {"shop.example": (86_400, False)}
HOSTS = ("shop.example", "api.shop.example")
AGE_ADD, OBFUSCATED = 4_294_966_000, 2_704
MACHINES = 3
TRIP, FLIGHT, WINDOW = 120, 20_000, 10
_PLAIN = next(host for host in HOSTS if not goes_by_https(host, 3_600, NOTED))

QUIZ = [
    Question("10-quiz-length", f"You record a TLS 1.3 record that begins 17 03 03 01 35. Its "
             f"length field, 0x0135, is {LENGTH_FIELD}. How many bytes of HTTP are in it, if "
             "nobody padded?", [
        Option(f"{LENGTH_FIELD - OVERHEAD}", "The length counts content, one type byte and a tag "
               "of 16.", right=True),
        Option(f"{LENGTH_FIELD}", "Type byte and tag are counted in it."),
        Option(f"{LENGTH_FIELD - 16}", "One byte is the content's real type."),
        Option("Nobody but the two ends can tell", "The length stands there in the clear."),
    ]),
    Question("10-quiz-wire", "Two shops share one address. Somebody records a visit to one of "
             "them, TLS 1.3 without Encrypted Client Hello. What is NOT in the clear?", [
        Option("Which of the two shops was meant", "The name stands in the ClientHello (SNI)."),
        Option("Which certificate was shown", "It comes after ServerHello, encrypted. (The name in "
               "the ClientHello lets one guess.)", right=True),
        Option("Which protocols the client could have spoken", "The ALPN offer is in the "
               "ClientHello."),
        Option("How long the answer was, within a few bytes", "Record lengths are in the clear."),
    ]),
    Question("10-quiz-hsts", f"An hour ago {HOSTS[0]} sent, over https: "
             "Strict-Transport-Security: max-age=86400. Which of these does the browser still ask "
             "in the clear, if it is opened with http?", [
        Option(f"http://{HOSTS[0]}/", "It is noted for a day. Only an hour is over."),
        Option(f"http://{HOSTS[0]}/login", "HSTS is about the host, whatever the path."),
        Option(f"http://{_PLAIN}/", "Without includeSubDomains the note is for that host alone.",
               right=True),
        Option("none of them", "One of the hosts never asked for it, and nobody asked for it on "
               "its behalf."),
    ]),
    Question("10-quiz-age", f"A ticket came with ticket_age_add = {AGE_ADD:,}. The ClientHello "
             f"that brings it back says obfuscated_ticket_age = {OBFUSCATED:,}. How old is the "
             "ticket, by the client's clock?", [
        Option(f"{AGE_ADD - OBFUSCATED:,} ms", "That is 49 days, and the wrong way round."),
        Option(f"{(OBFUSCATED - AGE_ADD) % 2**32:,} ms", "The sum went once around 2^32.",
               right=True),
        Option(f"{OBFUSCATED:,} ms", "age_add is still in it."),
        Option("it is older than 7 days, so the server refuses it", "Take the difference modulo "
               "2^32 first."),
    ]),
    Question("10-quiz-machines", f"A shop has {MACHINES} machines with one ticket key. Each "
             "remembers what it has seen itself. A careless client sends an early POST to one of "
             "them, and an attacker copies the flight to all. How many orders are there?", [
        Option("1", "Each machine knows only what it saw itself."),
        Option(f"{MACHINES + 1}", "The first machine recognises its copy."),
        Option(f"{MACHINES}", "One for each machine: memory that is not shared stops copies at one "
               "machine only.", right=True),
        Option("any number", "Each machine takes the same bytes once."),
    ]),
    Question("10-quiz-method", "Which of these may a client send as early data without knowing "
             "more about the site (RFC 8470)?", [
        Option("PUT /profile", "Idempotent: twice is as good as once. But it changes something, "
               "and a copy may come after a newer change."),
        Option("DELETE /draft/7", "Idempotent, and not safe."),
        Option("POST /search", "It may only search; the client cannot know that."),
        Option("HEAD /prices", "HEAD is safe: it reads.", right=True),
    ]),
    Question("10-quiz-time", f"A first visit with TLS 1.3 over TCP, {TRIP} ms there and back, name "
             f"known. The server's flight is {FLIGHT:,} bytes, ten packets of 1,460 may leave at "
             "first, the line is fast. When is the first byte there?", [
        Option(f"{first_byte(TRIP, 1, WINDOW)} ms", "20,000 bytes are fourteen packets."),
        Option(f"{first_byte(TRIP, FLIGHT, WINDOW)} ms", "TCP, two for the flight, one for the "
               "request.", right=True),
        Option(f"{2 * TRIP} ms", "TCP, TLS and the request take three at least."),
        Option(f"{6 * TRIP} ms", "The second window is twice as large: one extra trip is enough."),
    ]),
]
