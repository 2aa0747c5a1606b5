"""Any certificate, field by field: what is not asked for stays as a careful CA writes it."""

import hashlib
import subprocess
import sys
import warnings
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from helpers import lab, pki
from helpers.pki import authority, encode

DAY = timedelta(days=1)
UNKNOWN = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.32473.1"), b"\x05\x00")


def root() -> pki.Identity:
    return pki.issue("TEST ONLY Some Root", ca=True)


def middle(**fields) -> pki.Identity:
    return pki.issue("TEST ONLY Some CA", ca=True, by=root(), **fields)


def accepted(leaf: pki.Identity, host: str = lab.HOST) -> bool:
    policy = PolicyBuilder().store(Store([root().certificate])).time(lab.NOW)
    try:
        policy.build_server_verifier(x509.DNSName(host)).verify(
            leaf.certificate, list(leaf.intermediates))
    except VerificationError:
        return False
    return True


def facts(identity: pki.Identity) -> dict[str, object]:
    """Every field but serial number and signature, which depend on all the others."""
    item = identity.certificate
    fields = {"version": item.version, "issuer": item.issuer, "subject": item.subject,
              "start": item.not_valid_before_utc, "end": item.not_valid_after_utc,
              "key": item.public_key().public_numbers(),
              "algorithm": item.signature_algorithm_oid.dotted_string}
    fields |= {extension.oid.dotted_string: (extension.value, extension.critical)
               for extension in item.extensions}
    return fields


def changed(one: pki.Identity, other: pki.Identity) -> set[str]:
    first, second = facts(one), facts(other)
    return {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}


def test_left_alone_it_is_a_good_certificate():
    leaf = pki.issue(lab.HOST, by=middle())
    assert accepted(leaf)
    assert leaf.key.public_key() == leaf.certificate.public_key()
    assert leaf.intermediates == (middle().certificate,)
    assert root().intermediates == middle().intermediates == ()
    assert not accepted(leaf, "other.example")


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_it_writes_what_cryptography_writes(kind):
    """`authority` goes through cryptography's builder; the same fields give the same bytes."""
    theirs = authority.server(kind)
    ours = pki.issue(lab.HOST, by=authority.intermediate(), key=f"server_{kind}",
                     serial={"rsa": 3, "ecdsa": 4}[kind], end=lab.NOW + 90 * DAY)
    assert ours.chain == theirs.chain


def test_a_ca_is_what_cryptography_writes():
    ours = pki.issue("TEST ONLY Intermediate CA", by=authority.root(), ca=True, path_length=0,
                     key="intermediate", serial=2, end=lab.NOW + 2000 * DAY)
    assert ours.certificate == authority.intermediate().certificate


SAN, EKU, USAGE, BASIC = "2.5.29.17", "2.5.29.37", "2.5.29.15", "2.5.29.19"
SUBJECT_KEY, ISSUER_KEY, CONSTRAINTS = "2.5.29.14", "2.5.29.35", "2.5.29.30"


@pytest.mark.parametrize(("field", "touched"), [
    ({"host": "a.example"}, {SAN}),
    ({"names": ["192.0.2.7", "a@shop.example", "https://shop.example/"]}, {SAN}),
    ({"names": ()}, {SAN}),
    ({"start": 3, "end": lab.NOW + 90 * DAY - timedelta(seconds=1)}, {"start"}),
    ({"days": 5}, {"end"}),
    ({"days": 9.5}, {"end"}),
    ({"usage": ["key_agreement"]}, {USAGE}),
    ({"extended": ["client", "1.2.3.4"]}, {EKU}),
    ({"extended": ()}, {EKU}),
    ({"constraints": {"permitted": ["a.example", "10.0.0.0/8"]}}, {CONSTRAINTS}),
    ({"extensions": [UNKNOWN]}, {"1.3.6.1.4.1.32473.1"}),
    ({"without": [x509.SubjectKeyIdentifier, x509.ExtendedKeyUsage.oid]}, {SUBJECT_KEY, EKU}),
    ({"hash": "sha384"}, {"algorithm"}),
    ({"hash": "sha1"}, {"algorithm"}),
    ({"issuer": x509.Name([])}, {"issuer"}),
    ({"sign_with": lab.key("rsa2048")}, {"algorithm"}),
    ({"key": "p384"}, {"key", SUBJECT_KEY}),
    ({"serial": 7}, set()),
], ids=lambda given: "" if isinstance(given, set) else "-".join(given))
def test_each_keyword_changes_its_field_alone(field, touched):
    by = middle()
    if "extended" in field:
        field = field | {"extended": [x509.ObjectIdentifier(item) if "." in item else item
                                      for item in field["extended"]]}
    assert changed(pki.issue(lab.HOST, by=by), pki.issue(lab.HOST, by=by, **field)) == touched


