"""The byte view shows every byte once, says what it is, and cannot be broken by what it shows."""

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.conversation import Conversation, Crossing
from helpers.show import byte_view
from helpers.show.byte_rows import Row, Selection, rows_of
from helpers.sources import load, names
from helpers.tls.notes import note
from helpers.tls.passive import Message
from helpers.tls.registry import ContentType
from helpers.wire import Field

ECDHE = load("tls12_ecdhe")
HELLO = ECDHE.find("client_hello")
MESSAGES = [message for name in names()
            for conversation in (load(name), load(name).without_secrets())
            for message in conversation.messages]
MOST_LINES = 30


class Page(HTMLParser):
    """The view as a browser reads it: text, elements that were not closed, byte cells."""

    def __init__(self, html: str):
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@cache
def page(message: Message, **options) -> Page:
    return Page(byte_view(message, **options).html)


def hex_in(html: str) -> str:
    """All bytes that the view shows, in order."""
    cells = re.findall(r'<span style="[^"]*white-space:nowrap;">([0-9a-f <>a-z/="]*)</span>', html)
    return "".join(re.sub(r"<br>| ", "", cell) for cell in cells)


def shown_bytes(rows: list[Row]) -> bytes:
    found = bytearray()
    for row in rows:
        for line in row.hex_lines:
            found += bytes(value for _, value in line)
        found += shown_bytes(row.inside)
    return bytes(found)


@pytest.mark.parametrize("message", MESSAGES)
def test_full_view_shows_every_byte_once(message):
    data = message.wire if message.data is None else message.data
    html = byte_view(message, full=True).html
    assert hex_in(html) == data.hex()


@pytest.mark.parametrize("message", MESSAGES)
def test_plain_text_is_short_and_names_the_fields(message):
    for record in (False, True):
        text = byte_view(message, record=record).text
        assert text.count("\n") < MOST_LINES
        assert max(map(len, text.split("\n"))) <= 130
    tree = message.fields if message.data is not None else None
    for field in (tree.children or []) if tree else []:
        assert f" {field.name} = " in text


@pytest.mark.parametrize("message", MESSAGES)
def test_html_is_well_formed_and_plain(message):
    for options in ({}, {"record": True}, {"full": True}):
        shown = page(message, **options)
        assert not shown.open
        assert not {"script", "style", "svg", "input", "button"} & set(shown.tags)


def test_every_field_says_why_it_is_there():
    shown = page(HELLO, full=True).text
    for _, path, _ in HELLO.fields.walk():
        assert unescape(note(path).why) in shown
    assert "RFC 6066 section 3" in shown


