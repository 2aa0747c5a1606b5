"""How a CA finds out that you control a name: ACME's orders and challenges, played in memory.

`World` is what anybody can see from outside: web pages, DNS records, TLS servers. `Server` is the
CA's side: it takes an order, sets a task for each name, looks for itself, and turns the CSR into a
certificate. Source: RFC 8555 (sections 7.4, 8.1, 8.3, 8.4, 11.1), RFC 8737 (tls-alpn-01), RFC 7638
(thumbprint of a key).

Left out: the messages themselves, each signed with the account's key (JWS) against a nonce, so here
the Server just believes which account is asking; polling; the DNS records by which an owner says
which CAs may issue (CAA); and looking from several places of the world at once, as CAs have to.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from helpers import lab
from helpers.pki import encode
from helpers.pki.authority import Identity
from helpers.pki.issue import issue, test_key
from helpers.pki.requests import RequestRefused, names_asked, sign_request

HTTP, DNS, TLS = CHALLENGES = ("http-01", "dns-01", "tls-alpn-01")
ACME_IDENTIFIER = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.31")  # RFC 8737 section 3
_CURVES = {"secp256r1": ("P-256", 32), "secp384r1": ("P-384", 48)}


def base64url(data: bytes) -> str:
    """Base64 with - and _ in place of + and /, and no = at the end (RFC 7515 section 2)."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def thumbprint(key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey) -> str:
    """SHA-256 of the key as JSON, its members in alphabetical order, no space (RFC 7638).

    Raises ValueError for another kind of key than RSA, P-256 or P-384."""
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        members = {"e": _number(numbers.e), "kty": "RSA", "n": _number(numbers.n)}
    elif isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        name, size = _CURVES[key.curve.name]
        numbers = key.public_numbers()
        members = {"crv": name, "kty": "EC", "x": _number(numbers.x, size),
                   "y": _number(numbers.y, size)}
    else:
        raise ValueError(f"no thumbprint here for {type(key).__name__}: use RSA, P-256 or P-384")
    text = json.dumps(members, separators=(",", ":"), sort_keys=True)
    return base64url(sha256(text.encode()).digest())


