"""Encrypted ClientHello where somebody breaks the rules of RFC 9849: each with its alert."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import lab
from helpers.tls import build, ech, hpke, messages
from helpers.tls.ech_hello import associated, unpack
from helpers.tls.errors import TLSError
from helpers.tls.extensions13 import offer_versions
from helpers.tls.registry import TLS12, ExtensionType
from helpers.tls.registry13 import TLS13
from helpers.tls.server13 import Server13
from tests.tls.ech_pairs import client, key, server
from tests.tls.hand_server import record
from tests.tls.pairs import talk, tickets
from tests.tls.test_hostile import attempt

_E = ExtensionType
TAKEN = (_E.supported_groups, _E.signature_algorithms, _E.supported_versions, _E.key_share)
HONEST = messages.parse_handshake(client().data_to_send()[5:])
SOME = settings(max_examples=300, deadline=None)


def packed(*extensions: tuple[int, bytes], padding: bytes = bytes(9), **fields) -> bytes:
    """An inner ClientHello with these extensions alone."""
    return build.client_hello(bytes(32), HONEST.cipher_suites, extensions, **fields)[4:] + padding


def take(*kinds: int) -> tuple[int, bytes]:
    return ech.take_from_outer(kinds)


def sealed(inside: bytes, *, without: tuple = (), added: tuple = ()) -> bytes:
    """An outer ClientHello around it: anybody has the key for that."""
    enc, context = hpke.sender(key().config.public_key, key().config.info, lab.seeded("rules"))
    pairs = [(item.type, item.data) for item in HONEST.extensions
             if item.type not in (_E.encrypted_client_hello, *without)]

    def write(payload: bytes) -> bytes:
        return build.client_hello(HONEST.random, HONEST.cipher_suites,
                                  [*pairs, *added, ech.outer(7, enc, payload)],
                                  session_id=HONEST.session_id)

    blank = write(bytes(len(inside) + hpke.TAG_LENGTH))
    value = messages.parse_handshake(blank).extension(_E.encrypted_client_hello).value
    return write(context.seal(associated(blank, value), inside))


def refusal(call, *arguments) -> str:
    with pytest.raises(TLSError) as problem:
        call(*arguments)
    return problem.value.alert.name


def answer_to(hello: bytes) -> str:
    """The alert that the server sends."""
    end = server()
    alert = refusal(end.receive_data, record(hello))
    assert end.alerts_sent == [alert]
    return alert


# --- what is inside (sections 5.1 and 7.1) ------------------------------------------------------

def test_what_is_allowed():
    end = server()
    end.receive_data(record(sealed(packed(take(*TAKEN), ech.INNER))))
    assert end.ech.accepted
    assert end.server_name is None
    inner = messages.parse_handshake(end.transcript[0])
    assert inner.session_id == HONEST.session_id
    for kind in TAKEN:
        assert inner.extension(kind) == HONEST.extension(kind)


INSIDE = {
    "padding that is not zero": (packed(take(*TAKEN), ech.INNER, padding=b"\0\1"), "illegal"),
    "not outside": (packed(take(*TAKEN, _E.cookie), ech.INNER), "illegal"),
    "twice": (packed(take(*TAKEN, TAKEN[-1]), ech.INNER), "illegal"),
    "another order": (packed(take(*reversed(TAKEN)), ech.INNER), "illegal"),
    "the envelope itself": (packed(take(*TAKEN, _E.encrypted_client_hello), ech.INNER), "illegal"),
    "its own name": (packed(take(*TAKEN, _E.ech_outer_extensions), ech.INNER), "illegal"),
    "inside and outside": (packed(offer_versions((TLS13,)), take(*TAKEN), ech.INNER), "illegal"),
    "twice the list": (packed(take(*TAKEN[:2]), take(*TAKEN[2:]), ech.INNER), "illegal"),
    "no word that it is inner": (packed(take(*TAKEN)), "illegal"),
    "an envelope inside": (packed(take(*TAKEN), ech.outer(7, b"", b"?")), "illegal"),
    "TLS 1.2": (packed(take(*TAKEN[:2], _E.key_share), offer_versions((TLS13, TLS12)),
                       ech.INNER), "illegal"),
    "no versions": (packed(take(*TAKEN[:2], _E.key_share), ech.INNER), "illegal"),
    "an old client_version": (packed(take(*TAKEN), ech.INNER, client_version=0x0301), "illegal"),
    "a list of nothing": (packed((_E.ech_outer_extensions, b"\0"), ech.INNER), "decode"),
    "half a number": (packed((_E.ech_outer_extensions, b"\1\0"), ech.INNER), "decode"),
    "cut off": (packed(take(*TAKEN), ech.INNER, padding=b"")[:-1], "decode"),
    "nothing": (b"", "decode"),
}


@pytest.mark.parametrize(("inside", "alert"), INSIDE.values(), ids=INSIDE)
def test_what_is_not_allowed_inside(inside, alert):
    assert answer_to(sealed(inside)).startswith(alert)


@SOME
@given(st.binary(max_size=120), st.booleans())
def test_whatever_is_inside(noise, short):
    """Anybody can seal anything: TLSError, or a ClientHello."""
    inside = noise if short else packed(take(*TAKEN), ech.INNER, padding=b"")[:-4] + noise
    whole, problem = attempt(unpack, inside, HONEST)
    if problem is None:
        assert messages.parse_handshake(whole).extension(_E.encrypted_client_hello)
    else:
        assert problem.alert.name in ("decode_error", "illegal_parameter")


# --- the envelope (sections 5 and 7) ------------------------------------------------------------

@pytest.mark.parametrize(("body", "alert"), [
    (b"\1", "illegal_parameter"), (b"\2", "illegal_parameter"), (b"", "decode_error"),
    (b"\1\0", "decode_error"), (ech.outer(7, b"", b"")[1], "decode_error"),
    (ech.outer(7, b"", b"?")[1] + b"\0", "decode_error"), (b"\0\0\1", "decode_error")],
    ids=["inner in the clear", "no such type", "nothing", "inner and more", "no payload",
         "outer and more", "cut off"])
def test_envelopes_that_are_none(body, alert):
    pairs = [(item.type, item.data) for item in HONEST.extensions
             if item.type != _E.encrypted_client_hello]
    assert answer_to(build.client_hello(
        bytes(32), HONEST.cipher_suites, [*pairs, (_E.encrypted_client_hello, body)])) == alert


@pytest.mark.parametrize("enc", [b"", bytes(31), bytes(32), bytes(33), b"\xff" * 32],
                         ids=["none", "31", "zeros", "33", "ones"])
def test_what_cannot_be_opened_is_answered_as_if_it_were_grease(enc):
    pairs = [(item.type, item.data) for item in HONEST.extensions
             if item.type != _E.encrypted_client_hello]
    end = server()
    end.receive_data(record(build.client_hello(
        bytes(32), HONEST.cipher_suites, [*pairs, ech.outer(7, enc, bytes(300))])))
    assert end.ech.accepted is False
    assert end.alerts_sent == []


# --- the second ClientHello (section 7.1.1) -----------------------------------------------------

def second_hello(change) -> str:
    """The server's alert when the second envelope is changed."""
    peer, end = client(), server(cookie=b"again")
    end.receive_data(peer.data_to_send())
    peer.receive_data(end.data_to_send())
    hello = messages.parse_handshake(peer.data_to_send()[6 + 5:])
    pairs = []
    for item in hello.extensions:
        if item.type == _E.encrypted_client_hello:
            pairs += change(item.value)
        else:
            pairs.append((item.type, item.data))
    return refusal(end.receive_data, record(build.client_hello(
        hello.random, hello.cipher_suites, pairs, session_id=hello.session_id)))


