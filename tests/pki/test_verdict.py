"""The verdict as a whole: lines, states, order, puzzles; strangers' bytes; what callers may ask."""

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab, pki
from helpers.pki import encode
from tests.pki.ground import HOST, failure, ground


@pytest.fixture(scope="module")
def chain():
    return ground()


def states(verdict):
    return [line.state for line in verdict.lines]


def test_a_good_chain_passes_line_by_line(chain):
    verdict = chain.judge()
    assert verdict
    assert verdict.good
    assert verdict.failed is None
    assert verdict.alert == ""
    assert tuple(line.check for line in verdict.lines) == pki.SLUGS
    assert len(pki.SLUGS) == 16
    assert [item.subject for item in verdict.path] == \
        [item.certificate.subject for item in (chain.leaf, chain.ca, chain.root)]
    for line in verdict.lines:
        assert line.reason
        assert line.title
        assert line.source.startswith(("RFC", "CA/B"))


def test_nothing_is_reached_after_a_failure():
    verdict = ground(leaf={"days": 400, "names": ["other.example"]}).judge()
    place = pki.SLUGS.index("name")
    assert states(verdict) == ["passed"] * place + ["failed"] + ["not reached"] * (15 - place)
    assert not verdict
    assert verdict.failed.certificate == HOST
    assert verdict.differs == ()


def test_the_order_decides_which_of_two_faults_is_seen():
    broken = ground(leaf={"days": 400, "names": ["other.example"]})
    assert broken.judge(order=["lifetime"]).failed.check == "lifetime"
    verdict = broken.judge(order=["ct", "lifetime", "path"])
    assert [line.check for line in verdict.lines][:4] == ["ct", "lifetime", "path", "signature"]
    assert states(verdict)[:3] == ["passed", "failed", "not reached"]


def faults():
    other = pki.issue("Elsewhere", ca=True)
    yield "path", {"leaf": {"by": other}}
    yield "signature", {"leaf": {"sign_with": pki.test_key("forger")}}
    yield "dates", {"leaf": {"start": -90, "days": 10}}
    yield "name_constraints", {"ca": {"constraints": {"permitted": ["other.example"]}}}
    yield "ca", {"ca": {"without": [x509.BasicConstraints]}}
    yield "path_length", {"root": {"path_length": 0}, "ca": {"path_length": 3}}
    yield "key_usage", {"ca": {"usage": ["crl_sign"]}}
    yield "extensions", {"leaf": {"serial": 0}}
    yield "eku", {"leaf": {"extended": ["client"]}}
    yield "name", {"leaf": {"names": ["other.example"]}}
    yield "strength", {"leaf": {"hash": "sha1"}}
    yield "lifetime", {"leaf": {"days": 400}}
    yield "policies", {"ca": {"extensions": [(x509.PolicyConstraints(0, None), True)]}}


@pytest.mark.parametrize(("slug", "fields"), list(faults()), ids=[slug for slug, _ in faults()])
def test_a_fault_slips_through_where_its_check_is_switched_off(slug, fields):
    if slug == "path_length":
        below = pki.issue("Deep", ca=True, by=ground(**fields).ca)
        broken = ground(**fields)
        sent = [pki.issue(HOST, by=below).certificate, below.certificate, broken.ca.certificate]
        question = {"roots": [broken.root.certificate], "name": HOST}
        judged = pki.judge(sent, **question), pki.judge(sent, **question, skip=[slug])
    else:
        broken = ground(**fields)
        judged = broken.judge(), broken.judge(skip=[slug])
    assert judged[0].failed.check == slug
    assert judged[1].good
    assert any(slug in text and "switched off" in text for text in judged[1].differs)
    line = next(line for line in judged[1].lines if line.check == slug)
    assert line.state == "switched off"


def test_without_the_check_of_names_anybody_may_stand_above():
    other = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Somebody")])
    assert failure(leaf={"issuer": other})[0] == "issuer"
    assert failure(leaf={"issuer": other}, skip=["issuer"]) is None


@pytest.mark.parametrize(("fields", "alert"), [
    ({"leaf": {"sign_with": pki.test_key("forger")}}, "bad_certificate"),
    ({"leaf": {"start": -90, "days": 10}}, "certificate_expired"),
    ({"leaf": {"names": ["other.example"]}}, "certificate_unknown"),
    ({"leaf": {"extended": ["client"]}}, "unsupported_certificate"),
    ({"leaf": {"by": pki.issue("Elsewhere", ca=True)}}, "unknown_ca"),
])
def test_the_alert(fields, alert):
    assert ground(**fields).judge().alert == alert


def test_every_way_to_hand_certificates_in(chain):
    question = {"roots": [chain.root.certificate], "name": HOST}
    leaf, ca = chain.sent
    der = [item.public_bytes(Encoding.DER) for item in chain.sent]
    assert pki.judge(leaf, [ca], **question).good
    assert pki.judge(der[0], der[1:], **question).good
    assert pki.judge(der, **question).good
    assert pki.judge((leaf, der[1]), **question).good
    assert pki.judge(chain.leaf.chain, roots=iter([chain.root.chain[0]]), name=HOST).good
    assert pki.judge([bytearray(der[0]), memoryview(der[1])], **question).good


