"""Lesson 09: CertificateVerify, completed and then checked alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.experiments.signed import fits
from helpers.tls import certificate_verify_content

from .calling import Failed, call
from .forms import BytesForm
from .lesson09_visits import TYPES, before, digest, handshake, leaf_key
from .model import Attempt, Case, Exercise, Wrong
from .truth import TruthForm
from .watching import names_used, with_stand_in
from .wording import FunctionForm

_SPACES, _WORDS = b" " * 64, b"TLS 1.3, server CertificateVerify"

# --- what is signed ----------------------------------------------------------------------------


def _content_cases() -> list[Case]:
    found = []
    for name in ("openssl", "tls13_ecdsa", "rfc8448"):
        covered = digest(before(name, 15))
        found.append(Case(certificate_verify_content("server", covered), (covered,), name))
    return found


def _content_trouble(attempt: Attempt) -> str:
    given, (covered,) = attempt.given, attempt.case.args
    if not given:
        return ""
    if given == covered:
        return "That is the transcript hash alone. Spaces, words and a zero byte come before it."
    if given == digest([attempt.case.expected]):
        return "You hashed all of it. The bytes themselves are asked for."
    return content_trouble(given, covered)


def content_trouble(given: bytes, covered: bytes) -> str:
    """The first place where bytes differ from the signed content over this transcript hash; "" if
    they do not."""
    if given == _SPACES + _WORDS + b"\0" + covered:
        return ""
    spaces = len(given) - len(given.lstrip(b" "))
    if spaces != 64:
        return (f"It begins with {spaces} spaces, and there should be 64 (the byte 20 in hex)."
                if spaces or not given.startswith(b"\0")
                else "It begins with zero bytes. Asked for are 64 spaces, the byte 20 in hex.")
    rest = given[64:]
    if rest.startswith(b"TLS 1.3, client"):
        return "Those are the words for a client. This is the server's signature."
    if not rest.startswith(_WORDS):
        return ("Behind the spaces comes, letter by letter: TLS 1.3, server CertificateVerify. "
                "Nothing stands in between.")
    if rest[33:34] != b"\0":
        return ("Between the words and the hash stands one zero byte: b\"\\0\", or bytes(1). (The "
                "digit \"0\" is another byte.)")
    if rest[34:] == covered.hex().encode():
        return "The hash stands there as hex text. It goes in as the 32 bytes that it is."
    if rest[34:] == b"\0" + covered or rest[34:].endswith(covered):
        return "The front part is right, and something more stands between it and the hash."
    return "Behind the zero byte comes the transcript hash, as it was given, and nothing else."


CONTENT = Exercise(
    "09-signed-content", "What the server signs", "medium", 4,
    FunctionForm(BytesForm(130), ("transcript_hash",)), _content_cases,
    [
        Wrong("no zero byte", lambda covered: _SPACES + _WORDS + covered,
              "Between the words and the hash stands one zero byte: b\"\\0\", or bytes(1)."),
        Wrong("hash first", lambda covered: covered + _SPACES + _WORDS + b"\0",
              "The hash comes last. In front of it: the spaces, the words, the zero byte."),
        Wrong("no hash", lambda covered: _SPACES + _WORDS + b"\0",
              "The transcript hash is missing: without it the signature would fit every "
              "handshake."),
        Wrong("words first", lambda covered: _WORDS + _SPACES + b"\0" + covered,
              "The 64 spaces come first, then the words."),
        Wrong("no words", lambda covered: _SPACES + b"\0" + covered,
              "The words are missing. They keep this signature from being used for anything "
              "else."),
    ],
    "Spaces and words keep the purposes apart; the hash ties the signature to this handshake.",
    "Join the four pieces in order: the spaces, the words, one zero byte, the hash.",
    _content_trouble)

# --- is it the owner of the key? ---------------------------------------------------------------

Fits = Callable[[Any, int, bytes, bytes], bool]


def possession(messages: list[bytes], public_key: object, *, fit: Fits = fits,
               prefix: bytes = _SPACES + _WORDS + b"\0", end: int = -1, cut: int = 8,
               scheme: int | None = None) -> bool:
    """Whether the last message, a CertificateVerify, was signed over the ones before it; with the
    arguments, the same with some step done differently."""
    signed, said = prefix + digest(messages[:end]), messages[-1]
    kind = int.from_bytes(said[4:6], "big") if scheme is None else scheme
    return fit(public_key, kind, said[cut:], signed)


def _changed(messages: list[bytes], which: int) -> list[bytes]:
    one = messages[which]
    return [*messages[:which], one[:20] + bytes([one[20] ^ 1]) + one[21:], *messages[which + 1:]]


def _possession_cases() -> list[Case]:
    def upto(name: str) -> list[bytes]:
        return [*before(name, 15), handshake(name)[len(before(name, 15))]]

    real, elliptic, old = upto("openssl"), upto("tls13_ecdsa"), upto("tls13_x25519")
    told = [
        (real, leaf_key("openssl"), "the visit with the known share"),
        (elliptic, leaf_key("tls13_ecdsa"), "a visit with an ECDSA certificate"),
        (_changed(real, 0), leaf_key("openssl"), "one bit of the ClientHello changed"),
        ([*real[:-1], old[-1]], leaf_key("openssl"), "the signature of another visit, same key"),
        (real, leaf_key("tls13_ecdsa"), "another public key"),
        (_changed(elliptic, 3), leaf_key("tls13_ecdsa"), "one bit of the Certificate changed"),
    ]
    return [Case(possession(messages, key), (messages, key), label)
            for messages, key, label in told]


def _asked(function: Any, args: tuple) -> list[tuple]:
    """What a learner's function hands to `fits`, call by call."""
    seen: list[tuple] = []

    def noting(*given: Any, **more: Any) -> bool:
        seen.append(given)
        return fits(*given, **more)

    if "fits" in names_used(function):
        try:
            call(with_stand_in(function, fits, noting), args)
        except Failed:
            return seen  # it failed the first time, too
    return seen