@pytest.mark.parametrize(("change", "alert"), [
    (lambda value: [], "missing_extension"),
    (lambda value: [ech.INNER], "illegal_parameter"),
    (lambda value: [ech.outer(8, b"", value.payload)], "illegal_parameter"),
    (lambda value: [ech.outer(7, bytes(32), value.payload)], "illegal_parameter"),
    (lambda value: [ech.outer(7, b"", value.payload[:-1] + b"?")], "decrypt_error"),
    (lambda value: [(_E.encrypted_client_hello, ech.outer(7, b"", value.payload)[1].replace(
        b"\0\0\1\0\1", b"\0\0\1\0\2", 1))], "illegal_parameter")],
    ids=["none", "inner", "another key", "a new key", "changed", "another suite"])
def test_second_envelopes(change, alert):
    assert second_hello(change) == alert


# --- what the server must not say (sections 5, 6.1.4, 6.1.6 and 6.2.1) ---------------------------

class Saying:
    """A server whose EncryptedExtensions say something about encrypted_client_hello."""

    def __init__(self, opener, body: bytes):
        self._opener, self._body = opener, body

    def __getattr__(self, name):
        return getattr(self._opener, name)

    def answer(self):
        return [(_E.encrypted_client_hello, self._body)]


def client_alert(peer, end) -> str:
    end.receive_data(peer.data_to_send())
    return refusal(peer.receive_data, end.data_to_send())


