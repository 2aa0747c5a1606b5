"""Our endpoints live through the handshakes of RFC 8448, with its private keys for randomness.

NSS made the traces, and its messages are not built as ours are (it asks for record_size_limit, for
one, and signs with random salt). So three things are put into our ends' mouths: the Hellos,
EncryptedExtensions and the like, and the signature. Everything else is their own work: every secret
and key, every Finished, what they accept, and every record after the Hellos to the last byte.
"""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from helpers.tls import build, extensions, messages, server13, signing
from helpers.tls.client import Client
from helpers.tls.events import ApplicationData, Closed, EarlyData, EarlyDataAnswered, NewTicket
from helpers.tls.messages13 import parse_handshake13
from helpers.tls.psk import Session
from helpers.tls.record import split_records
from helpers.tls.registry import CipherSuite, HandshakeType, NamedGroup
from helpers.tls.registry13 import TLS13
from helpers.tls.server import Server
from tests.tls import rfc8448

SECTIONS = pytest.mark.parametrize("section", rfc8448.SECTIONS)
NOW = 1_000_000.0
DATA = bytes(range(50))
RECORD_SIZE_LIMIT = 28
_H = HandshakeType


def said(section: int, kind: int, who: str | None = None) -> list[bytes]:
    return [item for item in rfc8448.trace(section).messages(who) if item[0] == kind]


def private(section: int, who: str) -> list[bytes]:
    """What `groups.generate_share` has to draw for the trace's keys: for P-256 it takes 48 bytes
    and adds 1 to them."""
    drawn = []
    for step in rfc8448.trace(section).all("create an ephemeral", who):
        key = step["private key"]
        drawn.append((int.from_bytes(key, "big") - 1).to_bytes(48, "big")
                     if "P-256" in step.what else key)
    return drawn


def drawing(*values: bytes) -> Callable[[int], bytes]:
    """A source of these bytes, in this order, and of zeros after them."""
    left = list(values)

    def random(length: int) -> bytes:
        value = left.pop(0) if left else bytes(length)
        assert len(value) == length
        return value

    return random


def in_turn(values: list[bytes]) -> Callable[..., bytes]:
    """A function that returns the next of these whatever it is called with."""
    left = list(values)
    return lambda *_, **__: left.pop(0)


def leaf(chain: tuple[bytes, ...], *_: object) -> x509.Certificate:
    """Trusts anybody: the certificates of the traces signed themselves, and ran out in 2026."""
    return x509.load_der_x509_certificate(chain[0])


def session_of_the_trace() -> Session:
    """What the ticket of section 3 gave, of the age that section 4's ClientHello claims."""
    ticket = parse_handshake13(rfc8448.NEW_SESSION_TICKET)
    hello = messages.parse_handshake(said(rfc8448.RESUMED, _H.client_hello)[0])
    claimed = int.from_bytes(hello.extension(41).data[-(2 + 1 + 32) - 4:-(2 + 1 + 32)], "big")
    age = (claimed - ticket.ticket_age_add) % 2**32 / 1000
    secret = rfc8448.trace(rfc8448.RESUMED).one('extract secret "early"')["IKM"]
    shown = parse_handshake13(rfc8448.CERTIFICATE).certificate_list[0]
    return Session(TLS13, CipherSuite.TLS_AES_128_GCM_SHA256, secret, NOW - age,
                   ticket.ticket_lifetime, "server", None, ticket.ticket, ticket.ticket_age_add,
                   1024, certificate=shown)


# --- as the client ------------------------------------------------------------------------------


