"""DER: the same elements that OpenSSL sees, strict about its grammar, and safe with any bytes."""

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import pki
from helpers.pki import authority, der
from helpers.pki.der import DERError, Element, der_fields, elements, headers
from helpers.pki.x509_schema import SCHEMAS
from tests.optional import need
from tests.pki.vectors import found

LEAF = authority.server("rsa").chain[0]
HALF_A_MESSAGE = "x509/custom/name_attribute_unsupported_tag.pem"  # OpenSSL reads 40 bytes of it
LINE = re.compile(r" *(\d+):d=(\d+) +hl=(\d+) l= *(\d+) (cons|prim): ([^:\n]*?) *"
                  r"(?:\[HEX DUMP\])?(?::.*)?$")
NAMES = {1: "BOOLEAN", 2: "INTEGER", 3: "BIT STRING", 4: "OCTET STRING", 5: "NULL", 6: "OBJECT",
         10: "ENUMERATED", 12: "UTF8STRING", 16: "SEQUENCE", 17: "SET", 18: "NUMERICSTRING",
         19: "PRINTABLESTRING", 20: "T61STRING", 22: "IA5STRING", 23: "UTCTIME",
         24: "GENERALIZEDTIME", 26: "VISIBLESTRING", 28: "UNIVERSALSTRING", 30: "BMPSTRING"}
CLASSES = ("", "appl", "cont", "priv")


def tlv(tag: int, content: bytes = b"") -> bytes:
    """One element with a length as DER writes it."""
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    width = (size.bit_length() + 7) // 8
    return bytes([tag, 0x80 | width]) + size.to_bytes(width) + content


# --- the same elements as OpenSSL -----------------------------------------------------------------


def openssl_name(tag: bytes) -> str:
    number = tag[0] & 0x1F
    if number == 0x1F:
        number = sum((byte & 0x7F) << 7 * at for at, byte in enumerate(reversed(tag[1:])))
    if tag[0] < 0x40:
        return NAMES.get(number, f"<ASN1 {number}>")
    return f"{CLASSES[tag[0] >> 6]} [ {number} ]"


def seen_by_us(data: bytes, tree: Element, depth: int = 0) -> Iterator[tuple]:
    """Offset, depth, header, length, constructed and type of every element, and of explicit tags,
    but not of what we found inside OCTET STRINGs and BIT STRINGs."""
    heads = tree.children[:headers(tree)]
    for tag, size in zip(heads[::2], heads[1::2], strict=True):
        written = data[tag.start:tag.end]
        cons = "cons" if written[0] & der.CONSTRUCTED else "prim"
        yield tag.start, depth, size.end - tag.start, size.value, cons, openssl_name(written)
        depth += 1
    if cons == "cons":
        for child in tree.elements:
            yield from seen_by_us(data, child, depth)


def seen_by_openssl(tool: str, data: bytes) -> list[tuple]:
    run = subprocess.run([tool, "asn1parse", "-inform", "DER"], input=data, capture_output=True,
                         timeout=60)
    assert run.returncode == 0, run.stderr.decode()
    lines = filter(None, map(LINE.match, run.stdout.decode(errors="replace").split("\n")))
    return [(*map(int, line.groups()[:4]), *line.groups()[4:]) for line in lines]


@pytest.mark.parametrize(("kind", "least"), [
    ("certificate", 33_000), ("crl", 8_000), ("der", 9_000), ("request", 600),
    ("ocsp_response", 90)])
def test_the_same_elements_as_openssl_on_every_vector(kind, least):
    tool = need("openssl")
    ours, data = [], b""
    for item in found():
        if item.kind == kind and item.name != HALF_A_MESSAGE:
            # one process for all of them: OpenSSL reads one after the other
            tree = der_fields(item.der, kind)
            ours += [(at + len(data), *rest) for at, *rest in seen_by_us(item.der, tree)]
            data += item.der
    assert len(ours) >= least
    assert ours == seen_by_openssl(tool, data)


