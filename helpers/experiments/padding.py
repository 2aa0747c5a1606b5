"""What padding leaves an eavesdropper of lengths (RFC 9846 section 5.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from helpers import lab, pki
from helpers.conversation import SERVER, exchange
from helpers.sources.openssl import REQUEST
from helpers.tls import CipherSuite, Client, NamedGroup, Server, TrustStore
from helpers.tls.record import HEADER_LENGTH, TAG_LENGTH
from helpers.tls.registry import ContentType
from helpers.tls.registry13 import TLS13

PAGES = {"the front page": 212, "opening hours": 244, "a test result: negative": 601,
         "a test result: positive": 733, "how to find help": 1390}
"""Pages of a doctor's site, and how long they are in bytes."""
POLICIES: dict[str, int] = {"no padding": 0, "to a multiple of 64": 64, "to a multiple of 256": 256,
                            "to a multiple of 1,024": 1024, "to a multiple of 2,048": 2048}


@dataclass(frozen=True)
class Padded:
    """One page on the wire: its length, the zeros that were added, its record as Eve sees it."""

    page: str
    length: int
    zeros: int
    record: int


@cache
def padded_pages(multiple: int) -> tuple[Padded, ...]:
    """Fetches each of PAGES from a server that pads its records: content and type byte together to
    a multiple of so many bytes (0: not at all). Real visits with the course's own ends. Raises
    ValueError for a multiple below 0."""
    if multiple < 0:
        raise ValueError("a record is padded to a multiple of at least 1 byte")
    policy = (lambda length: -(length + 1) % multiple) if multiple else None
    return tuple(_fetched(page, length, policy) for page, length in PAGES.items())


def _fetched(page: str, length: int, policy: Callable[[int], int] | None) -> Padded:
    shared = {"versions": (TLS13,), "groups": (NamedGroup.x25519,), "clock": lab.NOW.timestamp,
              "cipher_suites": (CipherSuite.TLS_AES_128_GCM_SHA256,)}
    client = Client(lab.HOST, TrustStore([pki.root().certificate], lab.NOW),
                    random=lab.seeded("padded client"), **shared)
    server = Server(pki.server("ecdsa"), padding=policy, random=lab.seeded("padded server"),
                    **shared)
    text = b"x" * length
    talk = exchange(client, server, request=REQUEST, response=text)
    record = next(message for message in talk.messages if message.sender == SERVER
                  and message.content_type == ContentType.application_data)
    zeros = len(record.wire) - HEADER_LENGTH - TAG_LENGTH - 1 - length
    return Padded(page, length, zeros, len(record.wire))


def lookalikes(pages: tuple[Padded, ...], page: str) -> list[str]:
    """The pages that a record of this page's length could be."""
    seen = next(item.record for item in pages if item.page == page)
    return [item.page for item in pages if item.record == seen]
