"""The form of a certificate as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cryptography import x509

from .forms import NotThisForm
from .words import kind


def name_of(certificate: x509.Certificate) -> str:
    """The common name of its subject, and whose signature it says it has."""
    def common(name: x509.Name) -> str:
        return next((str(one.value) for one in name.get_attributes_for_oid(
            x509.NameOID.COMMON_NAME)), "nobody")
    return f"{common(certificate.subject)} (by {common(certificate.issuer)})"


@dataclass(frozen=True)
class CertificateForm:
    """An x509.Certificate, or something that has one, as an Identity does."""

    def wanted(self) -> str:
        return "a certificate"

    def read(self, answer: Any) -> x509.Certificate:
        if isinstance(answer, x509.Certificate):
            return answer
        held = vars(answer).get("certificate") if hasattr(answer, "__dict__") else None
        if isinstance(held, x509.Certificate):
            return held
        raise NotThisForm(f"This asks for a certificate, and you gave {kind(answer)}.")

    def show(self, value: x509.Certificate) -> str:
        return name_of(value)

    def fits(self, value: x509.Certificate) -> bool:
        return True

    def difference(self, expected: x509.Certificate, got: x509.Certificate) -> str:
        return ""
