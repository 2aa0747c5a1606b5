"""Lesson 09: the transcript hash, completed and then alone (with a HelloRetryRequest)."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256, sha384

from .forms import BytesForm
from .lesson09_visits import TYPES, digest, handshake, retried
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm

# --- up to and including a message -------------------------------------------------------------

_STOPS = (("openssl", 11), ("openssl", 2), ("rfc8448", 15), ("tls13_ecdsa", 20))


def upto(messages: list[bytes], last_type: int) -> list[bytes]:
    """The messages up to and including the first one of that type."""
    return messages[:[message[0] for message in messages].index(last_type) + 1]


def _stop_cases() -> list[Case]:
    return [Case(digest(upto(handshake(name), last)), (handshake(name), last),
                 f"up to {TYPES[last]}{' of the server' if last == 20 else ''}, {name}")
            for name, last in _STOPS]


def _first_of(messages: list[bytes], given: bytes) -> str:
    """What a hash of too few or too many messages covers; "" if it is none of them."""
    for end in range(len(messages) + 1):
        if digest(messages[:end]) == given:
            last = TYPES[messages[end - 1][0]] if end else "nothing at all"
            return f"Your hash covers {end} of the messages, up to {last}."
    return ""


def _stop_trouble(attempt: Attempt) -> str:
    given, (messages, last) = attempt.given, attempt.case.args
    if attempt.error == "TypeError" and "HASH" in attempt.said:
        return "sha256(...) still computes. Its 32 bytes come out with .digest() at the end."
    if not given:
        return ""
    right = upto(messages, last)
    if covers := _first_of(messages, given):
        return (f"{covers} It should go up to the first message of type {last}, that one "
                "included, and stop there.")
    return _common_trouble(given, right) or (
        "Only what is joined in covered goes into the hash: the messages as they are, in order.")


def _common_trouble(given: bytes, right: list[bytes]) -> str:
    joined = b"".join(right)
    table = (
        (joined, "Those are the messages, not hashed yet: sha256(...).digest()."),
        (sha384(joined).digest(), "The suite of this visit hashes with SHA-256."),
        (sha256(joined.hex().encode()).digest(), "Hash the bytes, not their hex text."),
        (sha256(sha256(joined).digest()).digest(), "You hashed twice."),
        (sha256(joined).hexdigest().encode(), "Use .digest(), not .hexdigest()."),
        (b"".join(digest([one]) for one in right),
         "Join the messages first, then hash once: not each by itself."),
        (digest([digest([one]) for one in right]),
         "Join the messages first, then hash once: not each by itself."),
        (digest([one[4:] for one in right]),
         "The messages' own 4-byte headers count: only record headers do not."),
        (digest([one[5:] for one in right]),
         "These are messages without record headers already: cut nothing off."),
        (digest(right[::-1]), "The order counts: as they crossed, the ClientHello first."),
        (digest(right[-1:]), "That is the last message alone. All before it count, too."),
        (digest(right[1:]), "The ClientHello is missing: the transcript begins with it."),
    )
    return next((said for wrong, said in table if wrong == given), "")


STOP = Exercise(
    "09-transcript", "The hash so far", "medium", 4,
    FunctionForm(BytesForm(32, mixed=True), ("messages", "last_type")), _stop_cases,
    [
        Wrong("everything", lambda messages, last: digest(messages),
              "That covers all messages in the list. Stop when the one of last_type has been "
              "added."),
        Wrong("one too few", lambda messages, last: digest(upto(messages, last)[:-1]),
              "One message too few: the one of last_type itself belongs to it. Add first, then "
              "ask whether to stop."),
        Wrong("not hashed", lambda messages, last: b"".join(upto(messages, last)),
              "Those are the messages, joined. What is asked for is their SHA-256."),
        Wrong("only that message", lambda messages, last: digest(upto(messages, last)[-1:]),
              "That is the last message alone. The hash covers all of them from the ClientHello "
              "on."),
        Wrong("without headers", lambda messages, last: digest(
            [one[4:] for one in upto(messages, last)]),
              "The messages' own 4-byte headers count: only record headers do not."),
    ],
    "One running hash, read off at different moments: that is all that “transcript hash” means.",
    "Fill in the two lines marked Here.", _stop_trouble)

# --- with a HelloRetryRequest ------------------------------------------------------------------

RETRY_RANDOM = sha256(b"HelloRetryRequest").digest()


def _replaced(messages: list[bytes], head: bytes = b"\xfe\0\0\x20") -> list[bytes]:
    return [head + digest(messages[:1]), *messages[1:]]


def with_retry(messages: list[bytes]) -> bytes:
    """The transcript hash as RFC 9846 section 4.1 has it."""
    asked_again = len(messages) > 1 and messages[1][6:38] == RETRY_RANDOM
    return digest(_replaced(messages) if asked_again else messages)


def _retry_cases() -> list[Case]:
    again, plain = list(retried()), handshake("openssl")
    told = [(again[:4], "RFC 8448 section 5, up to ServerHello"),
            (again, "RFC 8448 section 5, up to Certificate"),
            (plain[:4], "a handshake without HelloRetryRequest"), (plain[:1], "ClientHello alone"),
            (again[:2], "RFC 8448 section 5, up to HelloRetryRequest")]
    return [Case(with_retry(messages), (messages,), label) for messages, label in told]


def _retry_mistakes(messages: list[bytes]) -> Iterator[tuple[str, bytes]]:
    first = digest(messages[:1])
    said = ("In front of the hash of the first ClientHello belongs a header: type fe (254), then "
            "the length in 3 bytes.")
    for head in (b"", b"\xfe", b"\xfe\x20", b"\xfe\0\x20", b"\xfe\0\0\0\x20"):
        yield said, digest([head + first, *messages[1:]])
    for head in (b"\x01\0\0\x20", b"\x02\0\0\x20", b"\x14\0\0\x20", b"\xff\0\0\x20"):
        yield "The type of the stand-in message is 254, in hex fe.", digest(
            [head + first, *messages[1:]])
    for length in (1, 2, 36, len(messages[0]), 256, 48):
        yield ("The header's length is that of what follows: a SHA-256 hash, 32 bytes (hex 20).",
               digest([b"\xfe" + length.to_bytes(3, "big") + first, *messages[1:]]))
    yield ("You put the ClientHello itself behind the new header. Its hash stands there.",
           digest([b"\xfe\0\0\x20" + messages[0], *messages[1:]]))
    yield ("The hash that stands in is over the whole ClientHello, its 4-byte header included.",
           digest([b"\xfe\0\0\x20" + digest([messages[0][4:]]), *messages[1:]]))
    yield ("That is the stand-in alone. The other messages follow it, and all is hashed.",
           digest(_replaced(messages)[:1]))
    yield "You left the HelloRetryRequest out. It stays.", digest(
        [*_replaced(messages)[:1], *messages[2:]])
    yield ("The stand-in replaces the first ClientHello; it is not put in front of it.",
           digest([*_replaced(messages)[:1], *messages]))
    yield ("The first ClientHello is gone altogether. Its hash stands in for it.",
           digest(messages[1:]))
    yield "From the second ClientHello on, too late: the first two messages count.", digest(
        messages[2:])
    if len(messages) > 2:
        yield ("You replaced the second ClientHello. The first one is meant.", digest(
            [*messages[:2], b"\xfe\0\0\x20" + digest([messages[2]]), *messages[3:]]))
        yield ("Only the ClientHello is replaced. The HelloRetryRequest stays as it is.", digest(
            [b"\xfe\0\0\x20" + digest(messages[:2]), *messages[2:]]))


def _retry_trouble(attempt: Attempt) -> str:
    given, (messages,) = attempt.given, attempt.case.args
    if attempt.error == "IndexError":
        return "A list may hold the ClientHello alone. Ask for len(messages) before messages[1]."
    if attempt.error == "TypeError" and "HASH" in attempt.said:
        return "sha256(...) still computes. Its 32 bytes come out with .digest() at the end."
    if not given:
        return ""
    for said, wrong in _retry_mistakes(messages):
        if wrong == given and wrong != attempt.case.expected:
            return said
    asked = len(messages) > 1 and messages[1][6:38] == RETRY_RANDOM
    if not asked and given == digest(_replaced(messages)):
        return ("There was no HelloRetryRequest here: messages[1] is an ordinary ServerHello, or "
                "there is none yet. Then nothing is replaced.")
    right = _replaced(messages) if asked else messages
    return _common_trouble(given, right) or (
        "Print what you hash, message by message, as type and length: fe with 32 bytes first, "
        "then everything from the HelloRetryRequest on, unchanged.")


RETRY = Exercise(
    "09-retry", "A transcript with a second try", "hard", 10,
    FunctionForm(BytesForm(32, mixed=True), ("messages",)), _retry_cases,
    [
        Wrong("nothing replaced", digest,
              "That is the plain transcript. After a HelloRetryRequest the first ClientHello is "
              "replaced by a stand-in."),
        Wrong("hash without header", lambda messages: digest(
            [digest(messages[:1]), *messages[1:]]),
              "In front of the hash of the first ClientHello belongs a header: type fe (254), "
              "then the length in 3 bytes."),
        Wrong("always replaced", lambda messages: digest(_replaced(messages)),
              "There was no HelloRetryRequest here: messages[1] is an ordinary ServerHello, or "
              "there is none yet. Then nothing is replaced."),
        Wrong("dropped", lambda messages: digest(messages[2:] if len(messages) > 2 else messages),
              "You began with the second ClientHello. The first one and the HelloRetryRequest "
              "count: the first as a stand-in."),
    ],
    "A server that has sent a HelloRetryRequest may forget everything but this one hash, and go "
    "on later. That is why there is a stand-in at all (RFC 9846 section 4.1).",
    "First ask whether messages[1] is a HelloRetryRequest; then join and hash.", _retry_trouble)
