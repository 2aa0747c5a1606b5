"""Notes for extensions, and for requests, revocation lists and OCSP: path ending -> (why, source).

RFC 5280 section 4.2 says what an extension is for; the web's own rules (the CA/Browser Forum's
Baseline Requirements) are named where they ask for more.
"""

_EXT = "RFC 5280 section 4.2"
_CRL = "RFC 5280 section 5"
_SCT = "RFC 6962 section 3"
_OCSP = "RFC 6960 section 4"

EXTENSIONS = {
    "extnID": ("Which extension this is.", _EXT),
    "critical": ("TRUE: whoever does not understand this extension must refuse the certificate. "
                 "FALSE is the default and not written.", _EXT),
    "extnValue": ("The extension itself, wrapped in an OCTET STRING so that readers who do not "
                  "know it can step over it.", _EXT),
    "extension": ("An extension that is not in this course's list. Not critical: ignore it. "
                  "Critical: refuse the certificate.", _EXT),
    "keyUsage": ("What the key may be used for. A CA's must say keyCertSign, or it may sign no "
                 "certificate.", f"{_EXT}.1.3"),
    "extKeyUsage": ("For which trades the certificate is good. A web server's must say serverAuth.",
                    f"{_EXT}.1.12"),
    "basicConstraints": ("Is this a CA? Without cA TRUE here no certificate that this key signs is "
                         "believed. It keeps every web site's owner from signing certificates for "
                         "others.", f"{_EXT}.1.9"),
    "cA": ("TRUE: the key may sign certificates. FALSE is the default and not written.",
           f"{_EXT}.1.9"),
    "pathLenConstraint": ("How many CAs may stand between this one and the server: 0 means that it "
                          "signs servers only.", f"{_EXT}.1.9"),
    "subjectKeyIdentifier": ("A short name for the key, most often a hash of it. It helps to find "
                             "the right issuer among several of one name; it proves nothing.",
                             f"{_EXT}.1.2"),
    "authorityKeyIdentifier": ("The short name of the issuer's key: look for a certificate with "
                               "this subjectKeyIdentifier. A hint, no proof.", f"{_EXT}.1.1"),
    "keyIdentifier": ("The issuer's subjectKeyIdentifier.", f"{_EXT}.1.1"),
    "authorityCertIssuer": ("Another way of saying which certificate is the issuer's: who issued "
                            "that one.", f"{_EXT}.1.1"),
    "authorityCertSerialNumber": ("The serial number of the issuer's own certificate.",
                                  f"{_EXT}.1.1"),
    "subjectAltName": ("The names that the certificate is good for. This is where a browser looks "
                       "for the host in the address bar.", f"{_EXT}.1.6"),
    "issuerAltName": ("Other names of the issuer. Nobody on the web reads them.", f"{_EXT}.1.7"),
    "dNSName": ("One host name. A star may stand for its leftmost label: *.example.org is for "
                "www.example.org, not for a.b.example.org.", "RFC 9525 section 6.3"),
    "iPAddress": ("An address, 4 or 16 bytes. It is compared byte for byte, and no dNSName can "
                  "stand in for it.", "RFC 9525 section 6.4"),
    "rfc822Name": ("A mail address.", f"{_EXT}.1.6"),
    "uniformResourceIdentifier": ("An address to fetch something from.", f"{_EXT}.1.6"),
    "directoryName": ("A name of the same kind as subject.", f"{_EXT}.1.6"),
    "nameConstraints": ("Fences a CA in: certificates below it may carry only names that are "
                        "permitted here and not excluded.", f"{_EXT}.1.10"),
    "permittedSubtrees": ("Names of these kinds must lie inside.", f"{_EXT}.1.10"),
    "excludedSubtrees": ("Names inside are refused, even if they are permitted too.",
                         f"{_EXT}.1.10"),
    "cRLDistributionPoints": ("Where the list of revoked certificates is to be had.",
                              f"{_EXT}.1.13"),
    "distributionPoint": ("One place where the list is.", f"{_EXT}.1.13"),
    "freshestCRL": ("Where the changes since the last full list are to be had.", f"{_EXT}.1.15"),
    "certificatePolicies": ("By which rules the CA checked before it signed; 2.23.140.1.2.1 says: "
                            "control of the domain, and no more.", f"{_EXT}.1.4"),
    "policyIdentifier": ("The rules, as a number.", f"{_EXT}.1.4"),
    "policyQualifiers": ("Small print for people. Software does not read it.", f"{_EXT}.1.4"),
    "policyMappings": ("Which of the issuer's policies count as which of the subject's.",
                       f"{_EXT}.1.5"),
    "policyConstraints": ("From how many certificates further on policies are required, or "
                          "mapping is forbidden.", f"{_EXT}.1.11"),
    "inhibitAnyPolicy": ("From how many certificates further on anyPolicy no longer fits every "
                         "policy.", f"{_EXT}.1.14"),
    "authorityInfoAccess": ("Where to get more from the issuer: its certificate (useful when a "
                            "server forgot to send it), and its OCSP service.", f"{_EXT}.2.1"),
    "subjectInfoAccess": ("Where to get more from the subject.", f"{_EXT}.2.2"),
    "tlsFeature": ("The server promises to use these TLS extensions; 5 is OCSP stapling (\"must "
                   "staple\").", "RFC 7633 section 4"),
    "noRevAvail": ("The CA will say nothing about revocation: the certificate ends too soon for "
                   "that to matter.", "RFC 9608 section 2"),
    "acmeIdentifier": ("Only for an ACME CA that is checking a name: the hash of the challenge's "
                       "answer.", "RFC 8737 section 3"),
    "signedCertificateTimestampList": ("Receipts from public logs. Browsers want some before they "
                                       "trust: so no certificate can be issued in secret.",
                                       f"{_SCT}.3"),
    "sct_list": ("Here DER ends: these are structures in the language of TLS, as in a handshake.",
                 f"{_SCT}.3"),
    "SignedCertificateTimestamp": ("One log's promise to publish this certificate.", f"{_SCT}.2"),
    "sct_version": ("0 means version 1.", f"{_SCT}.2"),
    "log_id": ("Which log promised: the SHA-256 hash of the log's public key.", f"{_SCT}.2"),
    "timestamp": ("When the log promised, in milliseconds since 1970.", f"{_SCT}.2"),
    "sct_extensions": ("Room for more; empty in version 1.", f"{_SCT}.2"),
    "hash": ("How the log hashed what it signed.", f"{_SCT}.2"),
    "signature_algorithm": ("With what kind of key the log signed.", f"{_SCT}.2"),
    "sct_signature": ("The log's signature.", f"{_SCT}.2"),
    "precertificatePoison": ("Critical, and known to nobody: makes sure that this precertificate, "
                             "which only goes to the logs, is refused by every client.",
                             f"{_SCT}.1"),
    "netscapeCertType": ("What Netscape used before keyUsage and extKeyUsage. Ignored today.",
                         "Netscape, 1998; in no RFC"),
}

