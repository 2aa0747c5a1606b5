"""Coming back: what a client keeps of a session, what a server seals into a ticket, and who is
allowed early data (RFC 5077 for TLS 1.2; RFC 9846 sections 2.2, 4.3.11, 4.7.1 and 8).

Times are seconds since 1970, by the clock that the endpoint was given.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.tls.groups import RandomBytes
from helpers.wire import Reader, WireError, Writer

MAX_LIFETIME = 7 * 24 * 3600  # seconds (RFC 9846 section 4.7.1)
WINDOW = 10.0  # seconds that two clocks may differ over a ticket's age (RFC 9846 section 8.3)
_NONCE_LENGTH = 12


@dataclass(frozen=True)
class Session:
    """A handshake that can be taken up again, as either end remembers it.

    `secret` is the PSK of this ticket (TLS 1.3) or the master secret (TLS 1.2); `issued` is when
    the ticket came or was made, `lifetime` how many seconds it is good for; `certificate` is the
    peer's, DER, b"" if it showed none; `extended`: TLS 1.2's extended master secret.
    """

    version: int
    cipher_suite: int
    secret: bytes = field(repr=False)
    issued: float
    lifetime: int
    server_name: str | None = None
    alpn: bytes | None = None
    ticket: bytes = field(default=b"", repr=False)
    age_add: int = 0
    max_early_data: int = 0
    extended: bool = False
    certificate: bytes = field(default=b"", repr=False)

    def age(self, now: float) -> float:
        """Seconds since the ticket was issued."""
        return now - self.issued

    def usable(self, now: float) -> bool:
        """True until the ticket is too old, and not if it comes from the future."""
        return 0 <= self.age(now) <= min(self.lifetime, MAX_LIFETIME)

    def obfuscated_age(self, now: float) -> int:
        """The age in milliseconds plus the ticket's `age_add`, modulo 2^32: so that nobody can
        link two visits by their tickets' ages (RFC 9846 section 4.3.11.1)."""
        return (int(self.age(now) * 1000) + self.age_add) % 2**32

    def age_fits(self, obfuscated_age: int, now: float) -> bool:
        """Whether the client's idea of the ticket's age is close to the server's: if not, this
        ClientHello may be an old one, kept by somebody (RFC 9846 section 8.3)."""
        claimed = (obfuscated_age - self.age_add) % 2**32 / 1000
        return abs(claimed - self.age(now)) <= WINDOW


class ReplayGuard:
    """Remembers the ClientHellos whose early data was accepted, for as long as one could be taken
    for a new one (RFC 9846 section 8.2). Full, it says no: then early data waits a round trip."""

    def __init__(self, capacity: int = 10_000):
        self._capacity = capacity
        self._seen: dict[bytes, float] = {}

    def is_new(self, binder: bytes, now: float) -> bool:
        """True once for each binder: it stands for the whole ClientHello."""
        for old in [item for item, until in self._seen.items() if until < now]:
            del self._seen[old]
        if binder in self._seen or len(self._seen) >= self._capacity:
            return False
        self._seen[binder] = now + 2 * WINDOW
        return True


class Tickets:
    """A server's way to keep no sessions: each is sealed with `key` (16 or 32 bytes, AES-GCM) and
    given to the client. One object serves every connection of a server.

    `lifetime` in seconds. A TLS 1.3 client gets `count` tickets. `max_early_data` bytes may come
    with a ticket before the handshake is done (0: none); `replay_guard` None accepts the same
    early data as often as somebody sends it. Raises ValueError for a key or lifetime that is no
    good. Does not change its key: who steals it can open every ticket."""

    def __init__(self, key: bytes, *, lifetime: int = 7200, count: int = 2,
                 max_early_data: int = 0, replay_guard: ReplayGuard | None = None):
        if not 0 < lifetime <= MAX_LIFETIME:
            raise ValueError(f"a ticket lives 1 to {MAX_LIFETIME} seconds")
        self.lifetime, self.count, self.max_early_data = lifetime, count, max_early_data
        self.replay_guard = replay_guard
        self._aead = AESGCM(key)

    def seal(self, session: Session, random: RandomBytes) -> bytes:
        """The ticket for a session: its fields, encrypted; nobody else can read or make one."""
        body = Writer().uint(2, session.version).uint(2, session.cipher_suite)
        body.vector(1, session.secret).uint(8, int(session.issued * 1000))
        body.uint(4, session.lifetime).vector(2, (session.server_name or "").encode())
        body.vector(1, session.alpn or b"").uint(4, session.age_add)
        body.uint(4, session.max_early_data).uint(1, session.extended)
        body.vector(3, session.certificate)
        nonce = random(_NONCE_LENGTH)
        return nonce + self._aead.encrypt(nonce, body.bytes(), None)

    def open(self, ticket: bytes, now: float) -> Session | None:
        """The session, None if this key did not seal it or it is too old."""
        try:
            nonce, sealed = ticket[:_NONCE_LENGTH], ticket[_NONCE_LENGTH:]
            session = _read(Reader(self._aead.decrypt(nonce, sealed, None)))
        except (InvalidTag, ValueError, WireError):
            return None
        return replace(session, ticket=ticket) if session.usable(now) else None


def _read(reader: Reader) -> Session:
    return Session(
        version=reader.uint(2, "version"), cipher_suite=reader.uint(2, "cipher_suite"),
        secret=reader.vector(1, "secret"), issued=reader.uint(8, "issued") / 1000,
        lifetime=reader.uint(4, "lifetime"),
        server_name=reader.vector(2, "server_name").decode() or None,
        alpn=reader.vector(1, "alpn") or None, age_add=reader.uint(4, "age_add"),
        max_early_data=reader.uint(4, "max_early_data"),
        extended=bool(reader.uint(1, "extended")), certificate=reader.vector(3, "certificate"))
