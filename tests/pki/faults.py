"""What can be put wrong in one certificate of a chain: dates, signatures, keys, flags, extensions.

Some of it only one validator minds, and some nobody should mind at all (the last second of a
certificate's life, a root's own signature): that shows whether a verdict is too strict. Who minds
what, and why, is in `tools.agree_reasons`. Names and name constraints: `faults_names`.
"""

from __future__ import annotations

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    ExtensionOID,
    NameOID,
)

from helpers import lab
from helpers.pki import encode
from helpers.pki.issue import test_key
from tests.pki.recipes import CA, LEAF, ROOT, Draft, edits, fault, lacks, sets, with_key, writes

ANY, SIGNED, ISSUING = (ROOT, CA, LEAF), (CA, LEAF), (ROOT, CA)
MALLORY = test_key("Mallory")
UNKNOWN = x509.ObjectIdentifier("1.3.6.1.4.1.55555.1")


def raw(oid: x509.ObjectIdentifier, data: bytes) -> x509.UnrecognizedExtension:
    return x509.UnrecognizedExtension(oid, data)


# --- dates ----------------------------------------------------------------------------------------
sets("expired", "expired yesterday", *ANY, start=-100, days=99)
sets("not_yet_valid", "valid from tomorrow", *ANY, start=1)
sets("last_second", "this is its last second", *ANY, end=lab.NOW)
sets("first_second", "this is its first second", *ANY, start=0)
sets("backwards", "ends before it begins", *ANY, start=-5, end=lab.NOW - timedelta(days=9))
sets("too_long_lived", "a leaf for 300 days", LEAF, days=300)
edits("generalized_time", "dates before 2050 as GeneralizedTime", *ANY, part="validity",
      aspect="dates", value=lambda der: encode.sequence(
          encode.tlv(encode.GENERALIZED_TIME, b"20260801000000Z"),
          encode.tlv(encode.GENERALIZED_TIME, b"20261001000000Z")))

# --- signatures and issuers -----------------------------------------------------------------------
sets("wrong_key", "signed with another key", *SIGNED, sign_with=MALLORY)
sets("sha1", "signed over SHA-1", *ANY, hash="sha1")


@fault("other_algorithm_outside", "two different signature algorithms", *ANY)
def _(draft: Draft, at: int) -> None:
    signer = draft.recipes[max(at - 1, 0)]
    signer.claim("key")  # with an Ed25519 key there is no other hash to name
    draft.recipes[at].put(outer="sha512")


@fault("bad_signature", "a bit of the signature changed", *ANY)
def _(draft: Draft, at: int) -> None:
    draft.recipes[at].finish(lambda der: der[:-1] + bytes([der[-1] ^ 1]))


@fault("changed", "a byte changed after signing", *ANY)
def _(draft: Draft, at: int) -> None:
    before, after = (bytes.fromhex(f"112233445566778{digit}") for digit in "89")
    draft.recipes[at].put(serial=int.from_bytes(before))
    draft.recipes[at].finish(lambda der: der.replace(before, after, 1))


sets("wrong_issuer", "names another issuer", *SIGNED,
     issuer=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nobody's CA")]))
sets("issuer_in_capitals", "the issuer's name in capital letters", *SIGNED,
     issuer=lambda draft, at: x509.Name(
         [x509.NameAttribute(part.oid, part.value.upper())
          for part in draft.recipes[at - 1].subject]))


@fault("self_signed", "a leaf that signs for itself", LEAF)
def _(draft: Draft, at: int) -> None:
    draft.recipes[at].claim("signature", "issuer", ExtensionOID.AUTHORITY_KEY_IDENTIFIER)
    draft.own.add(at)


@fault("revoked", "on its issuer's CRL", *SIGNED)
def _(draft: Draft, at: int) -> None:
    draft.revoked[at] = 7000 + at
    draft.recipes[at].put(serial=draft.revoked[at])


@fault("missing", "not sent", CA)
def _(draft: Draft, at: int) -> None:
    draft.missing.add(at)


@fault("untrusted", "the root is not among those trusted", ROOT)
def _(draft: Draft, at: int) -> None:
    draft.trusted = False


# --- keys -----------------------------------------------------------------------------------------
with_key("weak_rsa", "an RSA key of 1,024 bits", *ANY, key=lambda: lab.key("rsa1024"))
with_key("ed25519", "an Ed25519 key", *ANY, key=lambda: lab.key("ed25519"))
with_key("odd_curve", "a key on secp256k1", *ANY,
         key=lambda: ec.derive_private_key(77, ec.SECP256K1()))

# --- CA or not ------------------------------------------------------------------------------------
writes("not_a_ca", "basicConstraints says: no CA", *ISSUING, critical=True,
       value=x509.BasicConstraints(False, None))
lacks("no_basic_constraints", "no basicConstraints", *ISSUING, oid=ExtensionOID.BASIC_CONSTRAINTS)
lacks("leaf_no_basic_constraints", "a leaf without basicConstraints", LEAF,
      oid=ExtensionOID.BASIC_CONSTRAINTS)
writes("plain_basic_constraints", "basicConstraints not critical", *ISSUING, critical=False,
       value=x509.BasicConstraints(True, None))
sets("path_too_long", "one CA more below than its path length allows", *ISSUING,
     needs=lambda draft, at: at < draft.last - 1,
     path_length=lambda draft, at: draft.last - at - 2)
sets("exact_path_length", "as many CAs below as its path length allows", *ISSUING,
     path_length=lambda draft, at: draft.last - at - 1)
sets("negative_path_length", "path length -1", *ISSUING, path_length=-1)
sets("leaf_path_length", "a path length in a leaf", LEAF, path_length=0)


@fault("leaf_is_ca", "a leaf that is a CA", LEAF)
def _(draft: Draft, at: int) -> None:
    draft.recipes[at].claim("subject")  # a CA without one is another fault
    draft.recipes[at].put(ca=True, extended=["server"], start=-10, days=100,
                          usage=["digital_signature"])


sets("no_cert_sign", "keyUsage without keyCertSign", *ISSUING, usage=["crl_sign"])
sets("leaf_cert_sign", "keyCertSign in a leaf", LEAF, usage=["digital_signature", "key_cert_sign"])
lacks("no_key_usage", "no keyUsage", *ANY, oid=ExtensionOID.KEY_USAGE)
writes("no_usage_bits", "keyUsage that allows nothing", *ANY, critical=True,
       value=raw(ExtensionOID.KEY_USAGE, bytes.fromhex("03020700")))


@fault("self_issued", "a CA's new key under its old name, below a path length that just fits", CA)
def _(draft: Draft, at: int) -> None:
    above, here = draft.recipes[at - 1], draft.recipes[at]
    above.claim("subject")
    here.claim("subject")
    here.subject = above.subject
    above.put(path_length=draft.last - at - 1)


# --- purposes -------------------------------------------------------------------------------------
sets("wrong_purpose", "for clients only", *SIGNED, extended=["client"])
sets("root_wrong_purpose", "a root for clients only", ROOT, extended=["client"])
sets("right_purpose", "a CA for servers only", *ISSUING, extended=["server"])
sets("no_purpose", "a leaf without extendedKeyUsage", LEAF, extended=[])
sets("any_purpose", "for any purpose, and none by name", *SIGNED, extended=["any"])
writes("critical_purpose", "extendedKeyUsage critical", LEAF, critical=True,
       value=x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]))
