"""Name constraints: each kind of name, inside and outside, and what cannot be understood."""

import ipaddress

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from helpers import pki
from helpers.pki import constraints as c
from helpers.pki import encode
from helpers.pki.constraints import Counter, TooMany, names_of, problems, refused
from helpers.pki.facts import facts_of, normal
from tests.pki.ground import failure, ground

D, M, U = x509.DNSName, x509.RFC822Name, x509.UniformResourceIdentifier


def A(text):
    return x509.IPAddress(ipaddress.ip_address(text))


def N(text):
    return x509.IPAddress(ipaddress.ip_network(text))


def dn(**parts):
    oids = {"o": NameOID.ORGANIZATION_NAME, "cn": NameOID.COMMON_NAME, "c": NameOID.COUNTRY_NAME}
    return x509.DirectoryName(x509.Name([x509.NameAttribute(oids[key], value)
                                         for key, value in parts.items()]))


def allowed(name, permitted=None, excluded=None):
    return not refused(x509.NameConstraints(permitted, excluded), [name], Counter())


@pytest.mark.parametrize(("tree", "name", "inside"), [
    (D("shop.example"), D("shop.example"), True),
    (D("shop.example"), D("a.b.shop.example"), True),
    (D("shop.example"), D("SHOP.EXAMPLE"), True),
    (D("shop.example"), D("workshop.example"), False),
    (D("shop.example"), D("example"), False),
    (D("shop.example"), D("*.shop.example"), True),
    (D("a.shop.example"), D("*.shop.example"), False),
    (D(""), D("anything.example"), True),
    (N("192.0.2.0/24"), A("192.0.2.255"), True),
    (N("192.0.2.0/24"), A("192.0.3.0"), False),
    (N("2001:db8::/32"), A("2001:db8::1"), True),
    (N("2001:db8::/32"), A("192.0.2.1"), False),
    (N("0.0.0.0/0"), A("192.0.2.1"), True),
    (M("a@shop.example"), M("a@shop.example"), True),
    (M("a@shop.example"), M("a@SHOP.example"), True),
    (M("a@shop.example"), M("A@shop.example"), False),
    (M("shop.example"), M("a@shop.example"), True),
    (M("shop.example"), M("a@www.shop.example"), False),
    (M(".shop.example"), M("a@www.shop.example"), True),
    (M(".shop.example"), M("a@shop.example"), False),
    (U("shop.example"), U("https://shop.example/a"), True),
    (U("shop.example"), U("https://www.shop.example"), False),
    (U(".shop.example"), U("https://u:p@www.shop.example:8443/"), True),
    (U(".shop.example"), U("https://shop.example"), False),
    (dn(o="A"), dn(o="A", cn="B"), True),
    (dn(o="a  b"), dn(o="A B", cn="B"), True),
    (dn(o="A"), dn(cn="B", o="A"), False),
    (dn(o="A", cn="B"), dn(o="A"), False),
])
def test_a_name_inside_or_outside_a_subtree(tree, name, inside):
    assert allowed(name, permitted=[tree]) is inside
    if type(name) is not x509.IPAddress or inside:
        assert allowed(name, excluded=[tree]) is not inside or name == D("*.shop.example")


def test_an_excluded_subtree_takes_a_wildcard_that_could_reach_into_it():
    assert not allowed(D("*.shop.example"), excluded=[D("a.shop.example")])
    assert allowed(D("*.shop.example"), excluded=[D("b.a.shop.example")])
    assert not allowed(D("*.shop.example"), excluded=[D("shop.example")])
    assert not allowed(D("*.shop.example"), excluded=[D("EXAMPLE")])


def test_what_is_excluded_stays_so_even_if_permitted():
    assert not allowed(D("a.shop.example"), [D("shop.example")], [D("a.shop.example")])


def test_other_kinds_of_names_are_free():
    assert allowed(A("192.0.2.1"), permitted=[D("shop.example")])
    assert allowed(D("shop.example"), permitted=[N("192.0.2.0/24")])


def test_one_of_several_permitted_subtrees_is_enough():
    assert allowed(D("b.example"), permitted=[D("a.example"), D("b.example")])


