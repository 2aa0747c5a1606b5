"""Object identifiers: the numbers by which certificates name everything, and their names.

An OID is a path in a tree of numbers that ITU-T and ISO began: 2.5.4 are the attributes of names,
2.5.29 the extensions of certificates, 1.3.6.1.5.5.7 the IETF's own. Names are those of the RFCs
(5280, 5912, 3279, 4055, 5480, 6960, 6962, 8410, 9608, 9881); the CA/Browser Forum's of its Baseline
Requirements. The list is what web certificates use, not all there is.
"""

from __future__ import annotations

from functools import lru_cache

ATTRIBUTES = {
    "2.5.4.3": "commonName", "2.5.4.4": "surname", "2.5.4.5": "serialNumber",
    "2.5.4.6": "countryName", "2.5.4.7": "localityName", "2.5.4.8": "stateOrProvinceName",
    "2.5.4.9": "streetAddress", "2.5.4.10": "organizationName",
    "2.5.4.11": "organizationalUnitName", "2.5.4.12": "title", "2.5.4.13": "description",
    "2.5.4.15": "businessCategory", "2.5.4.16": "postalAddress", "2.5.4.17": "postalCode",
    "2.5.4.41": "name", "2.5.4.42": "givenName", "2.5.4.43": "initials",
    "2.5.4.44": "generationQualifier", "2.5.4.45": "x500UniqueIdentifier",
    "2.5.4.46": "dnQualifier", "2.5.4.65": "pseudonym", "2.5.4.97": "organizationIdentifier",
    "0.9.2342.19200300.100.1.1": "userID", "0.9.2342.19200300.100.1.25": "domainComponent",
    "1.2.840.113549.1.9.1": "emailAddress", "1.2.840.113549.1.9.2": "unstructuredName",
    "1.2.840.113549.1.9.7": "challengePassword", "1.2.840.113549.1.9.14": "extensionRequest",
    "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionLocalityName",
    "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionStateOrProvinceName",
    "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionCountryName",
}
SHORT = {
    "2.5.4.3": "CN", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.9": "STREET",
    "2.5.4.10": "O", "2.5.4.11": "OU", "0.9.2342.19200300.100.1.1": "UID",
    "0.9.2342.19200300.100.1.25": "DC",
}
"""The short names of RFC 4514 section 3, for writing a whole name in one line."""

