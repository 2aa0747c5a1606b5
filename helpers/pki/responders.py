"""May one believe an OCSP response? RFC 6960 sections 3.2 and 4.2.2.

Signed must it be by the certificate's issuer, or by a responder to whom that issuer gave a
certificate for the purpose. Does not ask whether the responder's own certificate is revoked.
"""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from helpers.pki.facts import Facts, read
from helpers.pki.job import Job

_DAY = "%Y-%m-%d"
MOST = 4  # certificates of a response that are looked at


def unfit(response: ocsp.OCSPResponse, single: ocsp.OCSPSingleResponse, above: Facts,
          job: Job) -> str:
    """Why the response cannot be relied on, or ""."""
    if any(extension.critical for extension in response.extensions):
        return "has a critical extension that is not understood here"
    signers = [above, *(found for found in map(read, response.certificates[:MOST])
                        if isinstance(found, Facts) and _delegated(found, above, job))]
    if not any(_signed(response, signer) for signer in signers):
        return "is signed neither by that CA nor by a responder it appointed"
    if job.time < single.this_update_utc:
        return f"begins only on {single.this_update_utc:{_DAY}}"
    if single.next_update_utc is not None and job.time > single.next_update_utc:
        return f"held until {single.next_update_utc:{_DAY}}"
    return ""


def _delegated(item: Facts, above: Facts, job: Job) -> bool:
    """Did the issuer itself give this certificate, for signing OCSP (section 4.2.2.2)?"""
    return (item.issuer == above.subject and not item.malformed
            and ExtendedKeyUsageOID.OCSP_SIGNING in (item.purposes or ())
            and item.starts <= job.time <= item.ends and not job.verify(item, above))


def _signed(response: ocsp.OCSPResponse, signer: Facts) -> bool:
    if not _named(response, signer):
        return False
    key, algorithm = signer.key, response.signature_hash_algorithm
    signature, content = response.signature, response.tbs_response_bytes
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, content, ec.ECDSA(algorithm))
        else:
            key.verify(signature, content)
    except (InvalidSignature, AttributeError, TypeError, ValueError):
        return False  # another key, or none that could have signed this
    return True


def _named(response: ocsp.OCSPResponse, signer: Facts) -> bool:
    """Is it the one the response names as its responder, by name or by key?"""
    if response.responder_name is not None:
        return response.responder_name == signer.subject_name
    digest = x509.SubjectKeyIdentifier.from_public_key(signer.certificate.public_key()).digest
    return response.responder_key_hash == digest
