"""Mallory answers in the shop's place. What she can show, what the client checks, who notices.

Every meeting is a real TLS 1.3 handshake of two OpenSSL ends. What OpenSSL's client does not look
at is added after it, with the same certificates: Certificate Transparency (`pki.judge`), a pinned
key (a hash). Simplified: Mallory answers the request herself instead of passing it on to the shop.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from OpenSSL import SSL

from helpers import lab, pki
from helpers.sources.openssl import openssl_client, openssl_server, record_exchange

SHOWN = {
    "nobody is in the middle": "shop",
    "made by her own CA": "own",
    "a genuine one for mallory.example": "other",
    "made by a root that was installed on the device": "installed",
    "made with the stolen key of a public CA, logged nowhere": "public",
    "made by that CA as if ordered, and logged": "logged",
}
CLIENTS = {
    "checks nothing": "nothing",
    "checks the chain, but not the name": "no name",
    "a program: chain and name": "program",
    "a browser: and CT, for public CAs": "browser",
    "an app with the shop's key pinned": "pinned",
}


@dataclass(frozen=True)
class Meeting:
    """How it went. `stopped` says what the client stumbled over ("" if it went on), `alert` what
    it sent, `read` what the one who answered has read, `later` who finds out afterwards."""

    shown: str
    client: str
    stopped: str
    alert: str
    read: bytes
    later: str

    @property
    def fooled(self) -> bool:
        return self.shown != "shop" and not self.stopped


@cache
def logs() -> tuple[pki.Log, ...]:
    """The two logs this world knows."""
    return pki.Log("Oak Log"), pki.Log("Elm Log")


@cache
def world() -> dict[str, pki.Identity]:
    """Who has which certificate: the CAs, and one server for each thing in SHOWN."""
    public, office = pki.issue("Public Root", ca=True), pki.issue("Office Root", ca=True)
    own, other_ca = pki.issue("Mallory's Root", ca=True), pki.issue("Another Root", ca=True)
    fake = pki.test_key("Mallory's server")
    return {
        "public root": public, "office root": office, "other root": other_ca,
        "shop": pki.issue(lab.HOST, by=other_ca, logs=logs()),
        "own": pki.issue(lab.HOST, by=own, key=fake),
        "other": pki.issue("mallory.example", by=public, key=fake, logs=logs()),
        "installed": pki.issue(lab.HOST, by=office, key=fake),
        "public": pki.issue(lab.HOST, by=public, key=fake),
        "logged": pki.issue(lab.HOST, by=public, key=fake, logs=logs()),
    }


def pin_of(certificate: x509.Certificate) -> str:
    """SHA-256 of the public key as the certificate holds it: what a pin is (RFC 7469)."""
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return sha256(key).hexdigest()


@cache
def meet(shown: str, client: str) -> Meeting:
    """One visit to shop.example. Raises ValueError for words that are not in SHOWN and CLIENTS."""
    if shown not in SHOWN.values() or client not in CLIENTS.values():
        raise ValueError(f"{shown!r} or {client!r} is not among SHOWN and CLIENTS")
    identity = world()[shown]
    alert, read = _handshake(identity, client)
    stopped = _words_of(alert) or _looked_up(identity, shown, client)
    return Meeting(shown, client, stopped, alert, b"" if stopped else read,
                   _later(shown) if not stopped else "")


def _roots() -> list[x509.Certificate]:
    return [world()[name].certificate for name in ("public root", "office root", "other root")]


def _handshake(identity: pki.Identity, client: str) -> tuple[str, bytes]:
    name = lab.HOST
    if client == "no name":
        name = str(identity.certificate.subject.get_attributes_for_oid(
            x509.NameOID.COMMON_NAME)[0].value)  # whatever it says is what this client expects
    visitor = openssl_client(version="1.3", roots=_roots(), name=name)
    if client == "nothing":
        visitor._connection.set_verify(SSL.VERIFY_NONE)
    talk = record_exchange(openssl_server(version="1.3", identity=identity), client=visitor)
    alerts = talk.ends["client"].alerts_sent
    return (alerts[0] if alerts else ""), talk.application_data("client")


def _words_of(alert: str) -> str:
    return {"": "", "unknown_ca": "no way to a root that it trusts",
            "bad_certificate": "another name than the one it wants"}.get(alert, alert)


def _looked_up(identity: pki.Identity, shown: str, client: str) -> str:
    """What browsers and apps look at besides what OpenSSL does."""
    if client == "pinned" and pin_of(identity.certificate) != pin_of(world()["shop"].certificate):
        return "another key than the one that is pinned"
    if client == "browser" and shown != "installed":
        verdict = pki.judge([identity.certificate], roots=_roots(), name=None, purpose="server",
                            logs=logs())
        if verdict.failed and verdict.failed.check == "ct":
            return "no log has signed for it"
    return ""


def _later(shown: str) -> str:
    return {"logged": "whoever watches the logs for shop.example sees a certificate that the shop "
                      "has not ordered",
            "other": "nobody, though the certificate itself stands in the logs"}.get(
                shown, "" if shown == "shop" else "nobody")