def test_the_time(chain):
    east = timezone(timedelta(hours=9))
    assert chain.judge(time=lab.NOW.astimezone(east)).good
    assert chain.judge(time=lab.NOW.replace(tzinfo=None)).good
    end = chain.leaf.certificate.not_valid_after_utc
    assert chain.judge(time=end).good
    assert chain.judge(time=end + timedelta(microseconds=1)).good  # still in the last second
    assert not chain.judge(time=end + timedelta(seconds=1)).good
    start = chain.leaf.certificate.not_valid_before_utc
    assert chain.judge(time=start).good
    assert not chain.judge(time=start - timedelta(microseconds=1)).good
    for time in (datetime.min, datetime.max, datetime(1, 1, 1, tzinfo=UTC),
                 datetime.max.replace(tzinfo=timezone(timedelta(hours=-14)))):
        assert chain.judge(time=time).failed.check == "dates"


def test_what_callers_get_wrong(chain):
    with pytest.raises(ValueError, match="choose server or client"):
        chain.judge(purpose="mail")
    with pytest.raises(ValueError, match="no check is called nonsense"):
        chain.judge(skip=["nonsense"])
    with pytest.raises(ValueError, match="no check is called nonsense"):
        chain.judge(order=["nonsense"])
    with pytest.raises(TypeError, match="not str"):
        pki.judge(["-----BEGIN CERTIFICATE-----"], roots=[], name=HOST)


@pytest.mark.parametrize("sent", [[], [b""], [b"rubbish"], [b"\x30\x84\xff\xff\xff\xff"],
                                  [b"\x30\x80\x00\x00"], [b"\x30" * 5000], [b"\x00" * (1 << 21)]])
def test_what_is_no_certificate(sent, chain):
    verdict = pki.judge(sent, roots=[chain.root.certificate], name=HOST)
    assert verdict.good is False
    assert "cannot be read" in verdict.failed.reason
    assert verdict.path == ()
    assert len(verdict.lines) == 16
    assert verdict.alert == "bad_certificate"


@pytest.mark.parametrize("name", ["", " ", ".", "*", "*.shop.example", "a" * 5000, "\0", "1.2.3",
                                  "ſhop.example", "[", "::", "a@b@c", "http://shop.example/"])
def test_names_that_nobody_has(name, chain):
    assert chain.judge(name=name).failed.check == "name"


def test_every_byte_of_the_leaf_and_of_the_ca_matters(chain):
    """A byte turned round anywhere: never good, never an exception, always a reason."""
    for place, victim in enumerate((chain.leaf, chain.ca)):
        der = victim.certificate.public_bytes(Encoding.DER)
        for at in range(0, len(der), 3):
            bad = der[:at] + bytes([der[at] ^ 0x41]) + der[at + 1:]
            sent = [item.public_bytes(Encoding.DER) for item in chain.sent]
            sent[place] = bad
            verdict = pki.judge(sent, roots=[chain.root.certificate], name=HOST)
            assert not verdict.good, (place, at)
            assert verdict.failed.reason


def test_bytes_changed_and_signed_again_never_raise():
    """The same where the signature is no obstacle, so that every check meets the damage."""
    root = pki.issue("Root", ca=True)
    luck = random.Random(7)
    seen = set()
    for _ in range(400):
        def damage(parts):
            which = luck.choice([*parts, "extensions", "extensions"])
            der = bytearray(parts[which] or b"\0")
            for _ in range(luck.randint(1, 3)):
                der[luck.randrange(len(der))] = luck.randrange(256)
            parts[which] = bytes(der)
        der = pki.certificate_der(HOST, by=root, raw=damage)
        verdict = pki.judge([der], roots=[root.certificate], name=HOST)
        seen.add(verdict.failed.check if verdict.failed else "")
        assert verdict.good or verdict.failed.reason
    assert len(seen) > 4


def test_a_huge_certificate_is_judged_in_time():
    names = [f"{number}.shop.example" for number in range(20_000)]
    big = ground(leaf={"names": [HOST, *names]},
                 ca={"constraints": {"permitted": ["shop.example"]}})
    assert big.judge().good
    wrong = ground(leaf={"names": [HOST, *names, "other.example"]},
                   ca={"constraints": {"permitted": ["shop.example"]}})
    assert wrong.judge().failed.check == "name_constraints"
    many = ground(leaf={"names": [HOST, *names]},
                  ca={"constraints": {"permitted": [
                      *(f"{number}.example" for number in range(50)), "shop.example"]}})
    assert "given up" in many.judge().failed.reason


def test_a_deep_nest_in_an_extension():
    nest = b"\x05\x00"
    for _ in range(2000):
        nest = encode.sequence(nest)
    for oid in ("2.5.29.17", "2.5.29.30", "2.5.29.32", "2.5.29.33", "1.2.3"):
        extension = x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), nest)
        found = failure(ca={"extensions": [(extension, True)]})
        assert found is not None, oid
