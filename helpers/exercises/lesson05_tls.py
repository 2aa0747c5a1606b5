"""Lesson 05: what a server signs in TLS 1.2 (ServerKeyExchange) and TLS 1.3 (CertificateVerify)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from helpers.conversation import Conversation
from helpers.experiments.signed import handshake_until
from helpers.sources import load
from helpers.tls import certificate_verify_content, key_exchange_content

from .forms import BytesForm, NotThisForm
from .model import Attempt, Case, Exercise, Wrong
from .nearness import Piece, pieces
from .recorded import from_recordings, randoms
from .wording import FunctionForm

# --- ServerKeyExchange -------------------------------------------------------------------------

_RANDOM = slice(6, 38)


@dataclass(frozen=True)
class _Joined(BytesForm):
    """Bytes; says how to make them of several pieces."""

    def read(self, answer: Any) -> bytes:
        if isinstance(answer, list | tuple) and any(isinstance(one, bytes) for one in answer):
            raise NotThisForm("These are the pieces one by one. Join them to one string of bytes: "
                              "first + second + third.")
        return super().read(answer)


def _exchange(visit: Conversation) -> tuple[bytes, tuple]:
    message = visit.find("server_key_exchange")
    hellos = (visit.find("client_hello").data, visit.find("server_hello").data)
    return key_exchange_content(*randoms(visit), message.parsed.params), (*hellos, message.data)


def _params(message: bytes) -> bytes:
    return message[4:8 + message[7]]


def _exchange_trouble(attempt: Attempt) -> str:
    given = attempt.given
    if not given:
        return ""
    if given == sha256(attempt.case.expected).digest():
        return "You hashed it. Asked for are the bytes themselves: signing hashes them on its own."
    names = ("client_hello", "server_hello", "message")
    messages = dict(zip(names, attempt.case.args, strict=True))
    if given[:64] == attempt.case.expected[:64]:  # randoms right: the rest by itself, exactly
        rest = [piece for piece in pieces(given[64:], {"message": messages["message"]})
                if piece.name]
        return _params_trouble(rest[0], messages["message"]) if rest else _missing({
            "client_hello": None, "server_hello": None})
    found = [piece for piece in pieces(given, messages) if piece.name]
    by_name = {piece.name: piece for piece in found}
    return (_missing(by_name) or _hello_trouble(by_name) or _order([one.name for one in found])
            or _params_trouble(by_name["message"], messages["message"]))


def _missing(found: dict[str, Piece | None]) -> str:
    if not found:
        return "None of this is in the input. Join pieces of the three messages, unchanged."
    for name, what in (("client_hello", "the client's random, out of the ClientHello"),
                       ("server_hello", "the server's random, out of the ServerHello"),
                       ("message", "the parameters: curve, length and share")):
        if name not in found:
            return f"Something is missing: {what}."
    return ""


def _hello_trouble(found: dict[str, Piece]) -> str:
    for name in ("client_hello", "server_hello"):
        start, end = found[name].start, found[name].end
        if (start, end) == (0, found[name].length):
            return f"You took the whole {name}. Only its random is signed: 32 bytes."
        if (start, end) == (2, 34):
            return ("You counted the random from behind the header. These messages come with their "
                    "4 bytes of header: the random starts at 6.")
        if start != _RANDOM.start:
            early = "early" if start < _RANDOM.start else "late"
            return (f"In {name} you start at byte {start}: too {early}. In front of the random are "
                    "type (1 byte), length (3) and version (2).")
        if end != _RANDOM.stop:
            return f"From {name} you took {end - start} bytes. A random is 32 bytes long."
    return ""


def _order(order: list[str]) -> str:
    if order[:3] == ["server_hello", "client_hello", "message"]:
        return "The right pieces, but the client's random comes first here."
    if order != ["client_hello", "server_hello", "message"]:
        return "Another order: client random, server random, parameters, each of them once."
    return ""


def _params_trouble(cut: Piece, message: bytes) -> str:
    end = 8 + message[7]
    if cut.start < 4:
        return "The header of the ServerKeyExchange (4 bytes) is not signed."
    if cut.start > 4:
        return ("The parameters begin with the curve type, straight behind the 4-byte header: "
                "curve and length are signed as well as the share.")
    if cut.end == len(message):
        return "Everything behind the share is the signature itself. It cannot sign itself."
    if cut.end != end:
        where = "early" if cut.end < end else "late"
        return (f"You stop too {where}. The share's length is the byte message[7], and the share "
                "begins at 8.")
    return ""


EXCHANGE = Exercise(
    "05-key-exchange", "What the server signed in TLS 1.2", "medium", 7,
    FunctionForm(_Joined(), ("client_hello", "server_hello", "message")),
    from_recordings(("tls12_ecdhe", "tls12_ecdhe_ecdsa"), _exchange),
    [
        Wrong("no randoms", lambda hello, answer, message: _params(message),
              "Without the randoms the signature would fit every handshake, and anybody could "
              "play it back."),
        Wrong("randoms too early", lambda hello, answer, message:
              hello[4:36] + answer[4:36] + _params(message),
              "You start at the version, bytes 4 and 5. The random comes straight behind it."),
        Wrong("the signature too", lambda hello, answer, message:
              hello[_RANDOM] + answer[_RANDOM] + message[4:],
              "You went on to the end of the message: there the signature stands, which cannot "
              "sign itself."),
        Wrong("the share only", lambda hello, answer, message:
              hello[_RANDOM] + answer[_RANDOM] + message[8:8 + message[7]],
              "Curve and length in front of the share are signed, too: or somebody could change "
              "the curve."),
        Wrong("a fixed end", lambda hello, answer, message:
              hello[_RANDOM] + answer[_RANDOM] + message[4:40],
              "That end fits a share of 32 bytes. Read its length, message[7]: other curves have "
              "longer shares."),
    ],
    "The randoms make it fresh, the parameters are what it vouches for. A signature says exactly "
    "as much as the bytes under it.",
    "Cut the random out of each Hello and the parameters out of the message; join them with +.",
    _exchange_trouble)

# --- CertificateVerify -------------------------------------------------------------------------

_SPACES, _SERVER, _CLIENT = b" " * 64, b"TLS 1.3, server CertificateVerify", (
    b"TLS 1.3, client CertificateVerify")


def _content_cases() -> list[Case]:
    found = []
    for name, last in (("tls13_x25519", "certificate_verify"), ("tls13_ecdsa", "finished")):
        visit = load(name)
        messages = handshake_until(visit, last)
        covered = handshake_until(visit, "certificate")
        expected = certificate_verify_content("server", sha256(b"".join(covered)).digest())
        found.append(Case(expected, (messages,), f"{visit.title}, up to {last}"))
    return [*found, _asked_for_a_certificate()]


# Ours, not recorded: the server asks for a certificate (with the scheme 0804) and the client, which
# has none, sends an empty one (RFC 9846 sections 4.4.2 and 4.5.1).
_REQUEST = bytes.fromhex("0d00000b 00 0008 000d0004 0002 0804")
_EMPTY = bytes.fromhex("0b000004 00 000000")


def _asked_for_a_certificate() -> Case:
    """A recorded handshake with two messages more: another number of them stands before
    CertificateVerify, and a message of type 11 behind it."""
    messages = handshake_until(load("tls13_x25519"), "finished")
    types = [message[0] for message in messages]
    here = types.index(11)
    messages = [*messages[:here], _REQUEST, *messages[here:], _EMPTY]
    covered = sha256(b"".join(messages[:here + 2])).digest()
    return Case(certificate_verify_content("server", covered), (messages,),
                "the server asks for a certificate (CertificateRequest, type 13), and the client "
                "sends an empty one at the end")


def _content(messages: list[bytes], prefix: bytes = _SPACES + _SERVER + b"\0", *, upto: int = 0,
             ) -> bytes:
    """The content with some part of it done differently; `upto` moves the end of the transcript."""
    end = [message[0] for message in messages].index(15) + upto
    return prefix + sha256(b"".join(messages[:end])).digest()


def _content_trouble(attempt: Attempt) -> str:
    (messages,), given = attempt.case.args, attempt.given
    if attempt.error == "TypeError" and "HASH" in attempt.said:
        return "sha256(...) still computes. Its 32 bytes come out with .digest() at the end."
    if not given:
        return ""
    if given in messages:
        return ("That is one of the messages. Asked for is what its signature covers: 64 spaces, "
                "the words, a zero byte, the hash.")
    digest = _content(messages, b"")
    if given == digest:
        return ("The transcript hash is right. In front of it belong the 64 spaces, the words and "
                "the zero byte.")
    if given == _SPACES + _SERVER + b"\0" + digest.hex().encode():
        return "The hash is there as hex text. Use digest() and not hexdigest()."
    if given == sha256(attempt.case.expected).digest():
        return "You hashed all of it once more. Asked for is the content: signing hashes it anew."
    return _prefix_trouble(given) or _hash_trouble(given[98:], messages)


def _prefix_trouble(given: bytes) -> str:
    spaces = len(given) - len(given.lstrip(b" "))
    if given[:1] == b"\0" * 1 or given.startswith(b"\0" * 8):
        return "You began with zero bytes. It begins with 64 spaces: the byte 20 in hex, b\" \"."
    if spaces != 64:
        return f"It begins with {spaces} spaces; there are 64 of them."
    rest = given[64:]
    if not rest.startswith(_SERVER):
        return ("Behind the spaces comes, letter by letter, TLS 1.3, server CertificateVerify: "
                "one blank behind the comma, capitals as here.")
    if rest[33:34] != b"\0":
        return ("Between the words and the hash stands a single zero byte: b\"\\0\" (or bytes(1)). "
                "The digit b\"0\" is another byte.")
    return ""


def _hash_trouble(given: bytes, messages: list[bytes]) -> str:
    if len(given) != 32:
        return f"Behind the zero byte come 32 bytes of SHA-256; you have {len(given)}."
    stops = {sha256(b"".join(messages[:end])).digest(): end for end in range(len(messages) + 1)}
    if given in stops:
        last = messages[stops[given] - 1][0] if stops[given] else 0
        return (f"Your hash covers {stops[given]} messages, the last of them of type {last}. It "
                "has to end with Certificate, type 11.")
    end = [message[0] for message in messages].index(15)
    if given == sha256(b"".join(message[4:] for message in messages[:end])).digest():
        return "You cut off the 4-byte headers of the messages. They are hashed, too."
    if given == sha256(b"".join(one for one in messages if one[0] != 15)).digest():
        return ("You left out CertificateVerify and went on behind it. The hash stops there: what "
                "comes later was not yet sent when the server signed.")
    if given == sha256(b"".join(one for one in messages if one[0] < 15)).digest():
        return ("A smaller type does not mean earlier: behind CertificateVerify comes another "
                "message of type 11. What counts is the place in the list.")
    return ("The front part is right, the hash is not. Join the messages as they are, from the "
            "first one up to Certificate, and hash them once.")


CONTENT = Exercise(
    "05-certificate-verify", "What the server signed in TLS 1.3", "medium", 7,
    FunctionForm(BytesForm(130), ("messages",)), _content_cases,
    [
        Wrong("CertificateVerify too", lambda messages: _content(messages, upto=1),
              "Your hash covers CertificateVerify as well. The signature is in it, so it cannot "
              "be signed there."),
        Wrong("without Certificate", lambda messages: _content(messages, upto=-1),
              "Your hash stops before Certificate. Then the signature would not say to which "
              "certificate it belongs."),
        Wrong("the client's words", lambda messages: _content(messages, _SPACES + _CLIENT + b"\0"),
              "Those are the words for a client. This is the server's signature."),
        Wrong("no zero byte", lambda messages: _content(messages, _SPACES + _SERVER),
              "The single zero byte between the words and the hash is missing."),
        Wrong("no spaces", lambda messages: _content(messages, _SERVER + b"\0"),
              "The 64 spaces at the beginning are missing."),
        Wrong("not hashed", lambda messages: _SPACES + _SERVER + b"\0" + b"".join(
            messages[:[message[0] for message in messages].index(15)]),
              "You put the messages themselves behind the zero byte. Their hash belongs there: "
              "32 bytes."),
    ],
    "This is the proof of possession of TLS 1.3. It ties the certificate to this handshake and to "
    "no other.",
    "Find the message of type 15, hash what stands before it, and put the fixed part in front.",
    _content_trouble)