class Replayed:
    """A client that says the trace's ClientHellos, and hears its server's records."""

    def __init__(self, section: int, patch: pytest.MonkeyPatch):
        self.section = section
        self.hellos = said(section, _H.client_hello)
        patch.setattr(build, "client_hello", in_turn(self.hellos))
        patch.setattr(extensions, "ALLOWED_ENCRYPTED",
                      extensions.ALLOWED_ENCRYPTED | {RECORD_SIZE_LIMIT})
        first = messages.parse_handshake(self.hellos[0])
        shares = tuple(group for group, _ in first.extension(51).value)
        compatible = section == rfc8448.COMPATIBLE
        session = session_of_the_trace() if section == rfc8448.RESUMED else None
        named = [first.session_id or bytes(32)] if compatible or session else []
        self.client = Client(
            "server", leaf, versions=(TLS13,), middlebox_compat=compatible, clock=lambda: NOW,
            groups=(NamedGroup.x25519, NamedGroup.secp256r1), shares=shares, session=session,
            early_data=self._early(), random=drawing(first.random, *named,
                                                     *private(section, "client")))
        if session:
            self.client.rules.session_id = first.session_id
        self.events, self.records = [], []
        self._spoke(self.hellos[0])

    def _early(self) -> bytes:
        steps = rfc8448.trace(self.section).all("send application_data record", "client")
        return steps[0]["payload"] if self.section == rfc8448.RESUMED else b""

    def _spoke(self, hello: bytes) -> None:
        """The extensions that it has now offered are those of the trace."""
        self.client.rules.sent = frozenset(
            item.type for item in messages.parse_handshake(hello).extensions)
        self.records += split_records(self.client.data_to_send())

    def hear(self, record: bytes) -> None:
        self.events += self.client.receive_data(record)
        if self.client.transcript[-1] == self.hellos[-1]:
            self._spoke(self.hellos[-1])
        self.records += split_records(self.client.data_to_send())


def play_client(section: int, patch: pytest.MonkeyPatch) -> Replayed:
    """The whole trace, up to where the client would have to sign or to say goodbye."""
    played = Replayed(section, patch)
    for record in rfc8448.trace(section).records("server")[:-1]:
        played.hear(record)
    return played


@SECTIONS
def test_the_clients_secrets(section, monkeypatch):
    """All of them, by name; with a client certificate, up to the client's own signature."""
    client = play_client(section, monkeypatch).client
    published = rfc8448.by_name(section)
    if section == rfc8448.CLIENT_CERTIFICATE:
        del published["resumption_secret"]
    made = {step.name: step.output for step in client.secrets}
    assert {name: made[name].hex() for name in published} == {
        name: value.hex() for name, value in published.items()}


@pytest.mark.parametrize("section", sorted({*rfc8448.SECTIONS} - {rfc8448.CLIENT_CERTIFICATE}))
def test_the_clients_records(section, monkeypatch):
    """Every record of the trace's client, byte for byte: hellos, early data, EndOfEarlyData,
    ChangeCipherSpec, Finished, data, close_notify."""
    played = play_client(section, monkeypatch)
    client, wanted = played.client, rfc8448.trace(section).records("client")
    assert client.connected
    if any(step["payload"] == DATA for step in rfc8448.trace(section).all("send ", "client")):
        client.send(DATA)
    client.close()
    records = [bytes(item) for item in played.records + split_records(client.data_to_send())]
    # RFC 9846 section 5.1 leaves the version in the first record's header open: 0x0301 or 0x0303.
    assert records[0][1:3] in (b"\3\1", b"\3\3")
    records[0] = records[0][:1] + wanted[0][1:3] + records[0][3:]
    assert [item.hex() for item in records] == [item.hex() for item in wanted]


def test_what_the_client_reports(monkeypatch):
    """Section 3's ticket gives the PSK that section 4 starts from; its data and goodbye arrive."""
    played = play_client(rfc8448.ONE_ROUND_TRIP, monkeypatch)
    played.hear(rfc8448.trace(rfc8448.ONE_ROUND_TRIP).records("server")[-1])
    (session,) = [item.session for item in played.events if isinstance(item, NewTicket)]
    wanted = session_of_the_trace()
    assert (session.secret, session.ticket, session.max_early_data, session.lifetime) == \
        (wanted.secret, wanted.ticket, wanted.max_early_data, wanted.lifetime)
    assert ApplicationData(DATA) in played.events
    assert played.events[-1] == Closed()


def test_the_early_data_is_accepted(monkeypatch):
    played = play_client(rfc8448.RESUMED, monkeypatch)
    assert played.events[0] == EarlyDataAnswered(accepted=True)
    assert played.client.resumed


# --- as the server ------------------------------------------------------------------------------


