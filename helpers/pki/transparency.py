"""Certificate Transparency: public logs that sign a receipt for every certificate they are shown.

`Log` is a log of our own, complete but for its size and its web interface: it takes a certificate
before it is issued, signs a timestamp for it (SCT), and keeps it in a Merkle tree, where anybody
can find it. `check_scts` is what a browser does with the receipts inside a certificate.
Source: RFC 6962 sections 2.1 (tree), 3.1 to 3.3 (SCT) and 3.5 (tree head).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)
from cryptography.x509.oid import ExtensionOID

from helpers import lab
from helpers.pki import encode, merkle
from helpers.pki.der import der_fields
from helpers.pki.issue import test_key
from helpers.wire import Writer

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEYS_2018 = {
    "Google 'Icarus'": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAETtK8v7MICve56qTHHDhhBOuV4IlUaESxZryC"
                       "fk9QbG9co/CqPvTsgPDbCpp6oFtyAHwlDhnvr7JijXRD9Cb2FA==",
    "Comodo 'Mammoth'": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7+R9dC4VFbbpuyOL+yy14ceAmEf7QGlo/Emt"
                        "YU6DRzwat43f/3swtLr/L8ugFOOt1YU/RFmMjGCL17ixv66MZw==",
}
_SHA256, _ECDSA = 4, 3  # HashAlgorithm and SignatureAlgorithm of RFC 5246 section 7.4.1.4.1
_PRECERTIFICATE = 1


def spki(key: object) -> bytes:
    """A public key as certificates carry it (SubjectPublicKeyInfo, DER)."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def milliseconds(moment: datetime) -> int:
    """What RFC 6962 counts in: milliseconds since 1970."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def precertificate_entry(tbs: bytes, issuer_key: object) -> bytes:
    """Which certificate, by whom: the hash of the issuer's key, the content without receipts."""
    return hashlib.sha256(spki(issuer_key)).digest() + Writer().vector(3, tbs).bytes()


def signed_content(time: int, entry: bytes, extensions: bytes = b"") -> bytes:
    """The bytes under an SCT's signature (RFC 6962 section 3.2), which are also the Merkle leaf:
    version 0, type 0, the time, what kind of entry, the entry, extensions."""
    return (Writer().uint(1, 0).uint(1, 0).uint(8, time).uint(2, _PRECERTIFICATE).opaque(entry)
            .vector(2, extensions).bytes())


@dataclass(frozen=True)
class TreeHead:
    """How many entries a log has, and the one hash that stands for all of them, signed."""

    size: int
    time: datetime
    root_hash: bytes
    signature: bytes

    @property
    def content(self) -> bytes:
        """The bytes under the signature (RFC 6962 section 3.5)."""
        return (Writer().uint(1, 0).uint(1, 1).uint(8, milliseconds(self.time))
                .uint(8, self.size).opaque(self.root_hash).bytes())


@dataclass(frozen=True)
class SCT:
    """A log's receipt: it has seen the certificate, and will have it in its tree within a day."""

    log_id: bytes
    time: datetime
    signature: bytes

    def to_bytes(self) -> bytes:
        """As it stands in a certificate, without the length in front."""
        return (Writer().uint(1, 0).opaque(self.log_id).uint(8, milliseconds(self.time))
                .vector(2, b"").uint(1, _SHA256).uint(1, _ECDSA).vector(2, self.signature).bytes())


def stamp_list(stamps: Iterable[SCT]) -> x509.UnrecognizedExtension:
    """The certificate extension that holds receipts (RFC 6962 section 3.3)."""
    items = b"".join(Writer().vector(2, stamp.to_bytes()).bytes() for stamp in stamps)
    value = encode.tlv(encode.OCTET_STRING, Writer().vector(2, items).bytes())
    oid = ExtensionOID.PRECERT_SIGNED_CERTIFICATE_TIMESTAMPS
    return x509.UnrecognizedExtension(oid, value)


class Log:
    """A Certificate Transparency log, in memory. Its clock stands at `time` (ten days before
    lab.NOW), and what it has once taken it keeps: the same certificate gets the same receipt."""

    def __init__(self, name: str, *, time: datetime | None = None, key: object = None):
        self.name = name
        self.key = key or test_key(f"log {name}")
        self.time = time or lab.NOW - timedelta(days=10)
        self.entries: list[bytes] = []

    @property
    def public_key(self) -> object:
        """What a browser knows of the log."""
        return self.key.public_key()

    @property
    def id(self) -> bytes:
        """The SHA-256 of the log's public key."""
        return hashlib.sha256(spki(self.public_key)).digest()

    def add_precertificate(self, tbs: bytes, issuer_key: object) -> SCT:
        """Keeps a certificate that is about to be issued, and signs that it did.

        A real log takes only what leads to a root it knows, so that nobody can fill it with
        rubbish; this one takes all."""
        content = signed_content(milliseconds(self.time), precertificate_entry(tbs, issuer_key))
        if content not in self.entries:
            self.entries.append(content)
        return SCT(self.id, self.time, encode.sign(self.key, content, "sha256"))

    def add(self, certificate: x509.Certificate, issuer: x509.Certificate) -> SCT:
        """The same for a certificate or precertificate that is there already."""
        return self.add_precertificate(tbs_of(certificate), issuer.public_key())

    def tree_head(self) -> TreeHead:
        """Signed: the log cannot take back or change what it told somebody else."""
        leaves = [merkle.leaf_hash(entry) for entry in self.entries]
        head = TreeHead(len(leaves), self.time, merkle.tree_hash(leaves), b"")
        signature = encode.sign(self.key, head.content, "sha256")
        return TreeHead(head.size, head.time, head.root_hash, signature)

    def prove(self, certificate: x509.Certificate, issuer: x509.Certificate
              ) -> tuple[int, tuple[bytes, ...]]:
        """Where the certificate is in the tree, and the hashes that show it (see `is_logged`).

        Raises LookupError if it is not there."""
        content = _content(certificate, issuer, self.time)
        if content not in self.entries:
            raise LookupError(f"the log {self.name} has never seen this certificate")
        leaves = [merkle.leaf_hash(entry) for entry in self.entries]
        index = self.entries.index(content)
        return index, merkle.inclusion_path(leaves, index)


