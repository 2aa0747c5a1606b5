"""Encrypted ClientHello between our two ends: read, not read, only pretended, tampered with."""

from dataclasses import replace

import pytest

from helpers import lab
from helpers.sources.openssl import openssl_server
from helpers.tls import ech, messages
from helpers.tls.client import Client
from helpers.tls.ech import ech_config_list, new_ech_key
from helpers.tls.ech_hello import associated
from helpers.tls.errors import TLSError
from helpers.tls.events import EarlyData, EarlyDataAnswered, ECHAnswered
from helpers.tls.registry import TLS12, ExtensionType, NamedGroup
from helpers.tls.registry13 import TLS13
from tests.tls import pairs
from tests.tls.ech_pairs import PUBLIC, client, key, server
from tests.tls.pairs import flow, talk, tickets, well

_E = ExtensionType
RETRY = [{}, {"groups": (NamedGroup.secp256r1,)}, {"cookie": b"again"}]
again = pytest.mark.parametrize("options", RETRY, ids=["at once", "another group", "a cookie"])


def outer_hellos(said) -> list[messages.ClientHello]:
    return [message.parsed for message in said.messages if message.name == "client_hello"]


def name_in(hello) -> str | None:
    found = hello.extension(_E.server_name)
    return found and found.value


def alerts(said) -> tuple:
    return tuple(said.ends[name].alerts_sent for name in ("client", "server"))


# --- the server reads it ----------------------------------------------------------------------

@again
def test_the_server_reads_the_inner_hello(options):
    peer, other = client(), server(**options)
    said = talk(peer, other)
    assert well(said)
    assert peer.ech.accepted is other.ech.accepted is True
    assert ECHAnswered(True) in peer.events
    assert other.server_name == lab.HOST
    assert peer.transcript == other.transcript
    assert peer.secrets == other.secrets
    inner = [messages.parse_handshake(data) for data in other.transcript if data[0] == 1]
    outer = outer_hellos(said)
    assert {name_in(hello) for hello in inner} == {lab.HOST}
    assert {name_in(hello) for hello in outer} == {PUBLIC}
    assert len(outer) == (2 if options else 1)
    assert {hello.random for hello in outer}.isdisjoint({hello.random for hello in inner})


def test_an_eavesdropper_reads_the_public_name_alone():
    said = talk(client(), server())
    crossed = b"".join(crossing.sent for crossing in said.crossings)
    assert PUBLIC.encode() in crossed
    assert lab.HOST.encode() not in crossed
    assert lab.HOST.encode() in b"".join(c.sent for c in talk(
        pairs.client(), server()).crossings)  # and without it, the real one


def test_it_repeats_byte_for_byte():
    """Each Ed25519 signature is the same; so are both hellos, sealed with seeded keys."""
    groups = {"groups": (NamedGroup.x25519,)}
    first, second = (talk(client(**groups), server(**groups)).stream("client") for _ in range(2))
    assert first == second


def test_the_inner_hello_offers_tls13_alone_and_says_the_shared_part_once():
    peer = client()
    inner = messages.parse_handshake(peer.transcript[0])
    assert inner.extension(_E.supported_versions).value == (TLS13,)
    assert inner.extension(_E.encrypted_client_hello).value is None
    shared = len(inner.extension(_E.key_share).data)
    sent = messages.parse_handshake(peer.data_to_send()[5:])
    sealed = sent.extension(_E.encrypted_client_hello).value
    assert len(sealed.payload) < 200 < shared
    assert sent.session_id == inner.session_id
    assert sent.extension(_E.key_share) == inner.extension(_E.key_share)


def test_trial_of_all_keys_with_the_number():
    """Two keys may have the same config_id; another number is not tried."""
    assert well(talk(client(), server(ech=[key("other"), key()])))
    peer = client()
    other = server(ech=[replace(key(), config=replace(key().config, config_id=8))])
    talk(peer, other)
    assert peer.ech.accepted is other.ech.accepted is False


