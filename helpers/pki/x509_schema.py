"""The structures of X.509 as tables: RFC 5280 appendix A, RFC 2986, RFC 6960 and their relatives.

Read them beside the RFC: `Group` is SEQUENCE, each `Part` a component, `implicit` and `explicit`
the numbers in square brackets. What extensions hold is in `x509_extensions`.
"""

from __future__ import annotations

from helpers.pki import der
from helpers.pki.asn1 import ByOid, Group, Holding, ListOf, Part, Plain, Scope, Type, oid_in
from helpers.pki.der import Element
from helpers.pki.oids import ATTRIBUTES, EXTENSIONS, SIGNATURES
from helpers.pki.x509_extensions import (
    CONTENTS,
    ENTRY_REASONS,
    GENERAL_NAME,
    INTEGER,
    NAME,
    OCTETS,
    OID,
    TIME,
)

NULL = Plain((der.NULL,), say=lambda found: "NULL")
BITS = Plain((der.BIT_STRING,))
BOOLEAN = Plain((der.BOOLEAN,))
VERSION = Plain((der.INTEGER,), {0: "v1", 1: "v2", 2: "v3"})

# --- algorithms and keys (RFC 5280 section 4.1.1.2, RFC 3279, 4055, 5480, 8017) -----------------

HASH_ALGORITHM = Group((Part("algorithm", OID), Part("parameters", NULL)))
_MGF = Group((Part("algorithm", OID), Part("parameters", HASH_ALGORITHM)))
_PSS = Group((Part("hashAlgorithm", HASH_ALGORITHM, explicit=0),
              Part("maskGenAlgorithm", _MGF, explicit=1),
              Part("saltLength", INTEGER, explicit=2), Part("trailerField", INTEGER, explicit=3)))
_DSA = Group((Part("p", INTEGER), Part("q", INTEGER), Part("g", INTEGER)))
_EC_DOMAIN = Group((
    Part("version", INTEGER),
    Part("fieldID", Group((Part("fieldType", OID), Part("parameters", INTEGER)))),
    Part("curve", Group((Part("a", OCTETS), Part("b", OCTETS), Part("seed", BITS)))),
    Part("base", OCTETS), Part("order", INTEGER), Part("cofactor", INTEGER)))


class _Curve(Type):
    """EcpkParameters: the name of a curve, or (never on the web) all its numbers."""

    def lay(self, found: Element, scope: Scope) -> None:
        (OID if OID.fits(found) else _EC_DOMAIN).lay(found, scope)


ALGORITHM = Group((
    Part("algorithm", OID),
    Part("parameters", ByOid("algorithm", {
        "1.2.840.113549.1.1.10": _PSS, "1.2.840.10040.4.1": _DSA, "1.2.840.10045.2.1": _Curve(),
        "1.2.840.113549.1.1.8": HASH_ALGORITHM}, NULL))))
_RSA_KEY = Holding(der.BIT_STRING, "RSAPublicKey",
                   Group((Part("modulus", INTEGER), Part("publicExponent", INTEGER))))
_DSA_KEY = Holding(der.BIT_STRING, "DSAPublicKey", INTEGER)
PUBLIC_KEY = Group((
    Part("algorithm", ALGORITHM),
    Part("subjectPublicKey", ByOid("algorithm", {
        "1.2.840.113549.1.1.1": _RSA_KEY, "1.2.840.113549.1.1.10": _RSA_KEY,
        "1.2.840.10040.4.1": _DSA_KEY}, BITS, kind=der.BIT_STRING))))
_PAIR = Group((Part("r", INTEGER), Part("s", INTEGER)))
SIGNATURE = ByOid("signatureAlgorithm", {
    oid: Holding(der.BIT_STRING, "Ecdsa-Sig-Value" if name.startswith("ecdsa") else "Dss-Sig-Value",
                 _PAIR)
    for oid, name in SIGNATURES.items() if name.startswith(("ecdsa", "dsa"))
}, BITS, kind=der.BIT_STRING)

# --- extensions (RFC 5280 section 4.1 and 4.2) --------------------------------------------------


def _extension_name(found: Element) -> str:
    return EXTENSIONS.get(oid_in(found), "extension")


EXTENSION = Group((
    Part("extnID", OID), Part("critical", BOOLEAN),
    Part("extnValue", ByOid("extnID", CONTENTS, Holding(der.OCTET_STRING, "", Type()),
                            kind=der.OCTET_STRING))), _extension_name)
EXTENSIONS_LIST = ListOf("", EXTENSION)
ENTRY_EXTENSIONS = EXTENSIONS_LIST

# --- certificates, requests and lists (RFC 5280 sections 4.1 and 5.1, RFC 2986 section 4) -------

VALIDITY = Group((Part("notBefore", TIME), Part("notAfter", TIME)))
TBS_CERTIFICATE = Group((
    Part("version", VERSION, explicit=0), Part("serialNumber", INTEGER),
    Part("signature", ALGORITHM), Part("issuer", NAME), Part("validity", VALIDITY),
    Part("subject", NAME), Part("subjectPublicKeyInfo", PUBLIC_KEY),
    Part("issuerUniqueID", BITS, implicit=1), Part("subjectUniqueID", BITS, implicit=2),
    Part("extensions", EXTENSIONS_LIST, explicit=3)))


