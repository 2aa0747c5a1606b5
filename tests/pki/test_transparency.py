"""Logs, receipts and proofs: published vectors, a real certificate, and everything that is off."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from helpers import lab, pki
from helpers.pki import merkle, transparency

# The inputs and roots with which Google's Certificate Transparency code has been tested since 2012
# (merkletree/merkle_tree_test.cc), used by every log since.
INPUTS = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f")]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def leaves(size: int) -> list[bytes]:
    return [merkle.leaf_hash(number.to_bytes(2)) for number in range(size)]


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size):
    hashes = [merkle.leaf_hash(entry) for entry in INPUTS[:size]]
    assert merkle.tree_hash(hashes).hex() == ROOTS[size]


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))))
def test_every_entry_can_be_proven_and_nothing_else(place):
    size, index = place
    hashes = leaves(size)
    path, root = merkle.inclusion_path(hashes, index), merkle.tree_hash(hashes)
    assert merkle.included(hashes[index], index, size, path, root)
    assert len(path) <= (size - 1).bit_length()
    assert not merkle.included(merkle.leaf_hash(b"another"), index, size, path, root)
    assert not merkle.included(hashes[index], index, size, path, merkle.leaf_hash(b""))
    assert not merkle.included(hashes[index], index, size, (*path, root), root)
    assert not merkle.included(hashes[index], size, size, path, root)
    assert not merkle.included(hashes[index], -1, size, path, root)
    for cut in range(len(path)):
        assert not merkle.included(hashes[index], index, size, path[:cut], root)
        bent = (*path[:cut], merkle.leaf_hash(b"bent"), *path[cut + 1:])
        assert not merkle.included(hashes[index], index, size, bent, root)
    for other in {index ^ 1, index // 2} - {index}:
        assert not merkle.included(hashes[index], other, size, path, root)


def test_no_such_entry():
    with pytest.raises(IndexError, match="the list has 3 entries, so no entry 3"):
        merkle.inclusion_path(leaves(3), 3)


def test_a_node_cannot_pass_for_a_leaf():
    left, right = leaves(2)
    assert merkle.leaf_hash(left + right) != merkle.node_hash(left, right)


# --- receipts -----------------------------------------------------------------------------------


def logged(*logs: pki.Log, subject: str = lab.HOST, **fields) -> x509.Certificate:
    return pki.issue(subject, by=pki.intermediate(), logs=logs, **fields).certificate


def reasons(certificate, logs, **fields) -> list[str]:
    found = pki.check_scts(certificate, pki.intermediate().certificate, logs, **fields)
    assert all(item.good == item.reason.startswith(item.log + " has had it") if item.log
               else not item.good for item in found)
    return [item.reason for item in found]


def test_receipts_of_the_lab():
    alder, birch = pki.Log("Alder"), pki.Log("Birch")
    certificate = logged(alder, birch)
    assert reasons(certificate, [alder, birch]) == [
        "Alder has had it since 2026-08-22", "Birch has had it since 2026-08-22"]
    assert reasons(certificate, [alder])[1].startswith("no log that is known has the id")
    assert reasons(logged(), [alder]) == []


def test_cryptography_reads_the_same_receipts():
    log = pki.Log("Alder")
    stamp, = logged(log).extensions.get_extension_for_class(
        x509.PrecertificateSignedCertificateTimestamps).value
    assert stamp.log_id == log.id
    assert stamp.timestamp == log.time.replace(tzinfo=None)
    assert stamp.version is x509.certificate_transparency.Version.v1
    assert stamp.signature_hash_algorithm.name == "sha256"
    assert stamp.extension_bytes == b""


def test_what_the_log_signed_is_what_cryptography_calls_the_precertificate():
    log = pki.Log("Alder")
    certificate = logged(log)
    entry = transparency.precertificate_entry(certificate.tbs_precertificate_bytes,
                                              pki.intermediate().certificate.public_key())
    assert log.entries == [transparency.signed_content(
        transparency.milliseconds(log.time), entry)]


def test_the_same_certificate_gets_the_same_receipt():
    log = pki.Log("Alder")
    assert logged(log) == logged(log)
    assert len(log.entries) == 1


def test_a_receipt_is_about_one_certificate():
    log = pki.Log("Alder")
    ours, theirs = logged(log, serial=5), logged(log, subject="b.example")
    stamps = theirs.extensions.get_extension_for_class(
        x509.PrecertificateSignedCertificateTimestamps).value
    moved = x509.UnrecognizedExtension(stamps.oid, stamps.public_bytes())
    certificate = logged(serial=5, extensions=[moved])
    assert certificate.tbs_precertificate_bytes == ours.tbs_precertificate_bytes
    assert reasons(certificate, [log]) == [
        "the signature does not fit the key of Alder: the log never saw this certificate"]


def test_a_receipt_is_about_one_issuer():
    log = pki.Log("Alder")
    found, = pki.check_scts(logged(log), pki.root().certificate, [log])
    assert not found.good


def test_a_receipt_from_the_future():
    log = pki.Log("Alder", time=lab.NOW + timedelta(days=1))
    assert reasons(logged(log), [log]) == ["signed on 2026-09-02, which is still to come"]
    assert reasons(logged(log), [log], time=log.time) == ["Alder has had it since 2026-09-02"]


def test_a_real_certificate():
    """cryptography.io in 2018, by Let's Encrypt, with receipts of two logs that were real."""
    leaf, issuer = pki.real_chain()
    logs = pki.logs_of_2018()
    found = pki.check_scts(leaf, issuer, logs)
    assert [(item.log, item.good) for item in found] == [
        ("Google 'Icarus'", True), ("Comodo 'Mammoth'", True)]
    swapped = [replace(logs[0], public_key=pki.Log("x").public_key), logs[1]]
    assert [item.good for item in pki.check_scts(leaf, issuer, swapped)] == [False, True]


# --- the tree -----------------------------------------------------------------------------------


def test_the_tree():
    log, issuer = pki.Log("Alder"), pki.intermediate().certificate
    certificates = [logged(log, subject=f"{number}.example") for number in range(11)]
    head = log.tree_head()
    assert head.size == 11
    assert transparency.verifies(log.public_key, head.signature, head.content)
    for number, certificate in enumerate(certificates):
        index, path = log.prove(certificate, issuer)
        assert index == number
        assert pki.is_logged(certificate, issuer, log.time, head, index, path)
        other = certificates[number - 1]
        assert not pki.is_logged(other, issuer, log.time, head, index, path)
    changed = replace(head, root_hash=bytes(32))
    assert not transparency.verifies(log.public_key, changed.signature, changed.content)
    with pytest.raises(LookupError, match="the log Alder has never seen this certificate"):
        log.prove(logged(), issuer)


def test_a_certificate_without_receipts_can_be_added_later():
    log, issuer = pki.Log("Alder"), pki.intermediate().certificate
    plain = logged()
    stamp = log.add(plain, issuer)
    assert pki.is_logged(plain, issuer, log.time, log.tree_head(), *log.prove(plain, issuer))
    with_it = logged(log)
    assert len(log.entries) == 1  # the same content, with and without the receipt
    assert stamp.to_bytes() in with_it.public_bytes(Encoding.DER)


def test_a_precertificate_has_the_same_entry():
    log, issuer = pki.Log("Alder"), pki.intermediate()
    final, poisoned = logged(log, serial=5), logged(serial=5, extensions=[x509.PrecertPoison()])
    assert transparency.tbs_of(poisoned) == transparency.tbs_of(final)
    log.add(poisoned, issuer.certificate)
    assert len(log.entries) == 1