@pytest.mark.parametrize(("name", "said"), [
    ("client_hello", '"shop.example"'), ("client_hello", '"h2", "http/1.1"'),
    ("client_hello", "random = 32 bytes"), ("client_hello", "0x0303 TLS 1.2"),
    ("client_hello", "8 cipher suites: TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 and 7 more"),
    ("client_hello", "session_id = empty"), ("client_hello", "0x0303 ecdsa_sha224"),
    ("server_hello", "0xc02f TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
    ("server_key_exchange", "29 x25519"), ("server_key_exchange", "32 bytes (after 1 byte"),
    ("certificate", "2 certificates: 720 bytes, 480 bytes"),
    ("application_data", "GET / HTTP/1.1"), ("alert", "1 warning"), ("alert", "0 close_notify"),
    ("finished", "12 bytes computed from the master secret")])
def test_values_in_words(name, said):
    assert said in page(ECDHE.find(name)).text


def test_names_what_it_does_not_know_and_what_means_nothing():
    greased = Field("extension_type", 0, 2, 0x1A1A, HELLO.fields.find("extension_type").registry)
    unknown = Field("extension_type", 0, 2, 0x1234, greased.registry)
    assert "6682 GREASE" in byte_view(greased, b"\x1a\x1a").text
    assert "4660 (not in this course’s list)" in byte_view(unknown, b"\x12\x34").text


def test_extensions_are_folded_until_asked_for():
    html = byte_view(HELLO).html
    assert html.count("<details") > 9
    assert "<details open" not in html
    opened = byte_view(HELLO, unfold=("server_name",))
    assert opened.html.count("<details open") == 2  # the extensions, and this one of them
    assert "host_name" in opened.text
    assert "host_name" not in byte_view(HELLO).text


def test_depth_opens_levels():
    assert "<details open" in byte_view(HELLO, depth=2).html
    assert " supported_groups = 5 named groups: x25519" in byte_view(HELLO, depth=2).text


@pytest.mark.parametrize("only", ["random", "extensions.server_name", "client_hello.random"])
def test_only_shows_what_was_asked_for(only):
    text = byte_view(HELLO, only=only).text
    assert f" {only.split('.')[-1]} = " in text
    assert "msg_type = " not in text
    assert note(f"client_hello.{only.removeprefix('client_hello.')}").why.split(".")[0] in \
        " ".join(text.split())


def test_several_only_in_the_order_asked():
    text = byte_view(HELLO, only=("cipher_suites", "random")).text
    assert 0 < text.index("cipher_suites = ") < text.index("random = ")


def test_only_for_nothing_says_what_there_is():
    with pytest.raises(KeyError, match="cipher_suites"):
        byte_view(HELLO, only="no_such_field")


def test_a_field_alone():
    view = byte_view(HELLO.fields.find("server_name"), HELLO.data)
    assert view.text.startswith("server_name: 21 bytes")
    assert "length = 17 bytes" in view.text


# --- changed bytes ------------------------------------------------------------------------------


def test_a_changed_byte_is_marked_in_words_and_opened():
    view = byte_view(HELLO, highlight=[160])
    assert "[70]" in view.text
    assert "host_name = \"shop.example\"  <- changed: byte 160" in view.text
    assert view.html.count(">70</mark>") == view.html.count("<mark") > 0
    assert page(HELLO, highlight=(160,)).text.count("changed") >= 3


def test_a_change_deep_in_a_long_field_is_shown():
    message = ECDHE.find("server_key_exchange")
    html = byte_view(message, highlight=[200]).html
    assert f'>{message.data[200]:02x}</mark>' in html
    assert "… 136 bytes …" in unescape(html)


@given(st.sets(st.integers(0, 186), max_size=4))
@settings(max_examples=30, deadline=None)
def test_every_changed_byte_is_marked(offsets):
    rows = rows_of(HELLO.fields, HELLO.data, Selection(full=True), frozenset(offsets))
    marks = byte_view(HELLO, full=True, highlight=offsets).html.count("<mark")
    assert marks == len(offsets)
    assert frozenset().union(*(row.changed for row in rows)) == offsets


def test_record_offsets_mark_header_and_message():
    header = byte_view(HELLO, highlight_record=[1])
    assert "version = 0x0303 TLS 1.2  <- changed: byte 1" in header.text \
        or "version = 0x0301 TLS 1.0  <- changed: byte 1" in header.text
    inside = byte_view(HELLO, highlight_record=[5 + 20])
    assert "random = 32 bytes  <- changed: byte 20" in inside.text


def test_offsets_outside_are_ignored():
    assert byte_view(HELLO, highlight=[10_000, -3]).html == byte_view(HELLO).html


# --- records ------------------------------------------------------------------------------------


def test_record_header_is_in_front_and_not_in_the_transcript():
    text = " ".join(byte_view(HELLO, record=True).text.split())
    assert text.startswith("Record header: 5 bytes")
    assert "does not count in the handshake transcript" in text
    assert text.index("content_type = 22 handshake") < text.index("msg_type = 1 client_hello")
    assert "fragment" not in text


def test_a_sealed_record_is_laid_out_before_what_it_holds():
    text = byte_view(load("tls12_rsa").find("finished"), record=True).text
    order = [text.index(word) for word in ("nonce_explicit = 8 bytes", "ciphertext = 16 bytes",
                                           "tag = 16 bytes", "verify_data")]
    assert order == sorted(order)


def test_what_cannot_be_read_is_shown_as_its_record():
    message = ECDHE.without_secrets().find("encrypted_handshake")
    text = byte_view(message).text
    assert "cannot be read without the key" in text
    assert "tag = 16 bytes" in text
    assert "verify_data" not in text


def test_two_messages_in_one_record():
    both = HELLO.data + HELLO.data
    wire = b"\x16\x03\x03" + len(both).to_bytes(2, "big") + both
    messages = Conversation((Crossing("client", wire, wire),)).messages
    assert len(messages) == 2
    assert "do not begin and end together" in byte_view(messages[0], record=True).text
    assert f"fragment = {len(both)} bytes" in byte_view(messages[0], record=True).text


# --- anything at all ----------------------------------------------------------------------------


def test_what_a_peer_sends_is_escaped():
    evil = b"<script>alert(1)</script>\"'&\r\n"
    message = Message(0, "client", 1, "application_data", ContentType.application_data, b"", evil)
    assert "<script" not in byte_view(message).html
    assert "alert(1)" in page(message).text
    assert "\r" not in byte_view(message).text


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["client", "server"]), st.integers(20, 24), st.binary(max_size=80))
def test_any_record_can_be_shown(sender, kind, body):
    wire = bytes([kind, 3, 3]) + len(body).to_bytes(2, "big") + body
    for message in Conversation((Crossing(sender, wire, wire),)).messages:
        for options in ({}, {"record": True}, {"full": True, "highlight": [0, 7]}):
            view = byte_view(message, **options)
            assert not Page(view.html).open
            assert view.text


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 186), st.integers(1, 255))
def test_a_damaged_hello_can_be_shown(offset, mask):
    data = bytearray(HELLO.wire)
    data[5 + offset] ^= mask
    for message in Conversation((Crossing("client", bytes(data), bytes(data)),)).messages:
        shown = message.wire if message.data is None else message.data
        assert hex_in(byte_view(message, full=True).html) == shown.hex()


def test_is_the_same_every_time():
    assert byte_view(HELLO, full=True).html == byte_view(HELLO, full=True).html


def test_stays_small_enough_for_a_notebook():
    assert len(byte_view(HELLO).html) < 60_000
    assert len(byte_view(ECDHE.find("certificate")).html) < 10_000


def test_a_hello_of_tls_13_in_words():
    talk = load("tls13_mlkem")
    text = byte_view(talk.find("client_hello"), only="key_share", full=True).text
    assert "key_share = 2 key share entries: X25519MLKEM768, x25519" in text
    assert "mlkem_encapsulation_key = 1,184 bytes" in text
    assert "x25519_share = 32 bytes" in text
    assert "certificate_list = 2 certificate entries: 720 bytes, " in \
        byte_view(talk.find("certificate")).text


def test_the_request_of_tls_13_is_text():
    text = byte_view(load("tls13_x25519").find("application_data")).text
    assert ' application_data = "GET / HTTP/1.1' in text


def test_a_sealed_record_of_tls_13_has_no_nonce_in_it():
    message = load("tls13_x25519").find("finished")
    assert "nonce_explicit" not in byte_view(message, record=True).text
    assert "no nonce travels" in byte_view(message, record=True).html.lower()
    assert "nonce_explicit" in byte_view(ECDHE.find("finished"), record=True).text