class OneTicket:
    """Opens the ticket of section 3, and hands it out again."""

    max_early_data, count, lifetime, replay_guard = 1024, 1, 30, None

    def open(self, ticket: bytes, now: float) -> Session | None:
        session = session_of_the_trace()
        return session if ticket == session.ticket else None

    def seal(self, session: Session, random: object) -> bytes:
        return b"replaced below"


def play_server(section: int, patch: pytest.MonkeyPatch) -> tuple[Server, list, list[bytes]]:
    """Our server on the trace's client: itself, its events, and its records."""
    talk = rfc8448.trace(section)
    said_once = {"server_hello": _H.server_hello, "encrypted_extensions": _H.encrypted_extensions,
                 "certificate_request13": _H.certificate_request,
                 "new_session_ticket13": _H.new_session_ticket}
    for name, kind in said_once.items():
        patch.setattr(build, name, in_turn(said(section, kind, "server")))
    proofs = [parse_handshake13(item).signature for item in said(section, _H.certificate_verify)]
    patch.setattr(signing, "sign", in_turn(proofs))
    chain = tuple(parse_handshake13(item).certificate_list
                  for item in said(section, _H.certificate, "server"))
    key = ec.generate_private_key(ec.SECP256R1()) if section == rfc8448.CLIENT_CERTIFICATE else \
        rfc8448.server_key()
    server = Server(
        SimpleNamespace(key=key, chain=chain[0] if chain else ()), versions=(TLS13,),
        groups=(NamedGroup.secp256r1,) if section == rfc8448.RETRY else (NamedGroup.x25519,),
        cookie=_cookie(section), clock=lambda: NOW, random=drawing(*private(section, "server")),
        tickets=OneTicket() if section in (rfc8448.ONE_ROUND_TRIP, rfc8448.RESUMED) else None,
        client_trust=leaf if section == rfc8448.CLIENT_CERTIFICATE else None)
    if section == rfc8448.RESUMED:
        patch.setattr(server13.Server13, "_send_ticket", lambda *_: None)
    events, records = [], []
    for record in talk.records("client")[:-1]:
        events += server.receive_data(record)
        records += split_records(server.data_to_send())
    return server, events, list(map(bytes, records))


def _cookie(section: int) -> bytes | None:
    if section != rfc8448.RETRY:
        return None
    return messages.parse_handshake(said(section, _H.server_hello)[0]).extension(44).value


@SECTIONS
def test_the_servers_secrets(section, monkeypatch):
    """All of them; and it accepts the trace's client, binder, signature and Finished included."""
    server, _, _ = play_server(section, monkeypatch)
    assert server.connected
    published = rfc8448.by_name(section)
    made = {step.name: step.output for step in server.secrets}
    assert {name: made[name].hex() for name in published} == {
        name: value.hex() for name, value in published.items()}


@SECTIONS
def test_the_servers_messages(section, monkeypatch):
    """Its transcript is the trace's, its own Finished in it."""
    server, _, _ = play_server(section, monkeypatch)
    wanted = [item for item in rfc8448.trace(section).messages()
              if item[0] != _H.new_session_ticket]
    start = 1 if section == rfc8448.RETRY else 0  # a retried ClientHello lives on as its hash
    assert server.transcript[start:] == wanted[start:]


@SECTIONS
def test_the_servers_records_after_the_handshake(section, monkeypatch):
    """Ticket, data and close_notify, byte for byte. (Its flight is in more records than NSS's.)"""
    server, events, records = play_server(section, monkeypatch)
    wanted = rfc8448.trace(section).all("send ", "server")
    after = [step for step in wanted
             if step["payload"] in (rfc8448.NEW_SESSION_TICKET, DATA, b"\1\0")]
    if any(step["payload"] == DATA for step in after):
        assert ApplicationData(DATA) in events
        server.send(DATA)
    server.close()
    records += map(bytes, split_records(server.data_to_send()))
    assert records[-len(after):] == [step["complete record"] for step in after]


def test_the_server_reads_the_early_data(monkeypatch):
    _, events, _ = play_server(rfc8448.RESUMED, monkeypatch)
    early = rfc8448.trace(rfc8448.RESUMED).all("send application_data", "client")[0]["payload"]
    assert events[0] == EarlyData(early)