def _signed(name: str, inside: Type, signature: str = "signatureValue") -> Group:
    """SIGNED{...}: the part that is signed, the algorithm, the signature."""
    return Group((Part(name, inside), Part("signatureAlgorithm", ALGORITHM),
                  Part(signature, SIGNATURE)))


CERTIFICATE = _signed("tbsCertificate", TBS_CERTIFICATE)


def _attribute_name(found: Element) -> str:
    return ATTRIBUTES.get(oid_in(found), "Attribute")


ATTRIBUTE = Group((
    Part("type", OID),
    Part("values", ByOid("type", {
        "1.2.840.113549.1.9.14": ListOf("Extensions", EXTENSIONS_LIST, der.SET)}))),
    _attribute_name)
REQUEST = _signed("certificationRequestInfo", Group((
    Part("version", Plain((der.INTEGER,), {0: "v1"})), Part("subject", NAME),
    Part("subjectPKInfo", PUBLIC_KEY),
    Part("attributes", ListOf("", ATTRIBUTE, der.SET), implicit=0))), "signature")
REVOKED = Group((
    Part("userCertificate", INTEGER), Part("revocationDate", TIME),
    Part("crlEntryExtensions", ENTRY_EXTENSIONS)))
CRL = _signed("tbsCertList", Group((
    Part("version", VERSION), Part("signature", ALGORITHM), Part("issuer", NAME),
    Part("thisUpdate", TIME), Part("nextUpdate", TIME),
    Part("revokedCertificates", ListOf("revokedCertificate", REVOKED)),
    Part("crlExtensions", EXTENSIONS_LIST, explicit=0))))

# --- OCSP (RFC 6960 section 4) ------------------------------------------------------------------

CERT_ID = Group((Part("hashAlgorithm", ALGORITHM), Part("issuerNameHash", OCTETS),
                 Part("issuerKeyHash", OCTETS), Part("serialNumber", INTEGER)))
_REVOKED_INFO = Group((
    Part("revocationTime", TIME),
    Part("revocationReason", Plain((der.ENUMERATED,), ENTRY_REASONS), explicit=0)))


class _Status(Type):
    """CertStatus: good, revoked or unknown, told apart by the tag alone."""

    _TAGS = {0x80: "good", 0xA1: "revoked", 0x82: "unknown"}

    def fits(self, found: Element) -> bool:
        return found.tag in self._TAGS

    def lay(self, found: Element, scope: Scope) -> None:
        if found.tag == 0xA1:
            _REVOKED_INFO.lay(found, scope)
        else:
            found.said = self._TAGS[found.tag]


_SINGLE = Group((
    Part("certID", CERT_ID), Part("certStatus", _Status()), Part("thisUpdate", TIME),
    Part("nextUpdate", TIME, explicit=0), Part("singleExtensions", EXTENSIONS_LIST, explicit=1)))
_RESPONSE_DATA = Group((
    Part("version", Plain((der.INTEGER,), {0: "v1"}), explicit=0),
    Part("responderID", NAME, explicit=1), Part("responderID", OCTETS, explicit=2),
    Part("producedAt", TIME), Part("responses", ListOf("SingleResponse", _SINGLE)),
    Part("responseExtensions", EXTENSIONS_LIST, explicit=1)))
_BASIC = Group((
    Part("tbsResponseData", _RESPONSE_DATA), Part("signatureAlgorithm", ALGORITHM),
    Part("signature", SIGNATURE),
    Part("certs", ListOf("certificate", CERTIFICATE), explicit=0)))
_RESPONSE_STATUS = {0: "successful", 1: "malformedRequest", 2: "internalError", 3: "tryLater",
                    5: "sigRequired", 6: "unauthorized"}
OCSP_RESPONSE = Group((
    Part("responseStatus", Plain((der.ENUMERATED,), _RESPONSE_STATUS)),
    Part("responseBytes", Group((
        Part("responseType", OID),
        Part("response", ByOid("responseType", {
            "1.3.6.1.5.5.7.48.1.1": Holding(der.OCTET_STRING, "BasicOCSPResponse", _BASIC)},
            kind=der.OCTET_STRING)))), explicit=0)))
OCSP_REQUEST = Group((
    Part("tbsRequest", Group((
        Part("version", Plain((der.INTEGER,), {0: "v1"}), explicit=0),
        Part("requestorName", GENERAL_NAME, explicit=1),
        Part("requestList", ListOf("Request", Group((
            Part("reqCert", CERT_ID),
            Part("singleRequestExtensions", EXTENSIONS_LIST, explicit=0))))),
        Part("requestExtensions", EXTENSIONS_LIST, explicit=2)))),
    Part("optionalSignature", Group((
        Part("signatureAlgorithm", ALGORITHM), Part("signature", SIGNATURE),
        Part("certs", ListOf("certificate", CERTIFICATE), explicit=0))), explicit=0)))

SCHEMAS: dict[str, Type] = {
    "certificate": CERTIFICATE, "request": REQUEST, "crl": CRL, "ocsp_response": OCSP_RESPONSE,
    "ocsp_request": OCSP_REQUEST, "public_key": PUBLIC_KEY, "name": NAME, "der": Type(),
}


def apply(schema: Type, tree: Element, data: bytes, name: str) -> Element:
    """Name the tree by the schema. What does not fit keeps its ASN.1 type's name."""
    tree.name = name
    if schema.fits(tree):
        schema.lay(tree, Scope(data))
    return tree
