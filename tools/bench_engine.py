"""The work that `tools.bench` times: handshakes in memory, and parsing the same recorded bytes
with the engine and with three libraries.

The libraries do not read equally deep: tlslite-ng and scapy also decode the certificates, scapy
builds session keys, dpkt leaves ServerKeyExchange, ServerHelloDone and ClientKeyExchange unread.
"""

from __future__ import annotations

import warnings
from functools import cache

from helpers import lab
from helpers.conversation import CLIENT, SERVER, exchange, split_records
from helpers.pki import authority
from helpers.sources import load, openssl_client, openssl_server
from helpers.sources.openssl import ECDHE_SUITE
from helpers.tls import messages
from helpers.tls.client import Client
from helpers.tls.record import HandshakeBuffer, RecordBuffer
from helpers.tls.registry import CipherSuite
from helpers.tls.trust import TrustStore

SUITE = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256


@cache
def _trust() -> TrustStore:
    return TrustStore([authority.root().certificate], lab.NOW)


def our_handshake() -> None:
    """Our client and OpenSSL's server."""
    _run(Client(lab.HOST, _trust(), cipher_suites=(SUITE,), alpn=(b"h2", b"http/1.1")))


def openssl_handshake() -> None:
    """OpenSSL's client and the same server."""
    _run(openssl_client(ECDHE_SUITE))


def _run(client: object) -> None:
    ends = exchange(client, openssl_server(ECDHE_SUITE)).ends
    if not (ends[CLIENT].connected and ends[SERVER].connected):
        raise RuntimeError(f"the handshake failed: {ends}")


@cache
def flight() -> tuple[tuple[str, bytes], ...]:
    """The records of the recorded ECDHE handshake that were sent in the clear, with their sender,
    without ChangeCipherSpec."""
    found, sealed = [], set()
    for crossing in load("tls12_ecdhe").crossings:
        for record in split_records(crossing.sent):
            if record[0] == 20:
                sealed.add(crossing.sender)
            elif crossing.sender not in sealed:
                found.append((crossing.sender, record))
    return tuple(found)


@cache
def stream() -> bytes:
    """The same records in one piece."""
    return b"".join(record for _, record in flight())


def parse(*, fields: bool) -> list[object]:
    """Our parsers, as the handshake uses them; with `fields` each byte is named too."""
    records, handshakes, found = RecordBuffer(), HandshakeBuffer(), []
    records.feed(stream())
    for record in records.records():
        handshakes.feed(record.fragment)
        found += [messages.parse_handshake(data, "ECDHE", [] if fields else None)
                  for data in handshakes.messages()]
    return found


@cache
def _tlslite() -> tuple:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports asyncore where that is still there
        from tlslite import messages as theirs
        from tlslite.constants import CertificateType
        from tlslite.utils.codec import Parser
    return theirs, CertificateType.x509, Parser


def parse_tlslite() -> list[object]:
    """tlslite-ng's message classes."""
    theirs, certificate_type, Parser = _tlslite()
    version = (3, 3)
    make = {1: theirs.ClientHello, 2: theirs.ServerHello, 14: theirs.ServerHelloDone,
            11: lambda: theirs.Certificate(certificate_type, version),
            12: lambda: theirs.ServerKeyExchange(SUITE, version),
            16: lambda: theirs.ClientKeyExchange(SUITE, version)}
    data, start, found = stream(), 0, []
    while start < len(data):
        header = theirs.RecordHeader3().parse(Parser(bytearray(data[start:start + 5])))
        start += 5
        body = Parser(bytearray(data[start:start + header.length]))
        start += header.length
        found.append(make[body.get(1)]().parse(body))
    return found


def parse_scapy() -> list[object]:
    """scapy's TLS layers, with the session that they need."""
    from scapy.layers.tls.all import TLS
    from scapy.layers.tls.session import tlsSession

    session, last, found = tlsSession(), CLIENT, []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for sender, record in flight():
            if sender != last:
                session, last = session.mirror(), sender
            packet = TLS(record, tls_session=session)
            session = packet.tls_session
            found += packet.msg
    return found


def parse_dpkt() -> list[object]:
    """dpkt's records and handshake messages."""
    from dpkt import ssl

    records, _ = ssl.tls_multi_factory(stream())
    return [ssl.TLSHandshake(record.data) for record in records]