def _number(value: int, size: int = 0) -> str:
    return base64url(value.to_bytes(size or (value.bit_length() + 7) // 8))


def key_authorization(token: str, thumb: str) -> str:
    """The CA's token and the thumbprint of the account's key, a dot between (RFC 8555
    section 8.1): without the key nobody can answer, and for no other token or account."""
    return f"{token}.{thumb}"


def http_place(name: str, token: str) -> str:
    """Where the CA looks for the answer to http-01 (RFC 8555 section 8.3)."""
    return f"http://{name}/.well-known/acme-challenge/{token}"


def dns_place(name: str) -> str:
    """Where the CA looks for the answer to dns-01 (RFC 8555 section 8.4)."""
    return f"_acme-challenge.{name.removeprefix('*.')}"


def txt_record(token: str, thumb: str) -> str:
    """The answer to dns-01: base64url of the key authorization's SHA-256 (section 8.4)."""
    return base64url(sha256(key_authorization(token, thumb).encode()).digest())


def alpn_certificate(name: str, token: str, thumb: str) -> Identity:
    """The answer to tls-alpn-01: a self-signed certificate for the name, with the SHA-256 of the
    key authorization in a critical extension (RFC 8737 section 3). No browser would take it."""
    digest = sha256(key_authorization(token, thumb).encode()).digest()
    answer = x509.UnrecognizedExtension(ACME_IDENTIFIER, encode.tlv(encode.OCTET_STRING, digest))
    return issue(name, key=test_key(f"tls-alpn-01 for {name}"), host=name,
                 extensions=[(answer, True)])


@dataclass
class World:
    """What can be seen from outside: pages by their URL, TXT records by their name, and the
    certificate that a TLS server shows if it is asked with ALPN "acme-tls/1".

    Whoever can change one of them at a name can pass for its owner: that is the idea, and the
    limit, of domain validation."""

    pages: dict[str, str] = field(default_factory=dict)
    txt: dict[str, list[str]] = field(default_factory=dict)
    tls: dict[str, Identity] = field(default_factory=dict)

    def answer(self, kind: str, name: str, token: str, account_key: object) -> None:
        """Puts up the right answer to a challenge, as the owner's ACME client would.

        Raises ValueError for a kind of challenge that does not exist."""
        thumb = thumbprint(account_key.public_key())
        if kind == HTTP:
            self.pages[http_place(name, token)] = key_authorization(token, thumb)
        elif kind == DNS:
            self.txt.setdefault(dns_place(name), []).append(txt_record(token, thumb))
        elif kind == TLS:
            self.tls[name] = alpn_certificate(name, token, thumb)
        else:
            raise ValueError(f"{kind!r} is no challenge; choose one of {', '.join(CHALLENGES)}")


@dataclass
class Order:
    """What an account asked for. `tokens`: one for each name; `proven`: the names that passed.
    `status` as in RFC 8555 section 7.1.6: pending, ready, valid or invalid."""

    account: object
    names: tuple[str, ...]
    tokens: dict[str, str]
    proven: set[str] = field(default_factory=set)
    status: str = "pending"


@dataclass(frozen=True)
class Attempt:
    """One look by the CA: where, what it wanted to see, what it saw ("" if nothing), and why the
    name counts as proven or not."""

    kind: str
    name: str
    place: str
    wanted: str
    seen: str
    passed: bool
    reason: str


class Server:
    """A CA that issues for those names that it has seen proven."""

    def __init__(self, ca: Identity, world: World, *, logs: Iterable[object] = (),
                 label: str = "acme"):
        self.ca, self.world, self.logs = ca, world, tuple(logs)
        self._random = lab.seeded(label)

    def order(self, account_key: object, names: Iterable[str]) -> Order:
        """A new order of the account with this public key: a fresh token of 128 bits each name."""
        names = tuple(dict.fromkeys(name.lower() for name in names))
        if not names:
            raise RequestRefused("an order needs at least one name")
        return Order(account_key, names, {name: base64url(self._random(16)) for name in names})

    def check(self, order: Order, name: str, kind: str) -> Attempt:
        """Looks for the answer to the challenge. One failure, and the order is invalid: for
        another try there is a new order, with new tokens.

        Raises RequestRefused if there is no such challenge to be looked at."""
        if order.status != "pending" or name not in order.tokens or kind not in CHALLENGES:
            raise RequestRefused(f"there is no {kind} challenge for {name} in this order "
                                 f"({order.status}: {', '.join(order.names)})")
        if name.startswith("*.") and kind != DNS:
            raise RequestRefused(f"a wildcard is proven with {DNS} alone: one web server does not "
                                 f"speak for all the names below {name[2:]}")
        place, wanted, seen = self._look(kind, name, order.tokens[name], order.account)
        passed = wanted in seen
        if passed:
            order.proven.add(name)
            order.status = "ready" if order.proven == set(order.names) else "pending"
            reason = f"whoever holds this account's key controls {name}"
        else:
            order.status = "invalid"
            reason = "that is not the answer to this token by this account" if seen else \
                "there is nothing there"
        return Attempt(kind, name, place, wanted, " ".join(seen), passed, reason)

    def _look(self, kind: str, name: str, token: str, account: object
              ) -> tuple[str, str, list[str]]:
        thumb = thumbprint(account)
        if kind == HTTP:
            place = http_place(name, token)
            page = self.world.pages.get(place)
            return place, key_authorization(token, thumb), [page.rstrip()] if page else []
        if kind == DNS:
            place = dns_place(name)
            return place, txt_record(token, thumb), list(self.world.txt.get(place, ()))
        wanted = sha256(key_authorization(token, thumb).encode()).hexdigest()
        shown = self.world.tls.get(name)
        return f"{name}, port 443, ALPN acme-tls/1", wanted, _digest_in(shown, name)

    def finalize(self, order: Order, csr: x509.CertificateSigningRequest) -> Identity:
        """The certificate (its `key` is None: see `with_key`).

        Raises RequestRefused: not every name is proven, the CSR asks for other names than the
        order, its signature is wrong, or its key is the account's."""
        if order.status != "ready":
            missing = [name for name in order.names if name not in order.proven]
            raise RequestRefused(f"the order is {order.status}" + (
                f", and not proven: {', '.join(missing)}" if missing else ""))
        if {name.lower() for name in names_asked(csr)} != set(order.names):
            raise RequestRefused(f"the CSR asks for {', '.join(names_asked(csr)) or 'no name'}, "
                                 f"and the order was for {', '.join(order.names)}")
        if csr.public_key() == order.account:
            raise RequestRefused("the key in the CSR is the account's: it must be another one")
        signed = sign_request(csr, self.ca, proven=names_asked(csr), logs=self.logs)
        order.status = "valid"
        return signed


def _digest_in(shown: Identity | None, name: str) -> list[str]:
    """What the answer to tls-alpn-01 says, if it is about this name alone."""
    if shown is None:
        return []
    try:
        found = shown.certificate.extensions
    except (ValueError, x509.DuplicateExtension):  # not to be read, so no answer
        return []
    names = [name for item in found if item.oid == x509.SubjectAlternativeName.oid
             for name in item.value]
    answer = [item.value.value[2:].hex() for item in found
              if item.oid == ACME_IDENTIFIER and item.critical]
    return answer if names == [x509.DNSName(name)] else []