def test_a_server_without_keys_and_a_client_without_config():
    assert well(talk(pairs.client(), server()))
    peer, other = client(), server(ech=())
    said = talk(peer, other)
    assert alerts(said) == (("ech_required",), ())
    assert peer.ech.retry_configs == b""  # it does without


# --- it does not ------------------------------------------------------------------------------

@again
def test_a_client_with_an_old_key_is_told_the_new_one(options):
    old, new = key("old"), key("new")
    peer, other = client(ech=ech_config_list([old])), server(ech=[new], **options)
    said = talk(peer, other)
    assert alerts(said) == (("ech_required",), ())
    assert not said.ends["client"].connected
    assert said.ends["server"].received == b""
    assert peer.ech.accepted is other.ech.accepted is False
    assert peer.ech.retry_configs == ech_config_list([new])
    assert ECHAnswered(False, ech_config_list([new])) in peer.events
    assert other.server_name == PUBLIC
    assert {name_in(hello) for hello in outer_hellos(said)} == {PUBLIC}
    assert lab.HOST.encode() not in b"".join(other.transcript[:1])
    assert well(talk(client(ech=peer.ech.retry_configs), server(ech=[new], **options)))


def test_nobody_is_believed_without_the_certificate_of_the_public_name():
    """Else anybody on the way could say "try again with this key of mine"."""
    peer, other = client(), pairs.server(ech=[key("other")])
    assert alerts(talk(peer, other)) == (("certificate_unknown",), ())
    assert peer.ech.accepted is False
    assert peer.ech.retry_configs == b""
    assert not [event for event in peer.events if isinstance(event, ECHAnswered)]


def test_a_rejected_client_does_not_say_who_it_is():
    options = {"client_trust": lambda chain: None, "ech": [key("other")]}
    peer, other = client(identity=pairs.identity("client")), server(**options)
    said = talk(peer, other)
    assert alerts(said) == (("ech_required",), ())
    assert other.certificate is None
    assert well(talk(client(identity=pairs.identity("client")),
                     server(client_trust=pairs.trust())))


def test_openssl_as_a_server_that_never_heard_of_it():
    """It answers the outer hello; its certificate is not for the public name."""
    peer = client()
    assert alerts(talk(peer, openssl_server(version="1.3")))[0] == ("certificate_unknown",)
    assert peer.ech.accepted is False
    assert well(talk(client(ech=b""), openssl_server(version="1.3")))


# --- only pretended ---------------------------------------------------------------------------

@again
def test_grease(options):
    """It looks alike, no server cares, and no retry config is believed."""
    peer, other = client(ech=b""), server(**options)
    said = talk(peer, other)
    assert well(said)
    assert (peer.ech.accepted, other.ech.accepted) == (None, False)
    assert peer.ech.retry_configs == b""
    hellos = outer_hellos(said)
    pretended = {hello.extension(_E.encrypted_client_hello).data for hello in hellos}
    assert len(pretended) == 1
    value = hellos[0].extension(_E.encrypted_client_hello).value
    real = messages.parse_handshake(client().data_to_send()[5:])
    genuine = real.extension(_E.encrypted_client_hello).value
    assert (value.suite, len(value.enc)) == (genuine.suite, len(genuine.enc))
    assert len(value.payload) % 32 == len(genuine.payload) % 32
    assert well(talk(client(ech=b"", versions=(TLS12, TLS13)), pairs.server(versions=(TLS12,))))


def test_no_usable_config_means_grease():
    config = key().config
    unknown = b"\xfe\x0e" + config.data[2:]
    data = len(unknown).to_bytes(2, "big") + unknown
    assert well(talk(client(ech=data), server()))
    assert client(ech=data).ech.accepted is None
    both = unknown + config.data
    peer, other = client(ech=len(both).to_bytes(2, "big") + both), server()
    assert well(talk(peer, other))
    assert peer.ech.accepted  # the first that can be used


# --- listening in ---------------------------------------------------------------------------