def test_the_same_elements_as_openssl_on_the_mozilla_roots():
    tool = need("openssl")
    ours, data = [], b""
    for root in pki.mozilla_roots():
        raw = root.public_bytes(Encoding.DER)
        ours += [(at + len(data), *rest) for at, *rest in seen_by_us(raw, der_fields(raw))]
        data += raw
    assert len(ours) > 5000
    assert ours == seen_by_openssl(tool, data)


def test_the_one_certificate_that_openssl_gives_up_on():
    """It has a constructed tag of an own class with no elements in it: kept as plain bytes."""
    (item,) = [item for item in found() if item.name == HALF_A_MESSAGE]
    run = subprocess.run([need("openssl"), "asn1parse", "-inform", "DER"], input=item.der,
                         capture_output=True, timeout=60)
    assert run.returncode != 0
    assert b"Error in encoding" in run.stdout + run.stderr
    value = der_fields(item.der).find("issuer").elements[0].elements[0].elements[1]
    assert (value.tag, value.value) == (0x69, b"PyCA")


# --- the tree -------------------------------------------------------------------------------------


def test_a_certificate_is_named_as_in_rfc_5280():
    tree = der_fields(LEAF)
    assert [child.name for child in tree.elements] == [
        "tbsCertificate", "signatureAlgorithm", "signatureValue"]
    assert [child.name for child in tree.elements[0].elements] == [
        "version", "serialNumber", "signature", "issuer", "validity", "subject",
        "subjectPublicKeyInfo", "extensions"]
    paths = {path for _, path, _ in tree.walk()}
    inside = "certificate.tbsCertificate.extensions.subjectAltName.extnValue.SubjectAltName.dNSName"
    assert inside in paths
    assert tree.find("serialNumber").value == authority.server("rsa").certificate.serial_number
    assert tree.find("dNSName").value == b"shop.example"
    assert tree.find("modulus").value == authority.server(
        "rsa").certificate.public_key().public_numbers().n


def test_an_explicit_tag_and_its_element_are_one_field():
    version = der_fields(LEAF).find("version")
    assert [child.name for child in version.children] == [
        "explicit tag", "explicit length", "tag", "length", "value"]
    assert [child.value for child in version.children] == [0xA0, 3, 2, 1, 2]
    assert (version.value, version.words) == (2, "2 (v3)")


def test_the_plain_tree_has_only_type_names():
    tree = der_fields(LEAF, "der")
    known = {*der.TYPES.values(), "der", "tag", "length", "value", "unused bits", "[0]", "[3]"}
    assert {field.name for _, _, field in tree.walk()} <= known
    assert [child.name for child in tree.elements] == ["SEQUENCE", "SEQUENCE", "BIT STRING"]


def test_the_bits_that_do_not_count_have_their_own_leaf():
    usage = der_fields(LEAF).find("KeyUsage")
    assert [(child.name, child.value) for child in usage.children] == [
        ("tag", 3), ("length", 2), ("unused bits", 5), ("value", b"\xa0")]
    assert usage.value == b"\xa0"


def test_what_does_not_fit_the_schema_keeps_its_type():
    tree = der_fields(tlv(0x30, tlv(2, b"\x01") + tlv(4, b"ab")))
    assert [child.name for child in tree.elements] == ["INTEGER", "OCTET STRING"]


def test_it_reads_in_the_middle_of_other_bytes():
    tree = der_fields(b"before" + LEAF + b"after", start=6, end=6 + len(LEAF))
    assert (tree.start, tree.end) == (6, 6 + len(LEAF))
    assert tree.find("dNSName").start - 6 == der_fields(LEAF).find("dNSName").start


def test_an_unknown_schema():
    with pytest.raises(KeyError, match="no such thing"):
        der_fields(LEAF, "no such thing")


# --- what is no DER -------------------------------------------------------------------------------