EXTENSIONS = {
    "2.5.29.9": "subjectDirectoryAttributes", "2.5.29.14": "subjectKeyIdentifier",
    "2.5.29.15": "keyUsage", "2.5.29.16": "privateKeyUsagePeriod", "2.5.29.17": "subjectAltName",
    "2.5.29.18": "issuerAltName", "2.5.29.19": "basicConstraints", "2.5.29.20": "cRLNumber",
    "2.5.29.21": "cRLReason", "2.5.29.23": "holdInstructionCode", "2.5.29.24": "invalidityDate",
    "2.5.29.27": "deltaCRLIndicator", "2.5.29.28": "issuingDistributionPoint",
    "2.5.29.29": "certificateIssuer", "2.5.29.30": "nameConstraints",
    "2.5.29.31": "cRLDistributionPoints", "2.5.29.32": "certificatePolicies",
    "2.5.29.33": "policyMappings", "2.5.29.35": "authorityKeyIdentifier",
    "2.5.29.36": "policyConstraints", "2.5.29.37": "extKeyUsage", "2.5.29.46": "freshestCRL",
    "2.5.29.54": "inhibitAnyPolicy", "2.5.29.56": "noRevAvail",
    "1.3.6.1.5.5.7.1.1": "authorityInfoAccess", "1.3.6.1.5.5.7.1.3": "qcStatements",
    "1.3.6.1.5.5.7.1.11": "subjectInfoAccess", "1.3.6.1.5.5.7.1.24": "tlsFeature",
    "1.3.6.1.5.5.7.1.31": "acmeIdentifier",
    "1.3.6.1.5.5.7.48.1.2": "ocspNonce", "1.3.6.1.5.5.7.48.1.3": "ocspCRL",
    "1.3.6.1.5.5.7.48.1.4": "acceptableResponses", "1.3.6.1.5.5.7.48.1.5": "ocspNoCheck",
    "1.3.6.1.5.5.7.48.1.6": "archiveCutoff",
    "1.3.6.1.4.1.11129.2.4.2": "signedCertificateTimestampList",
    "1.3.6.1.4.1.11129.2.4.3": "precertificatePoison",
    "1.3.6.1.4.1.11129.2.4.5": "ocspSignedCertificateTimestampList",
    "2.16.840.1.113730.1.1": "netscapeCertType", "2.16.840.1.113730.1.13": "netscapeComment",
    "1.3.6.1.4.1.311.20.2": "microsoftCertificateTemplateName",
    "1.3.6.1.4.1.311.21.7": "microsoftCertificateTemplate",
    "1.3.6.1.4.1.311.21.1": "microsoftCAVersion", "1.3.36.8.3.3": "admission",
}
KEYS = {
    "1.2.840.113549.1.1.1": "rsaEncryption", "1.2.840.113549.1.1.10": "id-RSASSA-PSS",
    "1.2.840.113549.1.1.7": "id-RSAES-OAEP", "1.2.840.10045.2.1": "id-ecPublicKey",
    "1.2.840.10040.4.1": "id-dsa", "1.2.840.10046.2.1": "dhpublicnumber",
    "1.3.101.110": "id-X25519", "1.3.101.111": "id-X448", "1.3.101.112": "id-Ed25519",
    "1.3.101.113": "id-Ed448", "2.16.840.1.101.3.4.3.17": "id-ml-dsa-44",
    "2.16.840.1.101.3.4.3.18": "id-ml-dsa-65", "2.16.840.1.101.3.4.3.19": "id-ml-dsa-87",
    "2.16.840.1.101.3.4.4.1": "id-alg-ml-kem-512", "2.16.840.1.101.3.4.4.2": "id-alg-ml-kem-768",
    "2.16.840.1.101.3.4.4.3": "id-alg-ml-kem-1024",
}
CURVES = {
    "1.2.840.10045.3.1.1": "secp192r1 (P-192)", "1.3.132.0.33": "secp224r1 (P-224)",
    "1.2.840.10045.3.1.7": "secp256r1 (P-256)", "1.3.132.0.34": "secp384r1 (P-384)",
    "1.3.132.0.35": "secp521r1 (P-521)", "1.3.132.0.10": "secp256k1",
    "1.3.36.3.3.2.8.1.1.7": "brainpoolP256r1", "1.3.36.3.3.2.8.1.1.11": "brainpoolP384r1",
    "1.3.36.3.3.2.8.1.1.13": "brainpoolP512r1",
}
SIGNATURES = {
    "1.2.840.113549.1.1.2": "md2WithRSAEncryption", "1.2.840.113549.1.1.3": "md4WithRSAEncryption",
    "1.2.840.113549.1.1.4": "md5WithRSAEncryption", "1.2.840.113549.1.1.5": "sha1WithRSAEncryption",
    "1.3.14.3.2.29": "sha1WithRSASignature", "1.2.840.113549.1.1.14": "sha224WithRSAEncryption",
    "1.2.840.113549.1.1.11": "sha256WithRSAEncryption",
    "1.2.840.113549.1.1.12": "sha384WithRSAEncryption",
    "1.2.840.113549.1.1.13": "sha512WithRSAEncryption",
    "1.2.840.10045.4.1": "ecdsa-with-SHA1", "1.2.840.10045.4.3.1": "ecdsa-with-SHA224",
    "1.2.840.10045.4.3.2": "ecdsa-with-SHA256", "1.2.840.10045.4.3.3": "ecdsa-with-SHA384",
    "1.2.840.10045.4.3.4": "ecdsa-with-SHA512", "1.2.840.10040.4.3": "dsa-with-sha1",
    "2.16.840.1.101.3.4.3.1": "dsa-with-sha224", "2.16.840.1.101.3.4.3.2": "dsa-with-sha256",
}
HASHES = {
    "1.2.840.113549.2.2": "id-md2", "1.2.840.113549.2.5": "id-md5", "1.3.14.3.2.26": "id-sha1",
    "2.16.840.1.101.3.4.2.4": "id-sha224", "2.16.840.1.101.3.4.2.1": "id-sha256",
    "2.16.840.1.101.3.4.2.2": "id-sha384", "2.16.840.1.101.3.4.2.3": "id-sha512",
    "1.2.840.113549.1.1.8": "id-mgf1",
}
PURPOSES = {
    "1.3.6.1.5.5.7.3.1": "serverAuth", "1.3.6.1.5.5.7.3.2": "clientAuth",
    "1.3.6.1.5.5.7.3.3": "codeSigning", "1.3.6.1.5.5.7.3.4": "emailProtection",
    "1.3.6.1.5.5.7.3.8": "timeStamping", "1.3.6.1.5.5.7.3.9": "OCSPSigning",
    "2.5.29.37.0": "anyExtendedKeyUsage", "1.3.6.1.4.1.11129.2.4.4": "precertificateSigning",
    "1.3.6.1.4.1.311.10.3.3": "microsoftServerGatedCrypto",
    "1.3.6.1.4.1.311.20.2.2": "microsoftSmartcardLogon",
    "2.16.840.1.113730.4.1": "netscapeServerGatedCrypto",
}
OTHERS = {
    "2.5.29.32.0": "anyPolicy", "2.23.140.1.1": "extended-validation",
    "2.23.140.1.2.1": "domain-validated", "2.23.140.1.2.2": "organization-validated",
    "2.23.140.1.2.3": "individual-validated", "1.3.6.1.5.5.7.2.1": "id-qt-cps",
    "1.3.6.1.5.5.7.2.2": "id-qt-unotice", "1.3.6.1.5.5.7.48.1": "id-ad-ocsp",
    "1.3.6.1.5.5.7.48.2": "id-ad-caIssuers", "1.3.6.1.5.5.7.48.5": "id-ad-caRepository",
    "1.3.6.1.5.5.7.48.1.1": "id-pkix-ocsp-basic",
    "1.3.6.1.4.1.311.20.2.3": "userPrincipalName", "1.3.6.1.5.5.7.8.9": "SmtpUTF8Mailbox",
    "1.2.840.113549.1.7.1": "id-data", "1.2.840.113549.1.7.2": "id-signedData",
}
NAMES = {**ATTRIBUTES, **EXTENSIONS, **KEYS, **CURVES, **SIGNATURES, **HASHES, **PURPOSES, **OTHERS}

_LONGEST_ARC, _LONGEST = 40, 256  # bytes; a UUID as a number (2.25.x) needs 19


def oid_name(dotted: str) -> str:
    """`oid_name("2.5.4.3")` -> "commonName"; the dotted text itself where it is not in the list."""
    return NAMES.get(dotted, dotted)


@lru_cache(maxsize=4096)
def dotted(content: bytes) -> str:
    """The contents of an OBJECT IDENTIFIER as text, "" if they are none (X.690 section 8.19).

    Seven bits a byte, the top bit says "more follows"; the first number holds the first two arcs.
    """
    if not content or len(content) > _LONGEST or content[-1] & 0x80:
        return ""
    arcs, number, width = [], 0, 0
    for byte in content:
        if (not width and byte == 0x80) or width >= _LONGEST_ARC:
            return ""
        number, width = number << 7 | byte & 0x7F, width + 1
        if byte < 0x80:
            arcs.append(number)
            number = width = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))