CONFIGS = ech.ech_config_list([key()])


@pytest.mark.parametrize(("offered", "body", "alert"), [
    (CONFIGS, CONFIGS, "unsupported_extension"),  # it accepted, so there is nothing to retry
    (None, CONFIGS, "unsupported_extension"),
    (b"", CONFIGS[:-1], "decode_error"), (b"", b"\0\0", "decode_error"),
    (ech.ech_config_list([key("old")]), CONFIGS[:-1], "decode_error"),
    (ech.ech_config_list([key("old")]), CONFIGS + b"\0", "decode_error")],
    ids=["accepted", "not asked for", "grease, cut off", "grease, none", "cut off", "more"])
def test_retry_configs(offered, body, alert):
    end = server()
    end.ech = Saying(end.ech, body)
    peer = client(ech=offered)
    assert client_alert(peer, end) == alert
    assert peer.ech is None or peer.ech.retry_configs == b""


@pytest.mark.parametrize("offered", [b"", CONFIGS], ids=["grease", "real"])
@pytest.mark.parametrize("length", [0, 7, 9])
def test_confirmations_of_another_length(offered, length, monkeypatch):
    end = server(cookie=b"again")
    monkeypatch.setattr(type(end.ech), "room",
                        lambda self: [(_E.encrypted_client_hello, bytes(length))])
    monkeypatch.setattr(type(end.ech), "confirm_retry", lambda self, end, message: message)
    assert client_alert(client(ech=offered), end) == "decode_error"


def test_a_wrong_confirmation_is_none(monkeypatch):
    """In a HelloRetryRequest: the outer handshake goes on, up to the client's last word."""
    end = server(cookie=b"again")
    monkeypatch.setattr(type(end.ech), "confirm_retry", lambda self, end, message: message)
    peer = client()
    end.receive_data(peer.data_to_send())
    peer.receive_data(end.data_to_send())
    assert peer.ech.accepted is False
    assert refusal(end.receive_data, peer.data_to_send()) == "illegal_parameter"


def test_a_session_from_outside(monkeypatch):
    """Section 6.1.2: a server that takes the made-up ticket."""
    original = Server13._send_server_hello

    def resuming(rules, hello, *arguments):
        real = build.server_hello
        monkeypatch.setattr(build, "server_hello", lambda random, session, suite, added: real(
            random, session, suite, [*added, (_E.pre_shared_key, b"\0\0")]))
        original(rules, hello, *arguments)

    kept = tickets()
    first = client()
    talk(first, server(tickets=kept))
    monkeypatch.setattr(Server13, "_send_server_hello", resuming)
    peer = client(session=first.sessions[0])
    assert client_alert(peer, server(ech=[key("other")])) == "illegal_parameter"