@again
def test_who_has_the_key_log_reads_it_all(options):
    """The inner hello by the line ECH_SECRET, the rest by the inner hello's random."""
    peer, other = client(), server(**options)
    said = talk(peer, other)
    assert None not in [message.data for message in said.messages]
    hellos = [message for message in said.messages if message.name == "client_hello"]
    assert hellos[-1].inside == [data for data in peer.transcript if data[0] == 1][-1]
    for message in hellos:
        assert name_in(message.parsed) == PUBLIC
        assert name_in(message.inner.parsed) == lab.HOST
        leaves = list(message.inner.fields.leaves())
        assert b"".join(message.inside[leaf.start:leaf.end] for leaf in leaves) == message.inside
    alone = said.without_secrets().find("client_hello")
    assert alone.inside is alone.inner is None


def test_what_a_broken_key_log_tells():
    said = talk(client(), server())
    lines = said.keylog
    for change in (lambda line: line.replace("ECH_CONFIG", "ECH_CONFIGS"),
                   lambda line: line[:-2] if line.startswith("ECH") else line,
                   lambda line: line.replace("fe0d", "fe0e", 1)):
        heard = said.with_secrets(keylog=map(change, lines))
        assert heard.find("client_hello").inner is None
        assert [message.title for message in heard.messages]


def test_listening_to_a_rejection_and_to_early_data():
    said = talk(client(), server(ech=[key("other")]))
    assert None not in [message.data for message in said.messages]
    assert name_in(said.find("client_hello").inner.parsed) == lab.HOST
    kept = tickets(max_early_data=100)
    said = talk(client(session=first_visit(kept), early_data=b"hello"), server(tickets=kept))
    assert None not in [message.data for message in said.messages]
    assert said.application_data("client").startswith(b"hello")


# --- padding ----------------------------------------------------------------------------------

def test_padding_hides_how_long_the_name_is():
    def size(name: str, longest: int) -> int:
        peer = client(server_name=name, ech=ech_config_list([key(maximum_name_length=longest)]))
        return len(peer.data_to_send())

    names = ["a.example", "bb.example", "a-longer-one.shop.example", "x" * 30 + ".example"]
    assert len({size(name, 40) for name in names}) == 1
    assert len({size(name, 0) for name in names}) > 1  # 32 bytes at a time
    assert size("192.0.2.1", 40) == size(names[0], 40)  # no name at all


# --- sessions and early data ------------------------------------------------------------------

def first_visit(kept):
    peer = client()
    assert well(talk(peer, server(tickets=kept)))
    return peer.sessions[0]


@again
def test_a_session_is_resumed_inside(options):
    kept = tickets()
    session = first_visit(kept)
    peer, other = client(session=session), server(tickets=kept, **options)
    said = talk(peer, other)
    assert well(said)
    assert peer.resumed
    assert other.resumed
    for hello in outer_hellos(said):
        psks = hello.extension(_E.pre_shared_key).value
        assert psks.identities[0] != session.ticket
        assert len(psks.identities[0]) == len(session.ticket)
    assert session.ticket not in b"".join(crossing.sent for crossing in said.crossings)


def test_early_data_inside_and_lost():
    kept = tickets(max_early_data=100)
    peer, other = (client(session=first_visit(kept), early_data=b"hello"), server(tickets=kept))
    assert EarlyData(b"hello") in flow(peer, other)
    assert peer.connected
    assert other.connected
    assert peer.secrets[:3] == other.secrets[:3]
    peer = client(session=first_visit(kept), early_data=b"hello")
    said = talk(peer, server(tickets=kept, ech=[key("other")]))
    assert alerts(said) == (("ech_required",), ())
    assert EarlyDataAnswered(False) in peer.events
    assert said.ends["server"].received == b""


def test_a_rejecting_server_cannot_resume():
    """The ticket outside is made up: who takes it, lies (RFC 9849 section 6.1.2)."""
    kept = tickets()
    session = first_visit(kept)
    peer, other = client(session=session), server(tickets=kept, ech=[key("other")])
    said = talk(peer, other)
    assert alerts(said) == (("ech_required",), ())
    assert not other.resumed