@dataclass(frozen=True)
class KnownLog:
    """A log that somebody else runs: its name, and the key that checks its receipts."""

    name: str
    public_key: object

    @property
    def id(self) -> bytes:
        """The SHA-256 of the log's public key."""
        return hashlib.sha256(spki(self.public_key)).digest()


def logs_of_2018() -> tuple[KnownLog, ...]:
    """The two real logs whose receipts are in the certificate of cryptography.io in data/.

    Keys as Chrome's list of logs had them in 2018; each log's id is the hash of its key, so a wrong
    key would be seen at once."""
    return tuple(KnownLog(name, load_der_public_key(base64.b64decode(key)))
                 for name, key in _KEYS_2018.items())


def is_logged(certificate: x509.Certificate, issuer: x509.Certificate, time: datetime,
              head: TreeHead, index: int, path: tuple[bytes, ...]) -> bool:
    """True if the tree under `head` has this certificate, logged at `time`, at `index`.

    Does not check the head's signature: do that first (`verifies`)."""
    leaf = merkle.leaf_hash(_content(certificate, issuer, time))
    return merkle.included(leaf, index, head.size, path, head.root_hash)


def tbs_of(certificate: x509.Certificate) -> bytes:
    """The signed content of a certificate without the receipts, or without the poison that makes
    a precertificate useless: what the log saw."""
    tbs = certificate.tbs_certificate_bytes
    if _has_receipts(certificate):
        return certificate.tbs_precertificate_bytes
    poisoned = any(item.oid == ExtensionOID.PRECERT_POISON for item in certificate.extensions)
    return _without_poison(tbs) if poisoned else tbs


def _without_poison(tbs: bytes) -> bytes:
    *others, last = der_fields(tbs, "der").elements  # extensions are the last field
    poison = encode.oid(ExtensionOID.PRECERT_POISON.dotted_string)
    kept = [tbs[item.start:item.end] for item in last.elements[0].elements]
    kept = [item for item in kept if poison not in item]
    return encode.sequence(*(tbs[item.start:item.end] for item in others),
                           encode.tlv(0xA3, encode.sequence(*kept)))


def _has_receipts(certificate: x509.Certificate) -> bool:
    oid = ExtensionOID.PRECERT_SIGNED_CERTIFICATE_TIMESTAMPS
    return any(item.oid == oid for item in certificate.extensions)


def _content(certificate: x509.Certificate, issuer: x509.Certificate, time: datetime,
             extensions: bytes = b"") -> bytes:
    entry = precertificate_entry(tbs_of(certificate), issuer.public_key())
    return signed_content(milliseconds(time), entry, extensions)


@dataclass(frozen=True)
class Receipt:
    """One SCT inside a certificate, judged: by which log, when, whether it is good, and why not."""

    log_id: bytes
    log: str
    time: datetime
    good: bool
    reason: str


def check_scts(certificate: x509.Certificate, issuer: x509.Certificate,
               logs: Iterable[Log | KnownLog], *, time: datetime = lab.NOW) -> tuple[Receipt, ...]:
    """What is to be said of each receipt in the certificate; none: there are no receipts.

    `logs`: those that are known (only `name`, `id` and `public_key` are used). Does not ask whether
    the log kept its promise: that takes the log itself. How many are needed is up to the browser.
    Raises ValueError if the list of receipts cannot be read."""
    known = {log.id: log for log in logs}
    try:
        if not _has_receipts(certificate):
            return ()
        found = certificate.extensions.get_extension_for_class(
            x509.PrecertificateSignedCertificateTimestamps).value
        return tuple(_judge(stamp, certificate, issuer, known.get(stamp.log_id), time)
                     for stamp in found)
    except (x509.DuplicateExtension, UnsupportedAlgorithm, OverflowError) as problem:
        raise ValueError(f"the receipts cannot be read: {problem}") from None


def _judge(stamp: object, certificate: x509.Certificate, issuer: x509.Certificate,
           log: Log | KnownLog | None, now: datetime) -> Receipt:
    time = stamp.timestamp.replace(tzinfo=UTC)

    def say(good: bool, reason: str) -> Receipt:
        return Receipt(stamp.log_id, log.name if log else "", time, good, reason)

    if log is None:
        return say(False, f"no log that is known has the id {stamp.log_id.hex()[:16]}...")
    if time > now:
        return say(False, f"signed on {time:%Y-%m-%d}, which is still to come")
    content = _content(certificate, issuer, time, stamp.extension_bytes)
    if not verifies(log.public_key, stamp.signature, content):
        return say(False, f"the signature does not fit the key of {log.name}: the log never saw "
                          "this certificate")
    return say(True, f"{log.name} has had it since {time:%Y-%m-%d}")


def verifies(key: object, signature: bytes, content: bytes) -> bool:
    """True if a log with this public key (P-256 or RSA, with SHA-256) signed the content."""
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
        else:
            key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
