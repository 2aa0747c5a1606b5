"""A TLS 1.3 handshake of which everything was published, the shared secret too (RFC 8448)."""

from __future__ import annotations

import json
from functools import cache

from helpers.lab import DATA


@cache
def published() -> dict[str, bytes]:
    """Both hellos of RFC 8448 section 3, the shared secret, and secrets by their RFC 9846 names.

    A recording with a key log never holds the shared secret: the ends do not write it down.
    """
    text = (DATA / "published" / "rfc8448.json").read_text(encoding="utf-8")
    return {name: bytes.fromhex(value) for name, value in json.loads(text).items()}
