"""Host names by RFC 9525: which name fits which, and what is said when none does."""

import ipaddress

import pytest
from cryptography import x509

from helpers.pki.names import (
    host_matches,
    is_host,
    is_mailbox,
    listed,
    matches,
    mismatch,
    pattern_problem,
    reference,
)

DNS, IP = x509.DNSName, lambda text: x509.IPAddress(ipaddress.ip_address(text))


@pytest.mark.parametrize(("pattern", "host", "fits"), [
    ("shop.example", "shop.example", True),
    ("SHOP.Example", "shop.example", True),
    ("shop.example", "www.shop.example", False),
    ("*.shop.example", "www.shop.example", True),
    ("*.shop.example", "shop.example", False),
    ("*.shop.example", "a.www.shop.example", False),
    ("*.shop.example", ".shop.example", False),
    ("w*.shop.example", "www.shop.example", False),
    ("*w.shop.example", "www.shop.example", False),
    ("www.*.example", "www.shop.example", False),
    ("*.*.example", "www.shop.example", False),
    ("*", "example", False),
    ("*.", "example.", False),
    ("*.example", "shop.example", False),
    ("xn--*.shop.example", "xn--bcher-kva.shop.example", False),
    ("*.shop.example", "xn--bcher-kva.shop.example", True),
    ("shop.example.", "shop.example", False),
    ("shop_.example", "shop_.example", False),
    ("", "shop.example", False),
])
def test_a_pattern_covers_a_host_or_not(pattern, host, fits):
    assert host_matches(pattern, host) is fits


@pytest.mark.parametrize("text", ["a", "a.b", "1.b", "a-b.c", "A.B", "a" * 63 + ".b",
                                  ".".join(["a" * 63] * 3 + ["b" * 61])])
def test_a_host_name(text):
    assert is_host(text)


@pytest.mark.parametrize("text", ["", ".", "a.", ".a", "a..b", "-a.b", "a-.b", "a_b.c", "a b",
                                  "a" * 64 + ".b", ".".join(["a" * 63] * 4), "ä.b", "a\n", "*.a",
                                  "a/b", "ſhop.example", "\u212a.example"])
def test_no_host_name(text):
    assert not is_host(text)


def test_mailboxes():
    assert is_mailbox("a.b+c@d.example")
    for text in ("@d.example", "a@", "a", "a..b@d.example", '"a b"@d.example', "a@b@d.example",
                 "ä@d.example", "a@[192.0.2.1]"):
        assert not is_mailbox(text), text


@pytest.mark.parametrize(("text", "kind"), [
    ("shop.example", "host"), ("SHOP.example", "host"), ("192.0.2.1", "address"),
    ("2001:db8::1", "address"), ("[2001:db8::1]", "address"), ("a@shop.example", "mailbox"),
    ("192.0.2", ""), ("192.0.2.256", ""), ("shop.example.", ""), ("bücher.example", ""),
    ("a b", ""), ("", ""), ("*.shop.example", ""), ("http://shop.example", ""), ("a" * 1000, ""),
])
def test_what_was_asked_for(text, kind):
    found = reference(text)
    assert found.kind == kind
    assert bool(found.problem) == (not kind)


def test_kinds_of_names_do_not_mix():
    assert matches(reference("192.0.2.1"), [IP("192.0.2.1")])
    assert not matches(reference("192.0.2.1"), [DNS("192.0.2.1"), IP("192.0.2.2")])
    assert not matches(reference("shop.example"), [x509.RFC822Name("shop.example"),
                                                   x509.UniformResourceIdentifier("shop.example")])
    assert matches(reference("2001:DB8:0::1"), [IP("2001:db8::1")])
    assert not matches(reference("192.0.2.1"), [IP("::ffff:192.0.2.1")])
    assert matches(reference("a@SHOP.example"), [x509.RFC822Name("a@shop.EXAMPLE")])
    assert not matches(reference("A@shop.example"), [x509.RFC822Name("a@shop.example")])
    assert not matches(reference("192.0.2.256"), [DNS("192.0.2.256")])


@pytest.mark.parametrize(("wanted", "names", "said"), [
    ("shop.example", [DNS("a.example")], "is about a.example, and not about shop.example"),
    ("shop.example", [DNS("*.shop.example")], "one label below shop.example, and not"),
    ("a.b.shop.example", [DNS("*.shop.example")], "exactly one label"),
    ("shop.example", [DNS("*.example")], "a whole top-level domain"),
    ("www.shop.example", [DNS("w*.shop.example")], "only be the whole of the left-most label"),
    ("192.0.2.1", [DNS("192.0.2.1")], "as a dNSName, and an address counts only"),
    ("shop.example.", [DNS("shop.example")], "ends with a dot"),
    ("bücher.example", [DNS("shop.example")], "A-labels"),
    ("shop.example", [], "about no name at all"),
    ("shop.example", [DNS(f"{n}.example") for n in range(9)], "and 5 more"),
])
def test_the_sentence_when_no_name_fits(wanted, names, said):
    assert said in mismatch(reference(wanted), names)


def test_what_is_wrong_with_a_dns_name():
    assert not pattern_problem("*.shop.example")
    assert "underscore" in pattern_problem("a_b.example")
    assert "empty" in pattern_problem(" ")
    assert "left-most" in pattern_problem("a.*.example")
    assert "no host name" in pattern_problem("-a.example")


def test_a_list_of_names_is_fit_to_be_shown():
    assert listed([x509.DNSName("a\x1b[31m")]) == "a?[31m"


@pytest.mark.parametrize(("name", "good"), [
    ("xn--bcher-kva.example", True), ("XN--BCHER-KVA.example", True),
    ("xn--r8jz45g.xn--zckzah", True), ("xn--strae-oqa.example", True),
    ("xn--628h.example", False), ("xn--.example", False), ("xn--a.example", False),
    ("ab--cd.example", False), ("xn--99999999999.example", False),
])
def test_international_labels(name, good):
    assert bool(pattern_problem(name)) is not good
