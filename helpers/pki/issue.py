"""One function that issues any certificate, right or wrong: each keyword is one field.

Left alone, every field is what a careful CA would write today, so a case states only what is
special about it: `issue("shop.example", by=ca, days=400)` is good but for its long life. The
certificate is written field by field (RFC 5280 section 4.1) and not by `cryptography`'s builder,
because that refuses, with good reason, to build much of what must be seen broken.
"""

from __future__ import annotations

import hashlib
import ipaddress
import warnings
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose
from cryptography.x509.oid import ExtensionOID

from helpers import lab
from helpers.pki import encode
from helpers.pki.authority import LEAF_DAYS, Identity, distinguished_name, key_usage

Parts = dict[str, bytes]
ExtensionLike = x509.ExtensionType | tuple[x509.ExtensionType, bool]

PURPOSES = {"server": Purpose.SERVER_AUTH, "client": Purpose.CLIENT_AUTH,
            "any": Purpose.ANY_EXTENDED_KEY_USAGE, "code": Purpose.CODE_SIGNING,
            "email": Purpose.EMAIL_PROTECTION, "time": Purpose.TIME_STAMPING,
            "ocsp": Purpose.OCSP_SIGNING}
"""Short names for what a certificate may be used for (extended key usage)."""
_CRITICAL = {ExtensionOID.BASIC_CONSTRAINTS, ExtensionOID.KEY_USAGE, ExtensionOID.NAME_CONSTRAINTS,
             ExtensionOID.POLICY_CONSTRAINTS, ExtensionOID.INHIBIT_ANY_POLICY,
             ExtensionOID.PRECERT_POISON}
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_CA_START, _CA_DAYS, _LEAF_START = -1000, 3000, -10  # days from lab.NOW, as in `authority`
_ORDER_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def test_key(name: str) -> ec.EllipticCurvePrivateKey:
    """A P-256 key worked out from its name: the same for ever, and a secret from nobody.

    For keys of other kinds see `lab.key` ("p384", "ed25519", "rsa2048", "rsa3072", "rsa1024")."""
    number = int.from_bytes(lab.seeded(f"test key of {name}")(40)) % (_ORDER_P256 - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


test_key.__test__ = False  # pytest would take it for a test


def issue(subject: str | x509.Name, *, by: Identity | None = None, **fields: object) -> Identity:
    """A certificate for `subject`, issued by `by` (None: signed by itself), with its key.

    Takes every keyword of `certificate_der`. The Identity's `intermediates` are what a server would
    have to send beside it: the issuer and those above, without the root.

    Raises ValueError if `cryptography` cannot even read the result; `certificate_der` gives the
    bytes all the same. Reading some wrong certificates warns; here it does not."""
    key = private_key(subject, fields.pop("key", None))
    der = certificate_der(subject, by=by, key=key, **fields)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            certificate = x509.load_der_x509_certificate(der)
        except x509.InvalidVersion as problem:
            raise ValueError(f"cryptography cannot read it: {problem}") from None
    above = () if by is None or is_root(by) else (by.certificate, *by.intermediates)
    return Identity(key if hasattr(key, "public_key") else None, certificate, above)


def is_root(identity: Identity) -> bool:
    """True if the certificate is signed with its own key under its own name."""
    certificate = identity.certificate
    if certificate.issuer != certificate.subject:
        return False
    return encode.is_signed_by(certificate, certificate.public_key())


def certificate_der(subject: str | x509.Name, *, key: object = None, by: Identity | None = None,
                    host: str | None = None, names: Iterable[object] | None = None,
                    ca: bool = False, path_length: int | None = None,
                    start: datetime | int | None = None, days: float | None = None,
                    end: datetime | None = None, serial: int | None = None,
                    usage: Iterable[str] | x509.KeyUsage | None = None,
                    extended: Iterable[object] | None = None,
                    constraints: Mapping[str, Iterable[str]] | x509.NameConstraints | None = None,
                    extensions: Iterable[ExtensionLike] = (), without: Iterable[object] = (),
                    hash: str = "sha256", version: int = 3, issuer: x509.Name | None = None,
                    sign_with: object = None, outer: str | None = None, logs: Iterable = (),
                    raw: Callable[[Parts], Parts | None] | None = None) -> bytes:
    """The certificate's DER. Every keyword is one field, and its default is a good one:

    - `subject`: common name (text), or a whole `x509.Name`. `key`: a private key, the name of one
      in data/keys, or None for `test_key(subject)`. A public key will do: a CA needs no more, and
      the Identity's `key` is then None.
    - `by`: who issues (None: itself). `sign_with`: the key that really signs; `issuer`: the name
      written there: to forge with, or to make what does not fit together.
    - `host` or `names`: subjectAltName: DNS names, IP addresses, "a@b" and "https://..." as text.
      A leaf whose subject is a host name gets that; `names=()` gives none.
    - `ca`, `path_length`: basicConstraints. `usage`: names of key usage bits ("digital_signature",
      "key_cert_sign", ...). `extended`: names in PURPOSES or OIDs; `()` leaves it out.
    - `start`: a datetime, or days from lab.NOW; `days`: how long (the last second of the last day
      is notAfter, as the CA/Browser Forum counts); or `end`, a datetime.
    - `serial`: any int; None: from what the certificate says. `version`: 3; 1 has no extensions
      but those in `extensions`.
    - `constraints`: {"permitted": [...], "excluded": [...]} of DNS names, IP networks, "a@b".
    - `extensions`: more of them, or others in place of the default ones: an `x509` extension, or
      a pair with whether it is critical. The same twice is written twice. `without`: OIDs or
      extension classes to leave out.
    - `hash`: "sha256", "sha1", "md5", ...; `outer`: another one named outside the signed part.
    - `logs`: Certificate Transparency logs (`pki.Log`) that sign for it; see `transparency`.
    - `raw`: called last with the signed part as {name of the field: its DER}, in order; may change
      it or return another, to write what no keyword can.
    """
    key = private_key(subject, key)
    subject = distinguished_name(subject) if isinstance(subject, str) else subject
    key_id, spki = _public(key)
    signer = sign_with or (by.key if by else key)
    if issuer is None:
        issuer = by.certificate.subject if by else subject
    chosen = [*_standard(subject, key, ca, path_length, usage, extended, constraints,
                         _names(subject, ca, host, names)),
              key_id, *([_issuer_id(by)] if by else [])] if version > 1 else []
    chosen = _merge(chosen, extensions, without, subject)
    parts: Parts = {
        "version": encode.tlv(0xA0, encode.integer(version - 1)) if version != 1 else b"",
        "serialNumber": b"",
        "signature": encode.algorithm(signer, hash),
        "issuer": issuer.public_bytes(),
        "validity": encode.sequence(*map(encode.time, _validity(ca, start, days, end))),
        "subject": subject.public_bytes(),
        "subjectPublicKeyInfo": spki,
        "extensions": _extensions(chosen),
    }
    if serial is None:
        serial = int.from_bytes(hashlib.sha256(b"".join(parts.values())).digest()[:16]) >> 1
    parts["serialNumber"] = encode.integer(serial)
    if logs:
        from helpers.pki.transparency import stamp_list  # which needs this module's keys
        issuer_key = (by.certificate if by else signer).public_key()
        stamps = [log.add_precertificate(encode.sequence(*parts.values()), issuer_key)
                  for log in logs]
        parts["extensions"] = _extensions([*chosen, (stamp_list(stamps), False)])
    if raw:
        parts = raw(parts) or parts
    other = encode.algorithm(signer, outer) if outer else None
    return encode.signed(encode.sequence(*parts.values()), signer, hash, other)


def general_name(text: object) -> x509.GeneralName:
    """"*.shop.example", "192.0.2.7", "10.0.0.0/8", "a@b.example" or "https://..." as a name.

    No rule of host names is checked here: wrong ones must be possible."""
    if isinstance(text, x509.GeneralName):
        return text
    for read in (ipaddress.ip_address, ipaddress.ip_network):
        try:
            return x509.IPAddress(read(text))
        except ValueError:
            continue
    if "://" in text:
        return x509.UniformResourceIdentifier(text)
    return x509.RFC822Name(text) if "@" in text else x509.DNSName(text)


def private_key(subject: str | x509.Name, key: object) -> object:
    """The key that `issue` means: one of data/keys by its name, or `test_key(subject)` for None."""
    if key is None:
        return test_key(subject if isinstance(subject, str) else subject.rfc4514_string())
    return lab.key(key) if isinstance(key, str) else key


def _public(key: object) -> tuple[x509.SubjectKeyIdentifier, bytes]:
    public = key.public_key() if hasattr(key, "public_key") else key
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return x509.SubjectKeyIdentifier.from_public_key(public), spki


def _issuer_id(by: Identity) -> x509.AuthorityKeyIdentifier:
    try:
        found = by.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(by.certificate.public_key())
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(found.value)


def _names(subject: x509.Name, ca: bool, host: str | None,
           names: Iterable[object] | None) -> list[x509.GeneralName]:
    if names is None:
        own = subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        text = str(own[0].value) if own else ""
        guess = [text] if "." in text and " " not in text and not ca else []
        names = [host] if host else guess
    return [general_name(name) for name in names]


def _validity(ca: bool, start: datetime | int | None, days: float | None,
              end: datetime | None) -> tuple[datetime, datetime]:
    if start is None:
        start = _CA_START if ca else _LEAF_START
    if not isinstance(start, datetime):
        start = lab.NOW + start * _DAY
    length = days if days is not None else _CA_DAYS if ca else LEAF_DAYS
    return start, end or start + length * _DAY - _SECOND


def _standard(subject: x509.Name, key: object, ca: bool, path_length: int | None, usage: object,
              extended: Iterable[object] | None, constraints: object,
              names: list[x509.GeneralName]) -> list[x509.ExtensionType]:
    """What a careful CA writes, in the order in which `authority` does."""
    if usage is None:
        is_rsa = isinstance(key, (rsa.RSAPrivateKey, rsa.RSAPublicKey))
        usage = ("key_cert_sign", "crl_sign") if ca else \
            ("digital_signature", "key_encipherment") if is_rsa else ("digital_signature",)
    if not isinstance(usage, x509.KeyUsage):
        usage = key_usage(**dict.fromkeys(usage, True))
    if extended is None:
        extended = () if ca else ("server",)
    purposes = [PURPOSES.get(item, item) for item in extended]
    chosen = [_basic_constraints(ca, path_length), usage]
    chosen += [x509.ExtendedKeyUsage(purposes)] if purposes else []
    chosen += [x509.SubjectAlternativeName(names)] if names else []
    if constraints is not None and not isinstance(constraints, x509.NameConstraints):
        trees = {side: [general_name(item) for item in constraints.get(side, ())] or None
                 for side in ("permitted", "excluded")}
        constraints = x509.NameConstraints(trees["permitted"], trees["excluded"])
    return [*chosen, constraints] if constraints else chosen


def _basic_constraints(ca: bool, path_length: int | None) -> x509.ExtensionType:
    if path_length is None or (ca and path_length >= 0):
        return x509.BasicConstraints(ca, path_length if ca else None)
    flag = encode.tlv(encode.BOOLEAN, b"\xff") if ca else b""
    return x509.UnrecognizedExtension(ExtensionOID.BASIC_CONSTRAINTS, encode.sequence(
        flag, encode.integer(path_length)))


def _merge(chosen: list[x509.ExtensionType], more: Iterable[ExtensionLike],
           without: Iterable[object], subject: x509.Name) -> list[tuple[x509.ExtensionType, bool]]:
    """The default extensions, those of the same kind replaced, those unwanted left out."""
    critical = _CRITICAL | (set() if list(subject) else {ExtensionOID.SUBJECT_ALTERNATIVE_NAME})
    more = [item if isinstance(item, tuple) else (item, item.oid in critical) for item in more]
    unwanted = {getattr(item, "oid", item) for item in without}
    replaced = {item.oid for item, _ in more}
    kept = [(item, item.oid in critical) for item in chosen
            if item.oid not in unwanted | replaced]
    return kept + more


def _extensions(chosen: list[tuple[x509.ExtensionType, bool]]) -> bytes:
    if not chosen:
        return b""
    items = [encode.extension(item.oid.dotted_string, critical, item.public_bytes())
             for item, critical in chosen]
    return encode.tlv(0xA3, encode.sequence(*items))