def test_dates_are_counted_as_the_baseline_requirements_count():
    leaf = pki.issue(lab.HOST, by=middle(), start=datetime(2026, 3, 1, tzinfo=UTC), days=200)
    assert leaf.certificate.not_valid_after_utc == datetime(2026, 9, 16, 23, 59, 59, tzinfo=UTC)
    late = pki.issue(lab.HOST, by=middle(), end=datetime(2051, 1, 2, tzinfo=UTC))
    assert late.certificate.not_valid_after_utc == datetime(2051, 1, 2, tzinfo=UTC)
    assert b"20510102000000Z" in late.chain[0]  # GeneralizedTime from 2050 on


@pytest.mark.parametrize("serial", [0, -1, -129, 127, 128, 1 << 158, 1 << 159, 1 << 2000])
def test_serial_numbers_that_no_ca_should_give(serial):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # cryptography warns of each of these, as it should
        assert pki.issue(lab.HOST, by=middle(), serial=serial).certificate.serial_number == serial


def test_serial_numbers_follow_from_the_contents():
    by = middle()
    numbers = {pki.issue(lab.HOST, by=by, days=days).certificate.serial_number
               for days in range(1, 9)}
    assert len(numbers) == 8
    assert all(0 < number < 1 << 127 for number in numbers)


@pytest.mark.parametrize(("name", "kind"), [
    ("p256", ec.EllipticCurvePrivateKey), ("p384", ec.EllipticCurvePrivateKey),
    ("ed25519", ed25519.Ed25519PrivateKey), ("rsa2048", rsa.RSAPrivateKey),
    ("rsa3072", rsa.RSAPrivateKey), ("rsa1024", rsa.RSAPrivateKey)])
def test_keys_of_every_kind_sign_and_are_signed(name, kind):
    ca = pki.issue("TEST ONLY Some CA", ca=True, key=name)
    assert isinstance(ca.key, kind)
    assert pki.issue("TEST ONLY Some CA", ca=True, key=name) == ca
    leaf = pki.issue(lab.HOST, by=ca, key=name)
    leaf.certificate.verify_directly_issued_by(ca.certificate)
    assert encode.is_signed_by(leaf.certificate, ca.certificate.public_key())
    assert not encode.is_signed_by(leaf.certificate, pki.test_key("x").public_key())
    assert leaf.intermediates == ()


def test_post_quantum_signatures():
    key = mldsa.MLDSA65PrivateKey.from_seed_bytes(lab.seeded("ml-dsa")(32))
    ca = pki.issue("TEST ONLY Quantum Root", ca=True, key=key)
    leaf = pki.issue(lab.HOST, by=ca, key=key)
    leaf.certificate.verify_directly_issued_by(ca.certificate)
    assert len(leaf.certificate.signature) == 3309


def test_another_curve():
    ca = pki.issue("TEST ONLY Odd Curve", ca=True, key=ec.derive_private_key(7, ec.SECP521R1()))
    ca.certificate.verify_directly_issued_by(ca.certificate)


@pytest.mark.parametrize(("key", "hash_name"), [
    (None, "sha1"), ("rsa2048", "sha1"), ("rsa2048", "md5"), ("rsa2048", "sha512")])
def test_hashes_that_cryptography_would_not_sign_with(key, hash_name):
    ca = pki.issue("TEST ONLY Some Root", ca=True, key=key, hash=hash_name)
    assert ca.certificate.signature_hash_algorithm.name == hash_name
    assert encode.is_signed_by(ca.certificate, ca.key.public_key())
    assert pki.issue(lab.HOST, by=ca).intermediates == ()  # it is seen to be a root


def test_no_such_algorithm():
    with pytest.raises(ValueError, match="no signature algorithm with the hash 'md5' for EC"):
        pki.issue(lab.HOST, by=middle(), hash="md5")


def test_inner_and_outer_algorithm_differ():
    leaf = pki.issue(lab.HOST, by=middle(), outer="sha384")
    inner, outer = "2a8648ce3d040302", "2a8648ce3d040303"
    assert inner in leaf.certificate.tbs_certificate_bytes.hex()
    assert outer not in leaf.certificate.tbs_certificate_bytes.hex()
    assert outer in leaf.chain[0].hex()


