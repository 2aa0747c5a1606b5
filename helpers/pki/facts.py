"""What the checks read of one certificate: each thing once, and nothing that can raise later.

The names, times and algorithms are compared as the bytes that were signed, so they are cut out of
the DER here; extensions are `cryptography`'s. A part that cannot be read is a sentence in
`malformed`, never an exception: certificates come from strangers.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID, NameOID

CAP = 1 << 20  # bytes of one certificate; a longer one is not looked at
_NAME_CONSTRAINTS = bytes.fromhex("0603551d1e")
_SHOWN = 60  # characters of a stranger's name or message that are repeated in a sentence


def element(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, first byte of the content, and first byte after the element at `at` (X.690 section 8.1).

    For DER that `cryptography` has read already: checks nothing, and could raise IndexError.
    """
    length, start = data[at + 1], at + 2
    if length >= 0x80:
        start += length & 0x7F
        length = int.from_bytes(data[at + 2:start], "big")
    return data[at], start, start + length


class once:
    """A property that is worked out when first asked for (functools.cached_property, without the
    lock that costs as much as most of what is kept here)."""

    def __init__(self, work: Callable[[object], object]):
        self._work, self.__doc__ = work, work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, item: object, owner: type | None = None) -> object:
        if item is None:
            return self
        value = item.__dict__[self._name] = self._work(item)
        return value


def shown(text: object) -> str:
    """Text from a certificate or an error, fit for one sentence: printable, and cut if long."""
    text = str(text)
    if len(text) <= _SHOWN and text.isprintable():
        return text
    text = "".join(letter if letter.isprintable() else "?" for letter in text[:_SHOWN + 1])
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."


def normal(name: x509.Name) -> tuple[frozenset[tuple[str, str]], ...]:
    """A name as RFC 5280 section 7.1 compares it: per RDN a set of (type, value), values without
    case and with single spaces. Does not do the Unicode preparation of RFC 4518 in full."""
    return tuple(frozenset((item.oid.dotted_string, _folded(item.value)) for item in rdn)
                 for rdn in name.rdns)


def _folded(value: str | bytes) -> str:
    return value.hex() if isinstance(value, bytes) else " ".join(value.casefold().split())


