"""What is tried between our engine and a peer: one Case a row of the matrix."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from helpers import lab

CLIENT, SERVER = "client", "server"
OTHER_HOST, PUBLIC_NAME = "other.example", "public.example"
AES128, AES256, CHACHA = ("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
                          "TLS_CHACHA20_POLY1305_SHA256")
X25519, P256, HYBRID = "x25519", "secp256r1", "X25519MLKEM768"
_GROUP_NUMBERS = {X25519: 29, P256: 23, HYBRID: 0x11EC}


@dataclass(frozen=True)
class Case:
    """One way to talk, in the names of the registries. Where the peer can be told, it does only
    this; ours is told too, but for the version: which of its two comes out is negotiated."""

    name: str
    version: str = "1.3"
    group: str | None = X25519  # None: RSA key exchange
    suite: str = AES128
    key: str = "ecdsa"
    """The server's certificate: "rsa", "ecdsa" or "ed25519"."""
    retry: bool = False
    """The client's first share is for x25519; the server takes only `group` (HelloRetryRequest)."""
    resume: bool = False
    early: bool = False
    """The resuming client sends its request as 0-RTT data."""
    client_certificate: bool = False
    alpn: bool = False
    ech: bool = False
    """The client has a key of the server's, and hides what it asks for (RFC 9849)."""
    host: str = lab.HOST
    """The name in the server's certificate; the client always asks for lab.HOST."""
    expired: bool = False

    @property
    def refused(self) -> bool:
        """True if the client has to refuse the certificate."""
        return self.expired or self.host != lab.HOST

    @property
    def group_number(self) -> int | None:
        return _GROUP_NUMBERS.get(self.group)

    @property
    def offered_groups(self) -> tuple[str, ...]:
        """What the client names, best first; it sends a share for the first."""
        return (X25519, self.group) if self.retry else (self.group or X25519,)


_RSA12, _ECDSA12 = "TLS_ECDHE_RSA_WITH_", "TLS_ECDHE_ECDSA_WITH_"
_A128, _A256, _CHA = "AES_128_GCM_SHA256", "AES_256_GCM_SHA384", "CHACHA20_POLY1305_SHA256"
# In TLS 1.2 supported_groups also speaks of ECDSA keys (RFC 8422 section 5.1.1): P-256 for both.
_12 = Case("1.2", version="1.2", group=P256, suite=_ECDSA12 + _A128)

CASES = (
    Case("1.3 x25519 AES-128 ECDSA"),
    Case("1.3 P-256 AES-256 RSA", group=P256, suite=AES256, key="rsa"),
    Case("1.3 x25519 ChaCha20 Ed25519", suite=CHACHA, key="ed25519"),
    Case("1.3 X25519MLKEM768", group=HYBRID),
    Case("1.3 HelloRetryRequest", group=P256, retry=True),
    Case("1.3 resumed", resume=True),
    Case("1.3 0-RTT", resume=True, early=True),
    Case("1.3 client certificate", client_certificate=True),
    Case("1.3 ALPN", alpn=True),
    Case("1.3 Encrypted ClientHello", ech=True),
    Case("1.3 Encrypted ClientHello, retried", ech=True, group=P256, retry=True),
    Case("1.3 wrong name refused", host=OTHER_HOST),
    Case("1.3 expired refused", expired=True),
    replace(_12, name="1.2 P-256 AES-128 ECDSA"),
    replace(_12, name="1.2 x25519 AES-256 RSA", group=X25519, suite=_RSA12 + _A256, key="rsa"),
    replace(_12, name="1.2 x25519 ChaCha20 RSA", group=X25519, suite=_RSA12 + _CHA, key="rsa"),
    replace(_12, name="1.2 RSA key exchange", group=None, suite="TLS_RSA_WITH_" + _A128,
            key="rsa"),
    replace(_12, name="1.2 resumed", resume=True),
    replace(_12, name="1.2 client certificate", client_certificate=True),
    replace(_12, name="1.2 ALPN", alpn=True),
    replace(_12, name="1.2 wrong name refused", host=OTHER_HOST),
    replace(_12, name="1.2 expired refused", expired=True),
)


class Unable(Exception):
    """The peer as it is installed on this machine cannot do this case; the text says why. What it
    can do nowhere is said by its driver's function `unable`."""


@dataclass
class Heard:
    """What a peer says of a connection, as far as it says it: compared where it is not None."""

    version: str | None = None
    suite: str | None = None
    group: str | None = None
    resumed: bool | None = None
    early: bool | None = None
    client_certificate: bool | None = None
    alpn: str | None = None
    ech: bool | None = None
    complaint: str | None = None
    words: str = field(default="", repr=False)
