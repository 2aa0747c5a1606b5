"""Lesson 06: the TXT record that answers a DNS challenge (RFC 8555 section 8.4).

One case uses the key of RFC 7638 section 3.1 by its published thumbprint.
"""

from __future__ import annotations

import re
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha1, sha256, sha512
from typing import Any

from helpers import lab
from helpers.pki.acme import txt_record

from .forms import NotThisForm
from .model import Attempt, Case, Exercise, Wrong
from .wording import FunctionForm
from .words import kind, quoted

_LONGEST = 4000


@dataclass(frozen=True)
class ExactText:
    """A text in which every letter counts, also as ASCII bytes; quotes around it do not."""

    what: str

    def wanted(self) -> str:
        return self.what

    def read(self, answer: Any) -> str:
        if isinstance(answer, bytes | bytearray):
            answer = bytes(answer[:_LONGEST]).decode("latin-1")
        if not isinstance(answer, str):
            raise NotThisForm(f"This asks for {self.what}, and you gave {kind(answer)}.")
        if len(answer) > _LONGEST:
            raise NotThisForm(f"This asks for {self.what}; that text is far too long.")
        return str.__str__(answer).strip().strip('"')

    def show(self, value: str) -> str:
        return quoted(value)

    def fits(self, value: str) -> bool:
        return True

    def difference(self, expected: str, got: str) -> str:
        return ""


_PUBLISHED = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"  # RFC 7638, section 3.1


def _cases() -> list[Case]:
    ours = urlsafe_b64encode(lab.seeded("an account key")(32)).decode().rstrip("=")
    pairs = [("DGyRejmCefe7v4NfDGDKfA", _PUBLISHED, "token of RFC 8555, key of RFC 7638")]
    for number in (1, 2, 5):
        token = urlsafe_b64encode(lab.seeded(f"challenge {number}")(16)).decode().rstrip("=")
        pairs.append((token, ours, f"challenge {number}"))
    return [Case(txt_record(token, thumb), (token, thumb), label) for token, thumb, label in pairs]


def _encodings(digest: bytes) -> dict[str, str]:
    return {
        urlsafe_b64encode(digest).decode():
            "Right but for the = at the end: RFC 8555 leaves the padding off. rstrip(\"=\") does.",
        b64encode(digest).decode().rstrip("="):
            "That is plain base64, with + and /. The one for file names and DNS has - and _: "
            "urlsafe_b64encode.",
        b64encode(digest).decode():
            "That is plain base64, with + and / and a = at the end. urlsafe_b64encode has - and _; "
            "then take the = off.",
        digest.hex(): "That is the hash in hexadecimal. Into DNS goes its base64url form.",
        digest.decode("latin-1").strip().strip('"'):
            "Those are the bytes of the hash. Write them as text, with urlsafe_b64encode.",
        str(urlsafe_b64encode(digest)).strip('"'):
            "str(...) of bytes has b'...' around it. Use .decode().",
        urlsafe_b64encode(digest.hex().encode()).decode().rstrip("="):
            "You encoded the hexadecimal text of the hash. Take .digest(), and not .hexdigest().",
    }


_ERRORS = {
    "HASH": "sha256(...) gives a hash object; its bytes come out with .digest().",
    "encoded before hashing": "A hash takes bytes, and what you join is text: .encode() behind the "
                              "whole of it, (... + ...).encode().",
    "bytes-like object is required, not 'str'":
        "Bytes are wanted there, and that is text. A hash gives bytes with .digest(); a text turns "
        "into bytes with .encode().",
}


def _trouble(attempt: Attempt) -> str:
    (token, thumb), given = attempt.case.args, attempt.given
    if given is None:
        return next((said for part, said in _ERRORS.items() if part in attempt.said), "")
    whole = f"{token}.{thumb}"
    if given == whole:
        return ("That is the key authorization, and it is what an HTTP challenge wants. Into DNS "
                "goes its SHA-256, in base64url.")
    if given in (token, thumb):
        return "You returned one of the two inputs. Join both with a dot, hash, and encode."
    if found := _encodings(sha256(whole.encode()).digest()).get(given):
        return found
    if given.lower() == attempt.case.expected.lower():
        return ("Right but for capitals and small letters, which base64 tells apart: leave the "
                "text as it comes.")
    texts = {
        f"{token}{thumb}": "The dot between token and thumbprint is missing.",
        f"{thumb}.{token}": "The other way round: the token first, then the thumbprint.",
        f"{thumb}{token}": "The token comes first, then a dot, then the thumbprint.",
        token: "You hashed the token alone. Then anybody's account could use the answer: the "
               "thumbprint of the account's key belongs in it.",
        thumb: "You hashed the thumbprint alone. Without the token yesterday's answer would do.",
        f"{token}. {thumb}": "There is a blank behind the dot.",
        f"{token}.{thumb}\n": "There is a line feed at the end of what you hashed.",
        f"{token}:{thumb}": "Between token and thumbprint stands a dot, not a colon.",
        f"{token}-{thumb}": "Between token and thumbprint stands a dot.",
        f"{token}_{thumb}": "Between token and thumbprint stands a dot.",
    }
    for text, said in texts.items():
        digest = sha256(text.encode()).digest()
        if given in (*_encodings(digest), urlsafe_b64encode(digest).decode().rstrip("=")):
            return said
    return _other_hash(given, whole)


def _other_hash(given: str, whole: str) -> str:
    plain = given.rstrip("=")
    for algorithm, name in ((sha1, "SHA-1"), (sha512, "SHA-512")):
        if plain in (urlsafe_b64encode(algorithm(whole.encode()).digest()).decode().rstrip("="),
                     algorithm(whole.encode()).hexdigest()):
            return f"You hashed with {name}; RFC 8555 says SHA-256."
    if plain == urlsafe_b64encode(whole.encode()).decode().rstrip("="):
        return "That is the key authorization itself in base64url. Hash it first."
    if "." in given:
        return "There is a dot in your answer; what goes into DNS is a hash, with no dot in it."
    if not re.fullmatch(r"[A-Za-z0-9_-]{43}", plain):
        return (f"32 bytes in base64url are 43 letters; yours has {len(given)}. Join, hash with "
                "SHA-256, encode the digest, take the = off.")
    return ("The form is right, and another text was hashed: token, a dot, thumbprint, as they "
            "are, in ASCII.")


def _key_authorization(token: str, thumbprint: str) -> str:
    return f"{token}.{thumbprint}"


def _padded(token: str, thumbprint: str) -> str:
    return txt_record(token, thumbprint) + "="


ACME = Exercise(
    "06-acme", "Answer the challenge", "medium", 7,
    FunctionForm(ExactText("a text: base64url without = at the end"), ("token", "thumbprint")),
    _cases,
    [
        Wrong("not hashed", _key_authorization, "That is the key authorization, and it is what an "
              "HTTP challenge wants. Into DNS goes its SHA-256, in base64url."),
        Wrong("padding", _padded, "Right but for the = at the end: RFC 8555 leaves the padding "
              "off. rstrip(\"=\") does."),
    ],
    "The token makes the answer new, the thumbprint ties it to one account: nobody can use it for "
    "another certificate or in another's name.",
    "Begin with the text that http-01 would want to see, and turn it into bytes.", _trouble)
