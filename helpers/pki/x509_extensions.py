"""Names, general names, and what each extension holds: RFC 5280 section 4.2 and its relatives."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from helpers.pki import der
from helpers.pki.asn1 import Choice, Group, Holding, ListOf, Part, Plain, Scope, Type
from helpers.pki.der import Element
from helpers.pki.sct import SctList

INTEGER = Plain((der.INTEGER,))
OID = Plain((der.OID,))
OCTETS = Plain((der.OCTET_STRING,))
TIME = Plain((der.UTC_TIME, der.GENERALIZED_TIME))
BOOLEAN = Plain((der.BOOLEAN,))
IA5 = Plain((der.IA5,))
TEXT = Plain((der.UTF8, der.PRINTABLE, der.IA5, der.T61, der.VISIBLE, der.BMP, der.UNIVERSAL))
ENTRY_REASONS = {0: "unspecified", 1: "keyCompromise", 2: "cACompromise", 3: "affiliationChanged",
                 4: "superseded", 5: "cessationOfOperation", 6: "certificateHold",
                 8: "removeFromCRL", 9: "privilegeWithdrawn", 10: "aACompromise"}

# --- names (sections 4.1.2.4 and 4.2.1.6) -------------------------------------------------------

NAME = ListOf("RelativeDistinguishedName", ListOf("AttributeTypeAndValue", Group((
    Part("type", OID), Part("value", Type()))), der.SET))


def _address(found: Element) -> str:
    """4 or 16 bytes are an address; twice as many, in name constraints, address and mask."""
    raw = found.value if isinstance(found.value, bytes) else b""
    if len(raw) in (4, 16):
        return str(ip_address(raw))
    half = len(raw) // 2
    if len(raw) in (8, 32):
        mask = int.from_bytes(raw[half:])
        ones = mask.bit_count()
        if mask == (1 << ones) - 1 << 8 * half - ones:
            return str(ip_network((raw[:half], ones), strict=False))
        return f"{ip_address(raw[:half])} mask {ip_address(raw[half:])}"
    return f"{len(raw)} bytes, which is no address"


_OTHER = Group((Part("type-id", OID), Part("value", Type(), explicit=0)))
GENERAL_NAME = Choice((
    Part("otherName", _OTHER, implicit=0), Part("rfc822Name", IA5, implicit=1),
    Part("dNSName", IA5, implicit=2), Part("x400Address", Type(), implicit=3),
    Part("directoryName", NAME, explicit=4), Part("ediPartyName", Type(), implicit=5),
    Part("uniformResourceIdentifier", IA5, implicit=6),
    Part("iPAddress", Plain((der.OCTET_STRING,), say=_address), implicit=7),
    Part("registeredID", OID, implicit=8)))
GENERAL_NAMES = ListOf("", GENERAL_NAME)

# --- bits with names (sections 4.2.1.3 and 4.2.1.13) --------------------------------------------


def _flags(*names: str) -> Plain:
    """BIT STRING { name (0), ... }: the bits that are set, by name."""

    def say(found: Element) -> str:
        raw = found.value if isinstance(found.value, bytes) else b""
        bits = "".join(f"{byte:08b}" for byte in raw[:4])
        known = [names[at] if at < len(names) else f"bit {at}"
                 for at, bit in enumerate(bits) if bit == "1"]
        return ", ".join(known) or "none"

    return Plain((der.BIT_STRING,), say=say)


KEY_USAGE = _flags("digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment",
                   "keyAgreement", "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly")
_REASONS = _flags("unused", "keyCompromise", "cACompromise", "affiliationChanged", "superseded",
                  "cessationOfOperation", "certificateHold", "privilegeWithdrawn", "aACompromise")
_NETSCAPE = _flags("sslClient", "sslServer", "smime", "objectSigning", "reserved", "sslCA",
                   "smimeCA", "objectSigningCA")

# --- the extensions -----------------------------------------------------------------------------



class _Constraints(Group):
    """BasicConstraints. An empty one says something too: cA has the default FALSE."""

    def lay(self, found: Element, scope: Scope) -> None:
        super().lay(found, scope)
        if not found.elements:
            found.said = "empty, so cA is FALSE"


_CONSTRAINTS = _Constraints((Part("cA", BOOLEAN), Part("pathLenConstraint", INTEGER)))
_KEY_ID = Group((
    Part("keyIdentifier", OCTETS, implicit=0),
    Part("authorityCertIssuer", GENERAL_NAMES, implicit=1),
    Part("authorityCertSerialNumber", INTEGER, implicit=2)))
_SUBTREES = ListOf("GeneralSubtree", Group((
    Part("base", Choice(GENERAL_NAME.parts)), Part("minimum", INTEGER, implicit=0),
    Part("maximum", INTEGER, implicit=1))))
_NAME_CONSTRAINTS = Group((Part("permittedSubtrees", _SUBTREES, implicit=0),
                           Part("excludedSubtrees", _SUBTREES, implicit=1)))
_POINT_NAME = Choice((
    Part("fullName", GENERAL_NAMES, implicit=0),
    Part("nameRelativeToCRLIssuer", ListOf("AttributeTypeAndValue", Group((
        Part("type", OID), Part("value", Type()))), der.SET), implicit=1)), rename=False)
_POINTS = ListOf("DistributionPoint", Group((
    Part("distributionPoint", _POINT_NAME, explicit=0), Part("reasons", _REASONS, implicit=1),
    Part("cRLIssuer", GENERAL_NAMES, implicit=2))))
_NOTICE = Group((
    Part("noticeRef", Group((Part("organization", TEXT),
                             Part("noticeNumbers", ListOf("number", INTEGER))))),
    Part("explicitText", TEXT)))
_POLICIES = ListOf("PolicyInformation", Group((
    Part("policyIdentifier", OID),
    Part("policyQualifiers", ListOf("PolicyQualifierInfo", Group((
        Part("policyQualifierId", OID), Part("cPSuri", IA5), Part("userNotice", _NOTICE))))))))
_MAPPINGS = ListOf("PolicyMapping", Group((Part("issuerDomainPolicy", OID),
                                           Part("subjectDomainPolicy", OID))))
_POLICY_CONSTRAINTS = Group((Part("requireExplicitPolicy", INTEGER, implicit=0),
                             Part("inhibitPolicyMapping", INTEGER, implicit=1)))
_ACCESS = ListOf("AccessDescription", Group((
    Part("accessMethod", OID), Part("accessLocation", Choice(GENERAL_NAME.parts)))))
_ISSUING_POINT = Group((
    Part("distributionPoint", _POINT_NAME, explicit=0),
    Part("onlyContainsUserCerts", BOOLEAN, implicit=1),
    Part("onlyContainsCACerts", BOOLEAN, implicit=2),
    Part("onlySomeReasons", _REASONS, implicit=3), Part("indirectCRL", BOOLEAN, implicit=4),
    Part("onlyContainsAttributeCerts", BOOLEAN, implicit=5)))
_USAGE_PERIOD = Group((Part("notBefore", Plain((der.GENERALIZED_TIME,)), implicit=0),
                       Part("notAfter", Plain((der.GENERALIZED_TIME,)), implicit=1)))
_FEATURES = ListOf("Feature", Plain((der.INTEGER,), {5: "status_request",
                                                     17: "status_request_v2"}))
_NULL = Plain((der.NULL,), say=lambda found: "NULL")
_TEMPLATE = Group((Part("templateID", OID), Part("templateMajorVersion", INTEGER),
                   Part("templateMinorVersion", INTEGER)))

_TYPES: dict[str, tuple[str, Type]] = {
    "2.5.29.14": ("SubjectKeyIdentifier", OCTETS), "2.5.29.15": ("KeyUsage", KEY_USAGE),
    "2.5.29.16": ("PrivateKeyUsagePeriod", _USAGE_PERIOD),
    "2.5.29.17": ("SubjectAltName", GENERAL_NAMES), "2.5.29.18": ("IssuerAltName", GENERAL_NAMES),
    "2.5.29.19": ("BasicConstraints", _CONSTRAINTS), "2.5.29.20": ("CRLNumber", INTEGER),
    "2.5.29.21": ("CRLReason", Plain((der.ENUMERATED,), ENTRY_REASONS)),
    "2.5.29.24": ("InvalidityDate", Plain((der.GENERALIZED_TIME,))),
    "2.5.29.27": ("BaseCRLNumber", INTEGER),
    "2.5.29.28": ("IssuingDistributionPoint", _ISSUING_POINT),
    "2.5.29.29": ("CertificateIssuer", GENERAL_NAMES),
    "2.5.29.30": ("NameConstraints", _NAME_CONSTRAINTS),
    "2.5.29.31": ("CRLDistributionPoints", _POINTS),
    "2.5.29.32": ("CertificatePolicies", _POLICIES), "2.5.29.33": ("PolicyMappings", _MAPPINGS),
    "2.5.29.35": ("AuthorityKeyIdentifier", _KEY_ID),
    "2.5.29.36": ("PolicyConstraints", _POLICY_CONSTRAINTS),
    "2.5.29.37": ("ExtKeyUsageSyntax", ListOf("KeyPurposeId", OID)),
    "2.5.29.46": ("FreshestCRL", _POINTS), "2.5.29.54": ("InhibitAnyPolicy", INTEGER),
    "2.5.29.56": ("NoRevAvail", _NULL),
    "1.3.6.1.5.5.7.1.1": ("AuthorityInfoAccessSyntax", _ACCESS),
    "1.3.6.1.5.5.7.1.11": ("SubjectInfoAccessSyntax", _ACCESS),
    "1.3.6.1.5.5.7.1.24": ("Features", _FEATURES),
    "1.3.6.1.5.5.7.1.31": ("Authorization", OCTETS),
    "1.3.6.1.5.5.7.48.1.2": ("Nonce", OCTETS), "1.3.6.1.5.5.7.48.1.5": ("OcspNoCheck", _NULL),
    "1.3.6.1.5.5.7.48.1.4": ("AcceptableResponses", ListOf("responseType", OID)),
    "1.3.6.1.4.1.11129.2.4.2": ("SignedCertificateTimestampList", SctList()),
    "1.3.6.1.4.1.11129.2.4.3": ("Poison", _NULL),
    "1.3.6.1.4.1.11129.2.4.5": ("SignedCertificateTimestampList", SctList()),
    "2.16.840.1.113730.1.1": ("NetscapeCertType", _NETSCAPE),
    "2.16.840.1.113730.1.13": ("NetscapeComment", IA5),
    "1.3.6.1.4.1.311.20.2": ("TemplateName", TEXT),
    "1.3.6.1.4.1.311.21.7": ("CertificateTemplate", _TEMPLATE),
}
CONTENTS: dict[str, Type] = {oid: Holding(der.OCTET_STRING, name, type_)
                             for oid, (name, type_) in _TYPES.items()}
"""What the extnValue of each extension holds, by OID."""
