"""Path building: shuffled, padded, crossed, looping and hostile heaps; little work for each."""

import random
import time

import pytest

from helpers import pki
from helpers.pki import path
from tests.pki.ground import HOST, ground

FORGER = pki.test_key("forger")


def judge(sent, *roots, **more):
    certificates = [getattr(item, "certificate", item) for item in sent]
    return pki.judge(certificates, roots=[root.certificate for root in roots], name=HOST, **more)


@pytest.fixture(scope="module")
def long():
    """root, three CAs, leaf: as identities from the root down."""
    chain = [pki.issue("Root", ca=True)]
    for number in (1, 2, 3):
        chain.append(pki.issue(f"CA {number}", ca=True, by=chain[-1]))
    return [*chain, pki.issue(HOST, by=chain[-1])]


def test_any_order(long):
    root, *cas, leaf = long
    strangers = [ground().ca, ground().leaf, pki.issue("Stranger", ca=True), root, leaf]
    for seed in range(10):
        heap = [*cas, *strangers]
        random.Random(seed).shuffle(heap)
        verdict = judge([leaf, *heap], root)
        assert verdict.good
        assert [item.subject for item in verdict.path] == \
            [item.certificate.subject for item in reversed(long)]


def test_what_is_not_a_certificate_is_passed_over(long):
    root, *cas, leaf = long
    assert judge([leaf, b"", b"rubbish", b"\x30\x80", *cas, b"\x00" * (1 << 21)], root).good


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_a_gap_is_named(long, missing):
    root, leaf = long[0], long[-1]
    verdict = judge([leaf, *(long[number] for number in (1, 2, 3) if number != missing)], root)
    assert verdict.failed.check == "path"
    assert f"CN=CA {missing}," in verdict.failed.reason
    assert verdict.alert == "unknown_ca"


def test_no_root_no_path(long):
    root, *cas, leaf = long
    verdict = judge([leaf, *cas, root])
    assert "which issued itself" in verdict.failed.reason
    assert "0 trusted roots" in verdict.failed.reason
    alone = pki.issue(HOST)
    assert "itself is self-signed" in judge([alone], root).failed.reason
    assert judge([pki.issue(HOST, by=root)], root).good


def test_a_trusted_certificate_ends_the_path_wherever_it_stands(long):
    _, *cas, leaf = long
    assert [len(judge([leaf, *cas], ca).path) for ca in cas] == [4, 3, 2]
    assert len(judge([leaf], leaf).path) == 1


def test_the_way_up_that_validates_is_found_among_bad_ones(long):
    root, *_ = long
    ca = pki.issue("Shared CA", ca=True, by=root)
    expired = pki.cross_sign(ca, root, start=-100, days=50)
    untrusted = pki.cross_sign(ca, pki.issue("Elsewhere", ca=True))
    narrow = pki.cross_sign(ca, root, constraints={"permitted": ["other.example"]})
    short = pki.cross_sign(pki.issue("Above", ca=True, by=root, path_length=0), root)
    forged = pki.issue("Shared CA", ca=True, by=root, key=ca.key, sign_with=FORGER, serial=99)
    namesake = pki.issue("Shared CA", ca=True, by=root, key=pki.test_key("namesake"))
    leaf = pki.issue(HOST, by=ca)
    bad = [expired, untrusted, narrow, short, forged, namesake]
    for seed in range(8):
        random.Random(seed).shuffle(bad)
        assert judge([leaf, *bad, ca], root).good
    assert not judge([leaf, *bad], root).good


def test_two_roots_with_one_name(long):
    root, *cas, leaf = long
    namesake = pki.issue("Root", ca=True, key=FORGER)
    assert judge([leaf, *cas], namesake, root).good
    found = judge([leaf, *cas], namesake).failed
    assert found.check == "signature"


def test_a_loop_ends():
    one = pki.issue("One", ca=True)
    two = pki.issue("Two", ca=True, by=one)
    back = pki.cross_sign(one, two)
    leaf = pki.issue(HOST, by=one)
    verdict = judge([leaf, back, two, pki.cross_sign(two, one)], ground().root)
    assert verdict.failed.check == "path"
    assert verdict.work.candidates < 20


@pytest.mark.parametrize("trusted", [True, False])
def test_a_web_of_cross_signed_cas(trusted):
    """Everybody signed everybody: more paths than atoms, and little work all the same."""
    root = pki.issue("Top", ca=True)
    cas = [pki.issue(f"Knot {number}", ca=True, by=root) for number in range(9)]
    web = [pki.cross_sign(one, other) for one in cas for other in cas if one is not other]
    leaf = pki.issue(HOST, by=cas[0])
    start = time.perf_counter()
    verdict = judge([leaf, *web], *([root] if trusted else []))
    assert time.perf_counter() - start < 20
    assert verdict.good is False
    if trusted:
        assert judge([leaf, *web, cas[8].certificate], root).good
    assert verdict.work.candidates <= 2 * path.CANDIDATES
    assert verdict.work.signatures <= 128


def test_thousands_of_namesakes():
    root = pki.issue("Root of many", ca=True)
    ca = pki.issue("Namesake", ca=True, by=root)
    other = pki.issue("Namesake", ca=True, by=root, key=FORGER)
    der = bytearray(other.chain[0])
    many = []
    for number in range(3000):
        der[-4:] = number.to_bytes(4, "big")  # another signature each time
        many.append(bytes(der))
    leaf = pki.issue(HOST, by=ca)
    start = time.perf_counter()
    assert judge([leaf, *many, ca], root).good
    refused = judge([leaf, *many], root)
    assert refused.failed.check == "signature"
    assert refused.work.signatures <= 128
    assert time.perf_counter() - start < 30


def test_the_work_is_counted(long):
    root, *cas, leaf = long
    work = judge([leaf, *cas], root).work
    assert (work.candidates, work.signatures, work.paths) == (4, 4, 1)


def test_the_key_that_is_named_is_tried_first(long):
    root = long[0]
    ca = pki.issue("Twin", ca=True, by=root)
    twins = [pki.issue("Twin", ca=True, by=root, key=pki.test_key(f"twin {number}"))
             for number in range(50)]
    assert judge([pki.issue(HOST, by=ca), *twins, ca], root).work.candidates == 2