@pytest.mark.parametrize("name", [
    U("urn:example:a"), U("https://192.0.2.1/"), U("https:///a"), U("http://[::1"),
    M("nomailbox"), M("a..b@shop.example"), D("a_b.example"), D(" "),
])
def test_a_name_that_is_none_cannot_stand_under_a_constraint_on_its_kind(name):
    tree = type(name)("shop.example")
    assert not allowed(name, permitted=[tree])
    assert not allowed(name, excluded=[tree])


def test_a_kind_that_is_not_compared_is_refused_once_it_turns_up():
    constraint = x509.RegisteredID(x509.ObjectIdentifier("1.2.3"))
    assert not allowed(constraint, excluded=[constraint])
    assert allowed(D("shop.example"), excluded=[constraint])


@pytest.mark.parametrize("tree", [D(".shop.example"), D("a b"), M("a..b@c"),
                                  M("-a.b"), U("https://shop.example"), D("shop.example.")])
def test_a_malformed_constraint_is_named(tree):
    assert "malformed" in "".join(problems(x509.NameConstraints([tree], None)))
    assert "malformed" in "".join(problems(x509.NameConstraints(None, [tree])))


def test_comparisons_are_counted():
    many = x509.NameConstraints([D(f"{n}.example") for n in range(1000)], None)
    with pytest.raises(TooMany):
        refused(many, [D("999.example")] * 1000, Counter())
    assert c.LIMIT < 1000 * 1000


def test_all_names_of_a_certificate_are_looked_at():
    subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Shop"),
                         x509.NameAttribute(NameOID.EMAIL_ADDRESS, "a@shop.example")])
    names = names_of(facts_of(ground().leaf.certificate))
    assert [type(name) for name in names] == [x509.DNSName, x509.DirectoryName]
    other = facts_of(pki.issue(subject, names=["shop.example"]).certificate)
    assert [getattr(name, "value", None) for name in names_of(other)][:2] == \
        ["shop.example", "a@shop.example"]


def test_names_are_compared_without_case_and_spaces():
    one, other = (dn(o=text).value for text in ("An  Example ", "an example"))
    assert normal(one) == normal(other)


CA = {"ca": {"constraints": {"permitted": ["shop.example"]}}}


def test_in_a_chain():
    assert failure(**CA) is None
    assert failure(ca={"constraints": {"permitted": ["other.example"]}})[0] == "name_constraints"
    assert failure(ca={"constraints": {"excluded": ["shop.example"]}})[0] == "name_constraints"
    assert failure(root={"constraints": {"excluded": ["shop.example"]}})[0] == "name_constraints"
    found = failure(ca={"constraints": x509.NameConstraints([D(".shop.example")], None)})
    assert found[0] == "name_constraints"
    assert "leading dot" in found[1]


def test_self_issued_certificates_on_the_way_are_exempt_and_the_last_is_not():
    root = pki.issue("A CA", ca=True, constraints=x509.NameConstraints(
        None, [dn(o="TEST ONLY How HTTPS Works", cn="A CA")]))
    again = pki.issue("A CA", ca=True, by=root, key=pki.test_key("its second key"))
    leaf = pki.issue("shop.example", by=again)
    question = {"roots": [root.certificate], "name": "shop.example"}
    assert pki.judge([leaf.certificate, again.certificate], **question).good
    last = pki.issue("A CA", by=root, key=pki.test_key("its third key"), names=["shop.example"],
                     without=[x509.BasicConstraints])
    assert pki.judge([last.certificate], **question, policy=pki.RFC5280,
                     ).good, "RFC5280: the root's own constraints do not count"
    assert pki.judge([last.certificate], **question).failed.check == "name_constraints"


@pytest.mark.parametrize("distance", [b"\x80\x01\x01", b"\x81\x01\x05", b"\x80\x01\x00"])
@pytest.mark.parametrize("which", [0xA0, 0xA1])
def test_subtrees_have_no_minimum_and_no_maximum(which, distance):
    good = encode.sequence(encode.tlv(0x82, b"shop.example"))
    bad = encode.sequence(encode.tlv(0x82, b"other.example"), distance)
    value = encode.sequence(encode.tlv(0xA0, good), encode.tlv(which, bad)) if which == 0xA1 \
        else encode.sequence(encode.tlv(which, good + bad))
    extension = x509.UnrecognizedExtension(x509.oid.ExtensionOID.NAME_CONSTRAINTS, value)
    found = failure(ca={"extensions": [(extension, True)]})
    assert found is not None
    assert found[0] in ("name_constraints", "extensions")
