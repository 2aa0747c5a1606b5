"""Lesson 08: which bytes were hashed, where the transcript hash is asked for.

A hash tells nothing about how near it is, so the usual selections are hashed and compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import md5, sha1, sha256, sha384, sha512

from .model import Attempt

_ORDER = "The order counts: hash the messages in the order in which they crossed."


def transcript_trouble(attempt: Attempt) -> str:
    """A hint for a hash of the wrong bytes; an empty text where nothing was returned."""
    given, (records,) = attempt.given, attempt.case.args
    if not given:
        return ""
    right = _content(records)
    other = {algorithm(right).digest() for algorithm in (md5, sha1, sha384, sha512)}
    if given in other:
        return "Another hash function: this connection uses SHA-256."
    if given == sha256(attempt.case.expected).digest():
        return "You hashed twice. Hash the joined messages once."
    if given == sha256(right.hex().encode()).digest():
        return "You hashed the hex text of the messages. Hash the bytes: leave out .hex()."
    if len(given) != 32:
        return _unhashed(given, right, records)
    return next((said for said, hashed in _mistakes(records) if sha256(hashed).digest() == given),
                "That is a hash of other bytes. Print the number of bytes before you hash: it is "
                "that of the handshake records together, less 5 for each of them.")  # fmt: skip


def _content(records: list[bytes], skip: int = 5, types: tuple[int, ...] = (22,)) -> bytes:
    return b"".join(record[skip:] for record in records if record[0] in types)


def _unhashed(given: bytes, right: bytes, records: list[bytes]) -> str:
    if given == b"".join(sha256(record[5:]).digest() for record in records if record[0] == 22):
        return "Those are the hashes of each message, joined. Join the messages first, hash once."
    if len(given) > 3 and (given in b"".join(records) or given in right):
        return "Those are bytes of the records, not hashed yet. sha256(...).digest() hashes them."
    return ("A SHA-256 hash has 32 bytes. Hash the joined messages as the last step, and return "
            "its .digest().")


def _mistakes(records: list[bytes]) -> Iterator[tuple[str, bytes]]:
    """(hint, what was hashed) for every usual selection."""
    both = (20, 22)
    for skip in (1, 2, 3, 4, 6, 7, 8):
        said = f"You cut {skip} bytes off each record. Its header is 5 bytes long"
        more = "; what follows belongs to the message." if skip > 5 else "."
        yield said + more, _content(records, skip)
        yield (f"{said}, and the ChangeCipherSpec does not count.",
               _content(records, skip, both))
    yield ("You kept the headers and cut off the messages: record[:5] is what stands in front.",
           b"".join(record[:5] for record in records if record[0] == 22))
    yield _ORDER, _content(records[::-1])
    yield _ORDER, _content(sorted(records))
    yield _ORDER, _content(records)[::-1]
    yield ("You kept only the ChangeCipherSpec, and it is the one that does not count.",
           _content(records, types=(20,)) or b"-")
    yield ("You kept only the ChangeCipherSpec, and it is the one that does not count.",
           _content(records, 0, (20,)) or b"-")
    yield ("You cut off only the first header. Every record has one of its own.",
           b"".join(record for record in records if record[0] == 22)[5:])
    yield ("You cut off only the first header, and the ChangeCipherSpec is in it, too.",
           b"".join(records)[5:])
    kept = [record for record in records if record[0] == 22]
    for end in range(1, len(kept)):
        yield ("The last messages are missing: all of them count, up to the ClientKeyExchange.",
               _content(kept[:end]))
        yield ("The first messages are missing. The transcript begins with the ClientHello.",
               _content(kept[end:]))
        yield ("That is one message alone. The hash covers all of them, joined.",
               _content(kept[end:end + 1]))
        yield ("One message in the middle is missing: all of them count.",
               _content(kept[:end] + kept[end + 1:]))