def test_versions():
    first = pki.issue(lab.HOST, by=middle(), version=1).certificate
    assert first.version is x509.Version.v1
    assert not list(first.extensions)
    with_one = pki.certificate_der(lab.HOST, by=middle(), version=1, extensions=[UNKNOWN])
    assert encode.oid("1.3.6.1.4.1.32473.1") in with_one
    with pytest.raises(ValueError, match="cryptography cannot read it: 1 is not a valid X509"):
        pki.issue(lab.HOST, by=middle(), version=2)
    assert pki.certificate_der(lab.HOST, by=middle(), version=2)[8:13].hex().endswith("020101")


def test_extensions_twice_and_replaced():
    again = x509.BasicConstraints(True, None)
    twice = pki.issue(lab.HOST, by=middle(), extensions=[again, again]).certificate
    with pytest.raises(x509.DuplicateExtension):
        _ = twice.extensions
    loose = pki.issue("TEST ONLY Loose", ca=True, extensions=[(again, False)]).certificate
    found = loose.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (found.critical, found.value.ca) == (False, True)


def test_an_empty_subject_makes_the_names_critical():
    leaf = pki.issue(x509.Name([]), by=middle(), host=lab.HOST).certificate
    assert leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).critical
    assert not list(leaf.subject)


def test_a_negative_path_length():
    der = pki.certificate_der("TEST ONLY Below Zero", ca=True, path_length=-3)
    assert bytes.fromhex("30060101ff0201fd") in der
    on_leaf = pki.certificate_der(lab.HOST, by=middle(), path_length=2)
    assert bytes.fromhex("3003020102") in on_leaf


def test_raw_writes_what_no_keyword_can():
    parts_seen = []

    def odd_time(parts):
        parts_seen.extend(parts)
        later = encode.generalized_time(lab.NOW + DAY)
        return parts | {"validity": encode.sequence(encode.time(lab.NOW), later)}

    der = pki.certificate_der(lab.HOST, by=middle(), raw=odd_time)
    assert b"\x18\x0f20260902120000Z" in der
    assert parts_seen == ["version", "serialNumber", "signature", "issuer", "validity", "subject",
                          "subjectPublicKeyInfo", "extensions"]
    leaf = pki.issue(lab.HOST, by=middle(), raw=lambda parts: parts.update(extensions=b""))
    assert not list(leaf.certificate.extensions)
    leaf.certificate.verify_directly_issued_by(middle().certificate)  # signed after the change


def test_signed_by_somebody_else():
    forged = pki.issue(lab.HOST, by=middle(), sign_with=pki.test_key("Mallory"))
    assert forged.certificate.issuer == middle().certificate.subject
    assert not accepted(forged)


def test_a_public_key_is_enough():
    key = lab.key("p256").public_key()
    leaf = pki.issue(lab.HOST, by=middle(), key=key)
    assert leaf.key is None
    assert leaf.certificate.public_key() == key
    assert accepted(leaf)


def test_a_name_goes_where_it_belongs():
    names = pki.issue("x", names=["*.shop.example", "192.0.2.7", "2001:db8::1", "10.0.0.0/8",
                                  "a@shop.example", "https://shop.example/", x509.DNSName("n")]
                      ).certificate.extensions.get_extension_for_class(
                          x509.SubjectAlternativeName).value
    assert [type(name) for name in names] == [
        x509.DNSName, x509.IPAddress, x509.IPAddress, x509.IPAddress, x509.RFC822Name,
        x509.UniformResourceIdentifier, x509.DNSName]


def test_purposes():
    leaf = pki.issue(lab.HOST, extended=pki.PURPOSES)
    value = leaf.certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert len(value) == len(pki.PURPOSES)
    assert ExtendedKeyUsageOID.SERVER_AUTH in value


def test_the_same_bytes_in_another_process():
    code = ("from helpers import pki; import hashlib; print(hashlib.sha256(b''.join("
            "pki.issue('shop.example', by=pki.issue('TEST ONLY Some CA', ca=True,"
            " by=pki.issue('TEST ONLY Some Root', ca=True))).chain)).hexdigest())")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                         cwd=lab.DATA.parent, timeout=60)
    here = pki.issue(lab.HOST, by=middle()).chain
    assert run.stdout.strip() == hashlib.sha256(b"".join(here)).hexdigest()


def test_keys_worked_out_from_names():
    assert pki.test_key("a").private_numbers() == pki.test_key("a").private_numbers()
    assert pki.test_key("a").private_numbers() != pki.test_key("b").private_numbers()
    assert pki.issue("a").certificate.public_bytes(Encoding.DER) == pki.certificate_der("a")