LISTS = {
    "tbsCertList": ("Exactly these bytes are what the issuer of the list signed.",
                    f"{_CRL}.1.1.1"),
    "tbsCertList.version": ("Written 1, called v2: the edition with extensions.", f"{_CRL}.1.2.1"),
    "tbsCertList.issuer": ("Who publishes this list: most often the CA whose certificates it is "
                           "about.", f"{_CRL}.1.2.3"),
    "tbsCertList.signature": ("The algorithm of the signature, once more, inside what is signed.",
                              f"{_CRL}.1.2.2"),
    "tbsCertList.thisUpdate": ("When the list was made.", f"{_CRL}.1.2.4"),
    "tbsCertList.nextUpdate": ("By when there will be a newer one. After that this list says "
                               "nothing any more.", f"{_CRL}.1.2.5"),
    "revokedCertificates": ("The certificates that nobody should believe any more. A certificate "
                            "that is not in here was not revoked.", f"{_CRL}.1.2.6"),
    "userCertificate": ("The serial number of the revoked certificate.", f"{_CRL}.1.2.6"),
    "revocationDate": ("Since when it is revoked.", f"{_CRL}.1.2.6"),
    "cRLNumber": ("Counts the lists of this issuer, so that an older one can be told from a newer.",
                  f"{_CRL}.2.3"),
    "issuingDistributionPoint": ("Which certificates the list is about, if not all of the "
                                 "issuer's.", f"{_CRL}.2.5"),
    "cRLReason": ("Why it was revoked.", f"{_CRL}.3.1"),
    "crl.signatureValue": ("The signature of the issuer of the list.", f"{_CRL}.1.1.3"),
    "certificationRequestInfo": ("What is asked for. The asker signs it with the private key that "
                                 "belongs to the public key in it.", "RFC 2986 section 4.1"),
    "certificationRequestInfo.version": ("Written 0, called v1: there has been no other.",
                                         "RFC 2986 section 4.1"),
    "certificationRequestInfo.subject": ("What the asker wants to be called. A CA believes none of "
                                         "it unless it has checked.", "RFC 2986 section 4.1"),
    "subjectPKInfo": ("The asker's public key: the one thing that the CA takes over as it is.",
                      "RFC 2986 section 4.1"),
    "attributes": ("Further wishes: today only extensionRequest, with the names in it.",
                   "RFC 2986 section 4.1"),
    "extensionRequest": ("The extensions that the asker would like to have.",
                         "RFC 2985 section 5.4.2"),
    "request.signature": ("Made with the private key of the asker: proof that the asker has it. It "
                          "proves nothing about any name.", "RFC 2986 section 4.2"),
    "responseStatus": ("Whether there is an answer at all. It is not signed, so an attacker can "
                       "put tryLater here.", f"{_OCSP}.2.1"),
    "tbsResponseData": ("Exactly these bytes are what the responder signed.", f"{_OCSP}.2.1"),
    "responderID": ("Who answers: the CA, or somebody whom the CA gave a certificate for this.",
                    f"{_OCSP}.2.1"),
    "producedAt": ("When the answer was signed.", f"{_OCSP}.2.1"),
    "certID": ("Which certificate the answer is about: hashes of its issuer's name and key, and "
               "its serial number.", f"{_OCSP}.1.1"),
    "certStatus": ("Good, revoked or unknown. Good means no more than: not revoked.",
                   f"{_OCSP}.2.1"),
    "SingleResponse.thisUpdate": ("When this was known to be true.", f"{_OCSP}.2.1"),
    "SingleResponse.nextUpdate": ("By when there will be a newer answer.", f"{_OCSP}.2.1"),
    "BasicOCSPResponse.signature": ("The responder's signature.", f"{_OCSP}.2.1"),
    "certs": ("The responder's certificate, where it is not the CA itself.", f"{_OCSP}.2.1"),
}
