"""Is this chain good for this name, now? Asked of `cryptography.x509.verification`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from helpers.tls.errors import TLSError
from helpers.tls.registry import AlertDescription


class TrustStore:
    """Roots that are trusted, and the moment at which chains are judged (a fixed one: lab
    certificates must not expire). Does not look at revocation or Certificate Transparency."""

    def __init__(self, roots: Iterable[x509.Certificate], time: datetime):
        self._roots = list(roots)
        self._store = Store(self._roots)
        self._time = time

    def check(self, chain: tuple[bytes, ...], server_name: str) -> x509.Certificate:
        """The leaf of a DER chain, if it leads to a root and is valid for `server_name`.

        Raises TLSError: bad_certificate, certificate_expired, unknown_ca or certificate_unknown.
        """
        leaf, others = _parse(chain)
        policy = PolicyBuilder().store(self._store).time(self._time)
        try:
            policy.build_server_verifier(x509.DNSName(server_name)).verify(leaf, others)
        except (VerificationError, ValueError) as problem:
            raise self._explain(leaf, others, problem) from None
        return leaf

    def _explain(self, leaf: x509.Certificate, others: list[x509.Certificate],
                 problem: Exception) -> TLSError:
        for certificate in (leaf, *others):
            if not certificate.not_valid_before_utc <= self._time <= certificate.not_valid_after_utc:
                return TLSError(AlertDescription.certificate_expired,
                                f"a certificate in the chain is not valid on {self._time:%Y-%m-%d}")
        known = {root.subject for root in self._roots}
        if not any(certificate.issuer in known for certificate in (leaf, *others)):
            return TLSError(AlertDescription.unknown_ca, "no trusted root signed this chain")
        return TLSError(AlertDescription.certificate_unknown, f"the chain is refused: {problem}")


def _parse(chain: tuple[bytes, ...]) -> tuple[x509.Certificate, list[x509.Certificate]]:
    try:
        certificates = [x509.load_der_x509_certificate(data) for data in chain]
        # cryptography parses some parts only when asked: ask now, where the error is expected
        for certificate in certificates:
            certificate.public_key()
            _ = certificate.extensions, certificate.subject, certificate.issuer
    except Exception as problem:
        raise TLSError(AlertDescription.bad_certificate,
                       f"a certificate cannot be read: {type(problem).__name__}") from None
    if not certificates:
        raise TLSError(AlertDescription.decode_error, "the server sent no certificate")
    return certificates[0], certificates[1:]