WRONG = {
    "nothing": (b"", "nothing to read at byte 0"),
    "only a tag": (b"\x30", "the data ends at byte 1"),
    "too short": (b"\x30\x03\x02\x01", "announces 3 bytes, but only 2 follow"),
    "left over": (b"\x05\x00\x00", "1 bytes are left over at byte 2, after the end of the NULL"),
    "indefinite": (b"\x30\x80\x00\x00", "indefinite length at byte 1"),
    "padded length": (b"\x04\x81\x01a", "length 1 at byte 1 is written in more bytes"),
    "padded long length": (b"\x04\x82\x00\x80" + bytes(128), "more bytes than it needs"),
    "huge length": (b"\x04\x85\x01\x00\x00\x00\x00", "written in 5 bytes"),
    "half a length": (b"\x04\x82\x01", "needs 2 bytes, but only 1 follow"),
    "padded tag": (b"\x1f\x80\x21\x00", "leading zero"),
    "small number in a long tag": (b"\x1f\x1e\x00", "takes more bytes than it needs"),
    "endless tag": (b"\x1f\xff\xff\xff\xff\xff\x01\x00", "does not end"),
    "child too long": (tlv(0x30, b"\x02\x05\x00"), "at byte 3 announces 5 bytes"),
}


@pytest.mark.parametrize(("data", "says"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_its_place(data, says):
    with pytest.raises(DERError, match=re.escape(says)):
        der_fields(data)


def nested(levels: int) -> bytes:
    data = b""
    for _ in range(levels):
        data = tlv(0x30, data)
    return data


def test_it_does_not_go_down_forever():
    assert der_fields(nested(der.MAX_DEPTH), "der")
    with pytest.raises(DERError, match="more than 40 levels"):
        der_fields(nested(der.MAX_DEPTH + 2), "der")
    with pytest.raises(DERError, match="more than 40 levels"):
        der_fields(nested(3000), "der")


def test_it_takes_neither_too_many_bytes_nor_too_many_elements():
    with pytest.raises(DERError, match="more than this reader takes"):
        der_fields(tlv(4, bytes(der.MAX_SIZE)))
    with pytest.raises(DERError, match="more than 100,000 elements"):
        der_fields(tlv(0x30, b"\x05\x00" * 100_001))


def test_strings_inside_strings_stay_bounded():
    """Extensions in extensions in extensions: each is opened once, at its own depth."""
    data = b"x"
    for _ in range(300):
        data = tlv(4, data)
    extension = tlv(0x30, tlv(6, b"\x55\x1d\x0e") + data)
    tree = der_fields(tlv(0x30, tlv(0x30, tlv(2, b"\x01") + tlv(0xA3, tlv(0x30, extension)))))
    assert max(depth for depth, _, _ in tree.walk()) < 12


def test_long_tags_are_read():
    tree = elements(b"\xbf\x8f\x7f\x00")
    assert (tree.name, tree.start, tree.end) == ("[2047]", 0, 4)


def whole(tree: Element, size: int) -> bool:
    edges = [leaf.start for leaf in tree.leaves()] + [size]
    ends = [0] + [leaf.end for leaf in tree.leaves()]
    return edges == ends


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=80), name=st.sampled_from(sorted(SCHEMAS)))
def test_any_bytes_give_a_tree_or_a_der_error(data, name):
    try:
        tree = der_fields(data, name)
    except DERError:
        return
    assert whole(tree, len(data))


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, len(LEAF) - 1), value=st.integers(0, 255), count=st.integers(1, 4))
def test_a_changed_certificate_gives_a_tree_or_a_der_error(at, value, count):
    data = bytearray(LEAF)
    data[at:at + count] = bytes([value]) * count
    data = bytes(data[:len(LEAF)])
    try:
        tree = der_fields(data)
    except DERError:
        return
    assert whole(tree, len(data))
    assert all(isinstance(one.words, str) for _, _, one in tree.walk() if isinstance(one, Element))
    with suppress(KeyError):  # no certificate any more
        assert pki.describe(data).size == len(data)


def test_a_certificate_is_read_in_no_time():
    start = time.perf_counter()
    for _ in range(20):
        der_fields(LEAF)
    assert (time.perf_counter() - start) / 20 < 0.05