class Facts:
    """One certificate, opened. Equal only to itself; `facts_of` keeps one for each certificate."""

    def __init__(self, certificate: x509.Certificate):
        self.certificate = certificate
        self.der = der = certificate.public_bytes(Encoding.DER)
        _, tbs, _ = element(der, 0)
        _, at, end = element(der, tbs)
        self.version, self.unique_ids = 1, False
        if der[at] == 0xA0:  # version [0] EXPLICIT
            after = element(der, at)[2]
            self.version, at = der[after - 1] + 1, after
        fields = []
        for _ in range(6):
            tag, start, after = element(der, at)
            fields.append((tag, der[start:after], der[at:after]))
            at = after
        (_, self.serial, _), (_, _, self.inner_algorithm), (_, _, self.issuer) = fields[:3]
        (_, self.validity, _), (_, _, self.subject), (_, _, self.spki) = fields[3:]
        self._rest, self._end = at, end
        while at < end:
            self.unique_ids |= der[at] in (0x81, 0x82, 0xA1, 0xA2)
            at = element(der, at)[2]
        self.outer_algorithm = der[end:element(der, end)[2]]
        self.self_issued = self.issuer == self.subject
        self.bearer = self.subject, self.spki  # who is certified: a name with a key
        self.starts: datetime = certificate.not_valid_before_utc
        self.ends: datetime = certificate.not_valid_after_utc
        self.malformed = ""
        self.extensions: dict[x509.ObjectIdentifier, x509.Extension] = {}
        try:
            self.extensions = {item.oid: item for item in certificate.extensions}
        except Exception as problem:  # ValueError, DuplicateExtension and more, all: not readable
            self.malformed = shown(problem) or type(problem).__name__

    def value(self, oid: x509.ObjectIdentifier) -> x509.ExtensionType | None:
        """What an extension says, or None if it is not there."""
        found = self.extensions.get(oid)
        return found.value if found else None

    @once
    def raw_constraints(self) -> bytes:
        """The DER inside nameConstraints, or b""; it has to be there in `extensions` too."""
        at = self._rest
        while at < self._end and self.der[at] != 0xA3:
            at = element(self.der, at)[2]
        _, at, _ = element(self.der, at)
        _, at, end = element(self.der, at)
        while at < end:
            _, start, at = element(self.der, at)
            identifier = self.der[start:element(self.der, start)[2]]
            if identifier == _NAME_CONSTRAINTS:
                value = self.der[start + len(identifier):at]
                value = value[3:] if value[0] == 0x01 else value  # critical
                return value[element(value, 0)[1]:]
        return b""

    @once
    def basic(self) -> x509.BasicConstraints | None:
        return self.value(ExtensionOID.BASIC_CONSTRAINTS)

    @once
    def usage(self) -> x509.KeyUsage | None:
        return self.value(ExtensionOID.KEY_USAGE)

    @once
    def purposes(self) -> frozenset[x509.ObjectIdentifier] | None:
        """The extended key usages, or None if the extension is not there."""
        found = self.value(ExtensionOID.EXTENDED_KEY_USAGE)
        return None if found is None else frozenset(found)

    @once
    def alternatives(self) -> tuple[x509.GeneralName, ...] | None:
        """The names in subjectAltName, or None if the extension is not there."""
        found = self.value(ExtensionOID.SUBJECT_ALTERNATIVE_NAME)
        return None if found is None else tuple(found)

    @once
    def key_id(self) -> bytes | None:
        found = self.value(ExtensionOID.SUBJECT_KEY_IDENTIFIER)
        return found.digest if found else None

    @once
    def issuer_key_id(self) -> bytes | None:
        found = self.value(ExtensionOID.AUTHORITY_KEY_IDENTIFIER)
        return found.key_identifier if found else None

    @once
    def key(self) -> object:
        """The public key, or the sentence that says why it cannot be read."""
        try:
            return self.certificate.public_key()
        except Exception as problem:  # ValueError or UnsupportedAlgorithm
            return shown(problem) or type(problem).__name__

    @once
    def key_algorithm(self) -> bytes:
        """The AlgorithmIdentifier of the key, as DER."""
        start = element(self.spki, 0)[1]
        return self.spki[start:element(self.spki, start)[2]]

    @once
    def serial_number(self) -> int:
        return int.from_bytes(self.serial, "big", signed=True)

    @once
    def subject_name(self) -> x509.Name | None:
        """The subject as `cryptography` reads it, or None if it cannot."""
        return _name(self.certificate, "subject")

    @once
    def issuer_name(self) -> x509.Name | None:
        return _name(self.certificate, "issuer")

    @once
    def normal_subject(self) -> object:
        """The subject as RFC 5280 section 7.1 compares it; None if it cannot be read."""
        return None if self.subject_name is None else normal(self.subject_name)

    @once
    def normal_issuer(self) -> object:
        return None if self.issuer_name is None else normal(self.issuer_name)

    @once
    def common_names(self) -> tuple[str, ...]:
        name = self.subject_name
        return () if name is None else tuple(
            str(item.value) for item in name.get_attributes_for_oid(NameOID.COMMON_NAME))

    @once
    def label(self) -> str:
        """What to call it in a sentence: its common name, or else what there is."""
        if self.common_names:
            return shown(self.common_names[-1])
        if self.subject_name is None:
            return "(a name that cannot be read)"
        rest = [str(item.value) for item in self.subject_name]
        names = [str(item.value) for item in self.alternatives or ()
                 if isinstance(item, x509.DNSName)]
        return shown((rest[-1:] or names[:1] or ["(no name)"])[0])


def _name(certificate: x509.Certificate, which: str) -> x509.Name | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd country codes: nothing that we ask
            return getattr(certificate, which)
    except Exception:  # what a name that cannot be read raises is not documented
        return None


@lru_cache(maxsize=512)
def facts_of(certificate: x509.Certificate) -> Facts:
    """The facts of a certificate, opened once however often it is judged."""
    return Facts(certificate)


def read(item: x509.Certificate | bytes) -> Facts | str:
    """The facts of a certificate or of its DER bytes, or the sentence that says why not.

    Anything else than these two types is a mistake of the caller: TypeError."""
    if isinstance(item, x509.Certificate):
        pass
    elif not isinstance(item, bytes | bytearray | memoryview):
        raise TypeError(f"a certificate is an x509.Certificate or DER bytes, not "
                        f"{type(item).__name__}")
    elif len(item) > CAP:
        return f"{len(item)} bytes are too long for a certificate"
    else:
        try:
            item = x509.load_der_x509_certificate(bytes(item))
        except Exception as problem:  # ValueError, InvalidVersion, UnsupportedAlgorithm...
            return shown(problem) or type(problem).__name__
    try:
        return facts_of(item)
    except Exception as problem:  # times that no calendar has, and whatever comes next
        return shown(problem) or type(problem).__name__


def read_all(items: Iterable[x509.Certificate | bytes]) -> tuple[list[Facts], list[str]]:
    """All that can be read, each once, in the order they came; and why the others cannot."""
    good: dict[bytes, Facts] = {}
    bad: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd serials and parameters: the checks say so
        for item in items:
            found = read(item)
            if isinstance(found, str):
                bad.append(found)
            else:
                good.setdefault(found.der, found)
    return list(good.values()), bad