def _possession_trouble(attempt: Attempt) -> str:
    messages, key = attempt.case.args
    seen = _asked(attempt.answer, attempt.case.args)
    if not seen:
        return ("Ask fits(public_key, scheme, signature, content): it says True or False. Your "
                "function never got as far as calling it.")
    if len(seen[-1]) != 4:
        return "fits takes four things: public_key, scheme, signature, content, in this order."
    _, scheme, signature, content = seen[-1]
    said = messages[-1]
    if seen[-1][0] is not key and type(seen[-1][0]) is not type(key):
        return "The first argument of fits is the public_key that was handed to your function."
    if type(scheme) is not int or scheme != int.from_bytes(said[4:6], "big"):
        return _scheme(scheme, said)
    if signature != said[8:]:
        return _signature(signature, said)
    if content == digest(messages[:-1]) or type(content) is not bytes:
        return ("The content is more than the transcript hash, and it is bytes: 64 spaces, the "
                "words, a zero byte, the hash.")
    if wrong := content_trouble(content, digest(messages[:-1])):
        return _covers(content[98:], messages) or f"The content is not right. {wrong}"
    return "All four arguments are right. Return what fits says, unchanged."


def _scheme(scheme: Any, said: bytes) -> str:
    if scheme == int.from_bytes(said[4:6], "little"):
        return "The scheme is read the wrong way round: the most significant byte comes first."
    if type(scheme) is bytes:
        return "The scheme is a number: int.from_bytes(..., \"big\") of the two bytes."
    return ("The scheme is not right. It stands in CertificateVerify, in the two bytes behind the "
            "4-byte header: message[4:6].")


def _signature(signature: Any, said: bytes) -> str:
    if signature in (said, said[4:], said[6:]):
        return ("The signature is only what comes last: behind the header (4 bytes), the scheme "
                "(2) and its length (2).")
    return "The signature is not right: it is everything behind the first 8 bytes of the message."


def _covers(given: bytes, messages: list[bytes]) -> str:
    for end in range(len(messages) + 1):
        if digest(messages[:end]) == given and end != len(messages) - 1:
            last = TYPES[messages[end - 1][0]] if end else "nothing"
            return (f"Your transcript hash goes up to {last}. It has to end with Certificate: "
                    "CertificateVerify cannot cover itself.")
    if digest([one[4:] for one in messages[:-1]]) == given:
        return "The messages' own 4-byte headers count in the transcript hash."
    return ""


POSSESSION = Exercise(
    "09-possession", "Has it the private key?", "medium", 8,
    FunctionForm(TruthForm(), ("messages", "public_key")), _possession_cases,
    [
        Wrong("always yes", lambda messages, key: True,
              "Your function says True whatever is signed. Ask fits(...), and return its answer."),
        Wrong("a type for a place", lambda messages, key: messages[15],
              "15 is the type of CertificateVerify, not its place in the list. Here it is the last "
              "message: messages[-1]."),
    ],
    "The certificate says whose key it is; this check says that the key is here, now, and has seen "
    "this very handshake. Without it a copied certificate would do.",
    "Take the last message apart, make the content over the messages in front of it, ask fits.",
    _possession_trouble)
