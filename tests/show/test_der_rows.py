"""Certificates in the byte view: every byte once, named, and explained by its RFC."""

import re
from html import unescape

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import pki
from helpers.pki.der import DERError, der_fields
from helpers.pki.notes import note
from helpers.show import byte_view
from helpers.show.byte_rows import Selection, rows_of
from helpers.show.der_rows import LEAD, MOST
from helpers.sources import load

DATA = pki.real_chain()[0].public_bytes(Encoding.DER)
TREE = der_fields(DATA)
MESSAGE = load("tls12_ecdhe").find("certificate")


def names(view) -> list[str]:
    """The fields that stand in the text, in order."""
    return re.findall(r"^ *\d+  .{29} +(\S[^=\n]*?) = ", view.text, re.MULTILINE)


def test_at_first_the_three_parts_and_why():
    view = byte_view(TREE, DATA)
    assert names(view) == ["tbsCertificate", "signatureAlgorithm", "signatureValue"]
    assert view.text.startswith(f"certificate: {len(DATA):,} bytes")
    assert "RFC 5280 section 4.1.1.3" in view.text
    assert LEAD[:30] in view.html


def test_every_element_can_be_unfolded_with_its_note():
    html = unescape(byte_view(TREE, DATA).html)
    for _, path, field in TREE.walk():
        if field.name in ("notBefore", "dNSName", "basicConstraints", "modulus", "log_id"):
            assert f"<b>{field.name}</b>" in html
            assert note(path).why in html
            assert note(path).source in html


def test_tag_and_length_are_shown_where_a_field_is_named():
    view = byte_view(TREE, DATA, only="serialNumber", unfold="serialNumber")
    assert names(view) == ["serialNumber", "tag", "length", "value"]
    assert "tag = 0x02 INTEGER" in view.text
    assert "length = 18 bytes" in view.text
    version = byte_view(TREE, DATA, only="version", unfold="version")
    assert names(version) == ["version", "explicit tag", "explicit length", "tag", "length",
                              "value"]
    assert "explicit tag = 0xa0 [0] context-specific, constructed" in version.text
    assert names(byte_view(TREE, DATA, only="version")) == ["version"]


def test_an_extension_by_its_name():
    view = byte_view(TREE, DATA, only="extensions.subjectAltName", depth=9)
    assert names(view) == ["subjectAltName", "extnID", "extnValue", "SubjectAltName", "dNSName"]
    assert 'dNSName = "cryptography.io"' in view.text
    with pytest.raises(KeyError, match="it has: certificate, "):
        byte_view(TREE, DATA, only="nameConstraints")


def test_a_full_view_shows_every_byte_once():
    shown = [at for row in rows_of(TREE, DATA, Selection(full=True), frozenset())
             for _, one in row.visible() for line in one.hex_lines for at, _ in line]
    assert sorted(shown) == list(range(TREE.children[0].start, len(DATA)))


@pytest.mark.parametrize("at", [0, 5, 20, 130, 700, 1100, 1300, 1550])
def test_a_changed_byte_is_seen(at):
    view = byte_view(TREE, DATA, highlight=[at], unfold="certificate")
    assert f"changed: byte {at}" in view.text
    assert "<mark" in view.html


def test_only_signatures_and_whole_certificates_are_green():
    html = byte_view(TREE, DATA, depth=9).html
    green = re.findall(r"background-color:#DBF2EA;[^>]*>.*?<b>(\w+)</b>", html)
    assert set(green) == {"signatureValue"}


# --- certificates in a TLS message ----------------------------------------------------------------


def test_the_certificates_of_a_message_can_be_unfolded():
    closed, opened = byte_view(MESSAGE), byte_view(MESSAGE, unfold="certificate")
    assert "tbsCertificate" not in closed.html
    assert names(opened).count("tbsCertificate") == 2
    assert "serialNumber" in opened.html
    assert "serialNumber" not in names(opened)  # folded, to be opened by a click
    assert "validity" in names(byte_view(MESSAGE, unfold=("certificate", "validity")))


def test_the_offsets_are_those_of_the_message():
    leaf = pki.server("rsa").chain[0]
    at = MESSAGE.data.index(leaf)
    line = next(line for line in byte_view(MESSAGE, unfold="certificate").text.splitlines()
                if " tbsCertificate = " in line)
    assert int(line.split()[0]) == at + der_fields(leaf).find("tbsCertificate").start


def test_a_broken_certificate_stays_a_row_of_bytes():
    at = MESSAGE.data.index(pki.server("rsa").chain[0])
    broken = MESSAGE.data[:at + 1] + b"\x80" + MESSAGE.data[at + 2:]
    with pytest.raises(DERError):
        der_fields(broken[at:])
    view = byte_view(MESSAGE.fields, broken, unfold="certificate")
    assert names(view).count("tbsCertificate") == 1
    assert names(view).count("bytes") == 1


# --- nothing that it shows can break it -----------------------------------------------------------


def test_markup_in_a_name_is_text():
    data = pki.server("rsa", "<b>shop</b>.example").chain[0]
    html = byte_view(der_fields(data), data, depth=9).html
    assert "<b>shop" not in html
    assert "&lt;b&gt;shop" in html


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, len(DATA) - 1), value=st.integers(0, 255))
def test_a_changed_certificate_can_be_shown(at, value):
    data = DATA[:at] + bytes([value]) + DATA[at + 1:]
    try:
        tree = der_fields(data)
    except DERError:
        return
    assert byte_view(tree, data, highlight=[at], full=True).text


def test_of_thousands_only_the_first_are_shown():
    many = b"\x05\x00" * 9000
    data = b"\x30\x82" + len(many).to_bytes(2) + many
    for _ in range(20):
        data = b"\x30\x82" + len(data).to_bytes(2) + data
    html = byte_view(der_fields(data, "der"), data, depth=99).html
    assert html.count("<b>NULL</b>") == MOST
    assert f"the first {MOST} of 9,000 fields" in html