writes("empty_purpose", "extendedKeyUsage without a purpose", *SIGNED, critical=False,
       value=raw(ExtensionOID.EXTENDED_KEY_USAGE, encode.sequence()))

# --- version, serial number -----------------------------------------------------------------------
sets("version_1", "version 1, so without extensions", *ANY, version=1)
sets("version_2", "version 2 with extensions", *SIGNED, version=2)
sets("negative_serial", "a negative serial number", *ANY, serial=-77)
sets("zero_serial", "serial number 0", *ANY, serial=0)
sets("long_serial", "a serial number of 21 bytes", *ANY, serial=1 << 161)
sets("longest_serial", "a serial number of 20 bytes", *ANY, serial=(1 << 159) - 1)

# --- extensions -----------------------------------------------------------------------------------
writes("unknown_critical", "an unknown critical extension", *ANY, critical=True,
       value=raw(UNKNOWN, b"\x05\x00"))
writes("unknown_plain", "an unknown extension, not critical", *ANY, critical=False,
       value=raw(UNKNOWN, b"\x05\x00"))
writes("critical_policy", "policyConstraints, critical", *SIGNED, critical=True,
       value=x509.PolicyConstraints(require_explicit_policy=0, inhibit_policy_mapping=None))
writes("plain_policy", "policyConstraints, not critical", CA, critical=False,
       value=x509.PolicyConstraints(require_explicit_policy=None, inhibit_policy_mapping=0))
writes("critical_access", "authorityInfoAccess critical", *SIGNED, critical=True,
       value=x509.AuthorityInformationAccess([x509.AccessDescription(
           AuthorityInformationAccessOID.OCSP,
           x509.UniformResourceIdentifier("http://ocsp.example"))]))
writes("malformed_access", "authorityInfoAccess that cannot be read", *SIGNED, critical=False,
       value=raw(ExtensionOID.AUTHORITY_INFORMATION_ACCESS, b"malformed"))
lacks("no_issuer_id", "no authorityKeyIdentifier", *SIGNED,
      oid=ExtensionOID.AUTHORITY_KEY_IDENTIFIER)
lacks("no_key_id", "no subjectKeyIdentifier", *ANY, oid=ExtensionOID.SUBJECT_KEY_IDENTIFIER)
writes("wrong_issuer_id", "authorityKeyIdentifier of another key", *SIGNED, critical=False,
       value=x509.AuthorityKeyIdentifier.from_issuer_public_key(MALLORY.public_key()))
writes("critical_issuer_id", "authorityKeyIdentifier critical", *SIGNED, critical=True,
       value=lambda draft, at: x509.AuthorityKeyIdentifier.from_issuer_public_key(
           draft.recipes[at - 1].key.public_key()))
writes("critical_key_id", "subjectKeyIdentifier critical", *ANY, critical=True,
       value=lambda draft, at: x509.SubjectKeyIdentifier.from_public_key(
           draft.recipes[at].key.public_key()))
writes("malformed", "basicConstraints that is no SEQUENCE", *ANY, critical=True,
       value=raw(ExtensionOID.BASIC_CONSTRAINTS, b"\x05\x00"))


@fault("same_twice", "the same extension twice", *ANY)
def _(draft: Draft, at: int) -> None:
    recipe = draft.recipes[at]
    recipe.extension(raw(UNKNOWN, b"\x05\x00"), False)
    recipe.fields["extensions"].append((raw(UNKNOWN, b"\x05\x00"), False))
