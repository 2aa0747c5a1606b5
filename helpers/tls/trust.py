"""Is this chain good for this name, now? Asked of `cryptography.x509.verification`."""

from __future__ import annotations

import ipaddress
import warnings
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from helpers.tls.errors import TLSError
from helpers.tls.registry import AlertDescription, SuiteParameters
from helpers.tls.signing import kind_of

_A = AlertDescription


@lru_cache(maxsize=64)
def is_address(name: str) -> bool:
    """True for "192.0.2.1" and "2001:db8::1": what is no name (RFC 6066 section 3)."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def _certificate(der: bytes) -> x509.Certificate:
    """Read once: who comes back to a server is shown the same certificates. Only the reading is
    kept, each chain is judged anew."""
    return x509.load_der_x509_certificate(der)


class TrustStore:
    """Roots that are trusted, and the moment at which chains are judged (a fixed one: lab
    certificates must not expire). Does not look at revocation or Certificate Transparency."""

    def __init__(self, roots: Iterable[x509.Certificate], time: datetime):
        self._roots = list(roots)
        self._policy = PolicyBuilder().store(Store(self._roots)).time(time)
        self._time = time
        # people have names, and need no subjectAltName (RFC 5280 section 4.1.2.6)
        named = ExtensionPolicy.webpki_defaults_ee().may_be_present(
            x509.SubjectAlternativeName, Criticality.AGNOSTIC, None)
        self._client_policy = self._policy.extension_policies(
            ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=named)

    def check(self, chain: tuple[bytes, ...], server_name: str) -> x509.Certificate:
        """The leaf of a DER chain, if it leads to a root and is valid for `server_name` (a host
        name or an address).

        Raises TLSError: decode_error (no certificate at all), bad_certificate (unreadable or a
        wrong signature), certificate_expired, unknown_ca, or certificate_unknown for the rest.
        """
        if not chain:
            raise TLSError(_A.decode_error, "the server sent no certificate")
        return self._judge(chain, lambda: self._policy.build_server_verifier(
            x509.IPAddress(ipaddress.ip_address(server_name)) if is_address(server_name)
            else x509.DNSName(server_name)))

    def check_client(self, chain: tuple[bytes, ...]) -> x509.Certificate:
        """The leaf of a client's chain, if it leads to a root and is a client's. Raises as `check`;
        whose certificate it is, is for the caller to read."""
        return self._judge(chain, self._client_policy.build_client_verifier)

    def _judge(self, chain: tuple[bytes, ...], make_verifier: Callable) -> x509.Certificate:
        try:
            with warnings.catch_warnings():  # what is odd about a certificate, is for the verdict
                warnings.simplefilter("ignore")
                leaf, *others = map(_certificate, chain)
                make_verifier().verify(leaf, others)
        except VerificationError as problem:
            raise self._explain(leaf, others, problem) from None
        except Exception as problem:  # many types, and each means: not to be read
            raise _unreadable(problem) from None
        return leaf

    def _explain(self, leaf: x509.Certificate, others: list[x509.Certificate],
                 problem: VerificationError) -> TLSError:
        chain = [leaf, *others]
        try:
            for item in chain:
                if not item.not_valid_before_utc <= self._time <= item.not_valid_after_utc:
                    return TLSError(_A.certificate_expired, "a certificate in the chain is not "
                                    f"valid on {self._time:%Y-%m-%d}")
            subjects = {root.subject for root in self._roots}
            if not any(item.issuer in subjects for item in chain):
                return TLSError(_A.unknown_ca, "no trusted root signed this chain")
            if any(_wrongly_signed(item, [*others, *self._roots]) for item in chain):
                return TLSError(_A.bad_certificate, "a signature in the chain does not fit the "
                                "certificate that it signs")
        except Exception as unreadable:  # here too, cryptography parses some parts only now
            return _unreadable(unreadable)
        return TLSError(_A.certificate_unknown, f"the chain is refused: {problem}")


def check_key(leaf: x509.Certificate, suite: SuiteParameters) -> object:
    """The certificate's key, if it may do what the TLS 1.2 cipher suite needs (RFC 5246 section
    7.4.2). Raises TLSError: unsupported_certificate, or bad_certificate if it cannot be read.
    Does not check the curve of an ECDSA key against the groups that were offered."""
    try:
        key = leaf.public_key()
    except Exception as problem:
        raise _unreadable(problem) from None
    wanted = ("RSA",) if suite.authentication == "RSA" else ("ECDSA", "Ed25519")
    if kind_of(key) not in wanted:  # Ed25519 counts as ECDSA there (RFC 8422 section 5.10)
        raise TLSError(_A.unsupported_certificate, "the cipher suite needs a certificate with "
                       f"an {suite.authentication} key")
    check_usage(leaf, "key_encipherment" if suite.key_exchange == "RSA" else "digital_signature")
    return key


def check_usage(leaf: x509.Certificate, wanted: str) -> None:
    """Returns if the certificate's key usage, where it has one, allows what is `wanted`:
    "digital_signature" or "key_encipherment" (RFC 5280 section 4.2.1.3). Raises as check_key."""
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    except Exception as problem:
        raise _unreadable(problem) from None
    if not getattr(usage, wanted):
        raise TLSError(_A.unsupported_certificate, "the certificate's key usage does not allow "
                       f"{wanted} in this handshake")


def _wrongly_signed(item: x509.Certificate, issuers: list[x509.Certificate]) -> bool:
    """True if those that have the issuer's name are there, and none of them signed it."""
    named = [issuer for issuer in issuers if issuer.subject == item.issuer]
    return bool(named) and not any(_signed(item, issuer) for issuer in named)


def _signed(item: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        item.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _unreadable(problem: Exception) -> TLSError:
    return TLSError(_A.bad_certificate,
                    f"a certificate cannot be read: {type(problem).__name__}")
