"""A server that wants to know who visits: client certificates in both versions."""

from dataclasses import replace

import pytest
from OpenSSL import SSL, crypto

from helpers import lab, pki
from helpers.conversation import CLIENT, SERVER, exchange
from helpers.pki import authority
from helpers.sources import contexts
from helpers.sources.openssl import OFFER, OpenSSLEndpoint
from helpers.tls import messages, signing
from helpers.tls.errors import TLSError
from helpers.tls.registry import TLS12, AlertDescription
from helpers.tls.registry13 import TLS13
from tests.tls.hand_server import trust
from tests.tls.pairs import client, identity, server, talk, tickets, well

BOTH = pytest.mark.parametrize("version", [TLS12, TLS13])
KEYS = ["p256", "rsa2048", "ed25519", "p384"]


def alice(key: str = "p256", **fields):
    return pki.issue("alice.example", by=authority.intermediate(), key=key,
                     **{"extended": ["client"], **fields})


@BOTH
@pytest.mark.parametrize("key", KEYS)
def test_a_client_shows_its_certificate(version, key):
    peer = client(versions=(version,), identity=alice(key))
    other = server("rsa", client_trust=trust())
    said = talk(peer, other)
    assert well(said)
    assert other.certificate == alice(key).certificate
    assert peer.transcript == other.transcript
    assert "certificate_request" in [message.name for message in said.messages]


@BOTH
def test_a_person_without_a_host_name(version):
    peer = client(versions=(version,), identity=alice(names=()))
    other = server("rsa", client_trust=trust())
    assert well(talk(peer, other))
    assert other.certificate.subject.rfc4514_string().startswith("CN=alice.example")


@BOTH
@pytest.mark.parametrize("required", [True, False])
def test_a_client_that_has_none(version, required):
    other = server(client_trust=trust(), require_client_certificate=required)
    said = talk(client(versions=(version,)), other)
    if required:
        alert = "certificate_required" if version == TLS13 else "handshake_failure"
        assert said.ends[SERVER].alerts_sent == (alert,)
        assert not said.ends[SERVER].connected
    else:
        assert well(said)
        assert other.certificate is None


@BOTH
@pytest.mark.parametrize(("fields", "alert"), [
    ({"days": 1, "start": -5}, "certificate_expired"), ({"extended": ["server"]},
                                                        "certificate_unknown"),
    ({"by": authority.root("other_root")}, "unknown_ca"),
    ({"usage": ["key_agreement"]}, "unsupported_certificate"),
])
def test_a_certificate_that_does_not_convince(version, fields, alert):
    fields = {"by": authority.intermediate(), "extended": ["client"], **fields}
    shown = pki.issue("mallory.example", **fields)
    said = exchange(client(versions=(version,), identity=shown), server(client_trust=trust()))
    assert said.ends[SERVER].alerts_sent == (alert,)
    assert said.ends[CLIENT].alerts_received == (alert,)


@BOTH
def test_a_certificate_without_its_key(version):
    """Anybody can copy a certificate: CertificateVerify is what proves."""
    stolen = replace(alice(), key=pki.issue("mallory.example").key)
    said = exchange(client(versions=(version,), identity=stolen), server(client_trust=trust()))
    assert said.ends[SERVER].alerts_sent == ("decrypt_error",)


@BOTH
def test_a_verdict_of_ones_own(version):
    def judge(chain):
        raise TLSError(AlertDescription.access_denied, f"not today, {len(chain)}")

    said = exchange(client(versions=(version,), identity=alice()), server(client_trust=judge))
    assert said.ends[SERVER].alerts_sent == ("access_denied",)


@BOTH
def test_who_comes_back_is_still_known(version):
    kept = tickets()
    peer = client(versions=(version,), identity=alice())
    assert well(talk(peer, server(client_trust=trust(), tickets=kept)))
    again = client(versions=(version,), session=peer.sessions[0])
    other = server(client_trust=trust(), require_client_certificate=True, tickets=kept)
    assert well(talk(again, other))
    assert other.resumed
    assert other.certificate == alice().certificate


@BOTH
def test_a_key_that_the_server_cannot_check(version, monkeypatch):
    """Then the client says that it has none."""
    wanted = (0x0804, 0x0401)
    monkeypatch.setattr("helpers.tls.server13.SCHEMES", wanted)
    monkeypatch.setattr(signing, "SCHEMES", (*wanted, 0x0403))
    other = server("rsa", client_trust=trust(), versions=(version,))
    said = talk(client(versions=(version,), identity=alice("ed25519")), other)
    if version == TLS13:
        assert well(said)
        assert other.certificate is None


def openssl_context(kind: str, version: str) -> SSL.Context:
    context = contexts._context(OFFER if version == "1.2" else None, version, None)
    store = context.get_cert_store()
    store.add_cert(crypto.X509.from_cryptography(authority.root().certificate))
    store.set_time(lab.NOW.replace(tzinfo=None))
    return contexts._serve(context, identity("rsa") if kind == "server" else alice())


@pytest.mark.parametrize("version", ["1.2", "1.3"])
def test_openssl_asks_our_client(version):
    context = openssl_context("server", version)
    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT)
    theirs = OpenSSLEndpoint(context, version=version)
    assert well(talk(client(identity=alice()), theirs))
    shown = theirs._connection.get_peer_certificate().to_cryptography()
    assert shown == alice().certificate
    said = talk(client(), OpenSSLEndpoint(context, version=version))
    assert said.ends[SERVER].alerts_sent


@pytest.mark.parametrize("version", ["1.2", "1.3"])
def test_our_server_asks_openssls_client(version):
    theirs = OpenSSLEndpoint(openssl_context("client", version), lab.HOST, version)
    other = server("rsa", client_trust=trust(), require_client_certificate=True)
    assert well(talk(theirs, other))
    assert other.certificate == alice().certificate


def test_what_signs_in_tls12():
    """Every message so far, not their hash alone (RFC 5246 section 7.4.8)."""
    peer = client(versions=(TLS12,), identity=alice())
    talk(peer, server("rsa", client_trust=trust()))
    at = next(place for place, data in enumerate(peer.transcript) if data[0] == 15)
    message = messages.parse_handshake(peer.transcript[at])
    signing.verify(alice().key.public_key(), message.signature_scheme, message.signature,
                   b"".join(peer.transcript[:at]))
