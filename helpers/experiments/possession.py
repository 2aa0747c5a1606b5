"""Somebody shows the shop's certificate. Is it the shop? Three checks of a TLS 1.2 client.

An impostor stands in for shop.example, with what it has: copies of everything the shop ever sent
(the recording tls12_ecdhe_ecdsa), a key of its own, or a stolen one. The checks are those of our
client, done with the real certificates and signatures. Simplified: ECDHE with ECDSA only, and the
third check looks at what the Finished depends on instead of running the rest of the handshake.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab
from helpers.pki import authority
from helpers.sources import load
from helpers.tls.errors import TLSError
from helpers.tls.registry import SignatureScheme
from helpers.tls.trust import TrustStore

from .signed import fits

CERTIFICATES = ("copied", "own")
SIGNATURES = ("own key", "played back", "stolen key")
RANDOMS = ("fresh", "repeated")
_SHA256 = hashes.SHA256()
_SCHEME = SignatureScheme.ecdsa_secp256r1_sha256


@dataclass(frozen=True)
class Checked:
    """One check of the client: what it looks at, whether it would be passed, and why."""

    check: str
    passed: bool
    why: str


@dataclass(frozen=True)
class Visit:
    """One attempt, with the three checks in order. `caught` names the first that failed, where a
    client hangs up, or is empty: then the client talks to whoever this is."""

    certificate: str
    signature: str
    random: str
    checks: tuple[Checked, ...]

    @property
    def caught(self) -> str:
        return next((one.check for one in self.checks if not one.passed), "")


def pretend(certificate: str, signature: str, random: str) -> Visit:
    """An impostor's visit. Each argument is one of CERTIFICATES, SIGNATURES and RANDOMS.

    "own": a certificate for shop.example that the impostor signed itself. "played back": the
    shop's old ServerKeyExchange with its old server random. "repeated": the client's random
    generator is broken and gives the same random as in the recording. Raises ValueError for
    other words.
    """
    for said, known in ((certificate, CERTIFICATES), (signature, SIGNATURES), (random, RANDOMS)):
        if said not in known:
            raise ValueError(f"{said!r} is none of {', '.join(known)}")
    checks = (_certificate(certificate), _signature(certificate, signature, random),
              _finished(signature))
    return Visit(certificate, signature, random, checks)


def _chain(certificate: str) -> tuple[bytes, ...]:
    if certificate == "copied":
        return load("tls12_ecdhe_ecdsa").find("certificate").parsed.certificate_list
    return (_self_made().public_bytes(Encoding.DER),)


def _self_made() -> x509.Certificate:
    """A certificate for the shop's name, signed by the impostor's own key."""
    key, shop = lab.key("other_root"), authority.server("ecdsa").certificate
    return (x509.CertificateBuilder().subject_name(shop.subject).issuer_name(shop.subject)
            .public_key(key.public_key()).serial_number(5)
            .not_valid_before(shop.not_valid_before_utc).not_valid_after(shop.not_valid_after_utc)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(lab.HOST)]), critical=False)
            .sign(key, _SHA256, ecdsa_deterministic=True))


def _certificate(certificate: str) -> Checked:
    trust = TrustStore([authority.root().certificate], lab.NOW)
    try:
        trust.check(_chain(certificate), lab.HOST)
    except TLSError as problem:
        return Checked("certificate", False, f"{problem.reason} (alert {problem.alert.name})")
    return Checked("certificate", True, f"a trusted authority says that this key belongs to "
                   f"{lab.HOST}")


def _signature(certificate: str, signature: str, random: str) -> Checked:
    old = load("tls12_ecdhe_ecdsa")
    recorded = old.find("server_key_exchange").parsed
    client_random = (old.find("client_hello").parsed.random if random == "repeated"
                     else lab.seeded("a new visit")(32))
    if signature == "played back":
        server_random, params = old.find("server_hello").parsed.random, recorded.params
        signed = recorded.signature
    else:
        server_random = lab.seeded("an impostor's hello")(32)
        params = recorded.params[:4] + _own_share()
        key = lab.key("server_ecdsa" if signature == "stolen key" else "other_root")
        signed = key.sign(client_random + server_random + params,
                          ec.ECDSA(_SHA256, deterministic_signing=True))
    leaf = x509.load_der_x509_certificate(_chain(certificate)[0])
    if fits(leaf.public_key(), _SCHEME, signed, client_random + server_random + params):
        return Checked("signature", True, "it fits the key in the certificate, these randoms and "
                       "this share")
    reason = ("it was made for another client random" if signature == "played back"
              else "it was not made by the key in the certificate")
    return Checked("signature", False, f"it does not fit: {reason} (alert decrypt_error)")


def _own_share() -> bytes:
    """The public half of a share whose private half the impostor knows."""
    private = X25519PrivateKey.from_private_bytes(lab.seeded("an impostor's share")(32))
    return private.public_key().public_bytes_raw()


def _finished(signature: str) -> Checked:
    if signature == "played back":
        return Checked("Finished", False, "the share is the shop's old one, and its private half "
                       "was never sent: no keys, no Finished")
    return Checked("Finished", True, "whoever made the share has the keys of this connection")