# --- configs ----------------------------------------------------------------------------------

def test_a_config_says_what_it_was_made_of():
    made = new_ech_key("a.example", lab.seeded("config"), config_id=3, maximum_name_length=9).config
    assert (made.config_id, made.public_name, made.maximum_name_length) == (3, "a.example", 9)
    assert made.data[:2] == b"\xfe\x0d"
    assert made.usable


@pytest.mark.parametrize("name", ["", "-a.example", "a..example", ".example", "example.",
                                  "x" * 64 + ".example", "192.0.2.1", "a.0x1f", "a.7", "ü.example",
                                  "a_b.example"])
def test_names_that_no_certificate_is_for(name):
    with pytest.raises(ValueError, match=r"public_name|host name"):
        new_ech_key(name, lab.seeded("config"))


@pytest.mark.parametrize("change", [
    {"kem_id": 16}, {"cipher_suites": ((1, 2),)}, {"public_key": bytes(31)},
    {"extensions": (0x8001,)}, {"public_name": "127.0.0.1"}])
def test_configs_that_are_skipped(change):
    assert not replace(key().config, **change).usable
    assert replace(key().config, extensions=(1,)).usable


@pytest.mark.parametrize("data", [b"\0", b"\0\0", b"\0\4\xfe\x0d\0\1",
                                  ech_config_list([key()])[:-1], ech_config_list([key()]) + b"\0"])
def test_what_is_no_config_list(data):
    with pytest.raises(ValueError, match="no ECHConfigList"):
        client(ech=data)


def test_a_key_that_is_of_no_use():
    data = ech_config_list([key()]).replace(key().config.public_key, bytes(32))
    with pytest.raises(ValueError, match="shared key"):
        client(ech=data)
    with pytest.raises(ValueError, match="versions"):
        client(versions=(TLS12,))


def test_every_byte_of_a_list_has_a_name():
    data, fields = ech_config_list([key(), key("other")]), []
    ech.configs(ech.Reader(data, fields=fields))
    leaves = [leaf for field in fields for leaf in field.leaves()]
    assert b"".join(data[leaf.start:leaf.end] for leaf in leaves) == data
    assert fields[0].find("public_name").find("bytes").value == PUBLIC.encode()


# --- somebody on the way ----------------------------------------------------------------------

def changed(peer: Client, change) -> bytes:
    """The client's first record with another outer hello in it."""
    record = peer.data_to_send()
    return record[:5] + change(record[5:])


def test_whoever_changes_the_outer_hello_is_noticed():
    """It is sealed with the inner one: to the server it is a hello that it cannot read, and its
    keys come from another hello than the client's."""
    def other_name(data: bytes) -> bytes:
        return data.replace(PUBLIC.encode(), b"hidden.example")

    peer, other = client(), server()
    other.receive_data(changed(peer, other_name))
    assert other.ech.accepted is False
    with pytest.raises(TLSError) as problem:
        peer.receive_data(other.data_to_send())
    assert problem.value.alert.name == "bad_record_mac"


def test_a_server_that_takes_back_its_confirmation():
    """RFC 9849 section 6.1.5: first a HelloRetryRequest that confirms, then a ServerHello that
    does not."""
    peer, other = client(), server(cookie=b"again")
    other.receive_data(peer.data_to_send())
    peer.receive_data(other.data_to_send())
    assert peer.ech.accepted
    other.receive_data(peer.data_to_send())
    data = bytearray(other.data_to_send())
    data[5 + 4 + 2 + 31] ^= 1
    with pytest.raises(TLSError, match="confirmed the first") as problem:
        peer.receive_data(bytes(data))
    assert problem.value.alert.name == "illegal_parameter"


def test_the_associated_data_is_the_outer_hello_with_zeros():
    data = client().data_to_send()[5:]
    value = messages.parse_handshake(data).extension(_E.encrypted_client_hello).value
    blank = associated(data, value)
    assert len(blank) == len(data) - 4
    assert data[4:].replace(value.payload, bytes(len(value.payload))) == blank
