"""A TLS 1.2 server that sends whatever a test asks for, right or wrong, and checks nothing.

It reads the client's messages with the engine's parsers and seals with the engine's record
protection; both are tested against OpenSSL elsewhere.
"""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from helpers import lab
from helpers.pki import authority
from helpers.tls import build, extensions, messages, schedule12
from helpers.tls.client import Client
from helpers.tls.groups import decrypt_pre_master_secret, generate_share, shared_secret
from helpers.tls.record import HandshakeBuffer, Protection, Record, RecordBuffer
from helpers.tls.registry import SUITES, CipherSuite, ContentType, HandshakeType
from helpers.tls.trust import TrustStore
from helpers.wire import Writer

ECDHE = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
RSA = CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256
PSS_SHA256 = 0x0804
SECURE = (extensions.renegotiation_info(), extensions.extended_master_secret())


def trust(root: str = "root") -> TrustStore:
    return TrustStore([authority.root(root).certificate], lab.NOW)


def client(label: str = "client", **options) -> Client:
    """A client that offers TLS 1.2 alone (it has no other cipher suites) and keeps no tickets."""
    options.setdefault("tickets", False)
    options.setdefault("cipher_suites", tuple(SUITES))
    options.setdefault("trust", trust())
    host = options.pop("server_name", lab.HOST)
    return Client(host, options.pop("trust"), random=lab.seeded(label), **options)


def handshake(kind: int, body: bytes) -> bytes:
    return Writer().uint(1, kind).vector(3, body).bytes()


def record(message: bytes, kind: int = ContentType.handshake, version: int = 0x0303) -> bytes:
    return Record(kind, version, message).bytes()


class HandServer:
    """Talks to `client`; `sent` and `seen` make up the transcript."""

    def __init__(self, peer: Client, suite: int = ECDHE, kind: str = "rsa"):
        self.peer, self.suite_number, self.suite = peer, suite, SUITES[suite]
        self.identity = authority.server(kind)
        self.random = b"S" * 32
        self.transcript: list[bytes] = []
        self.write: Protection | None = None
        self._share = generate_share(29, lab.seeded("hand server"))
        self._records, self._handshakes = RecordBuffer(), HandshakeBuffer()
        self._listen()
        self.client_random = messages.parse_handshake(self.transcript[0]).random

    def _listen(self) -> None:
        self._records.feed(self.peer.data_to_send())
        for item in self._records.records():
            if item.type == ContentType.change_cipher_spec:
                return
            self._handshakes.feed(item.fragment)
            self.transcript += self._handshakes.messages()

    # --- messages: each returns a handshake message and notes it in the transcript --------------

    def _say(self, kind: int, body: bytes) -> bytes:
        message = handshake(kind, body)
        self.transcript.append(message)
        return message

    def hello(self, *, version: int = 0x0303, suite: int | None = None, compression: int = 0,
              added: tuple = SECURE) -> bytes:
        body = Writer().uint(2, version).opaque(self.random).vector(1, b"")
        body.uint(2, self.suite_number if suite is None else suite).uint(1, compression)
        return self._say(HandshakeType.server_hello,
                         body.opaque(extensions.build_extensions(added)).bytes())

    def certificate(self, chain: tuple[bytes, ...] | None = None) -> bytes:
        message = build.certificate(self.identity.chain if chain is None else chain)
        self.transcript.append(message)
        return message

    def key_exchange(self, *, curve: int = 29, curve_type: int = 3, public: bytes | None = None,
                     scheme: int = PSS_SHA256, signature: bytes | None = None) -> bytes:
        params = Writer().uint(1, curve_type).uint(2, curve)
        params = params.vector(1, self._share.public if public is None else public).bytes()
        if signature is None:
            signature = self._sign(self.client_random + self.random + params)
        return self._say(HandshakeType.server_key_exchange,
                         Writer().opaque(params).uint(2, scheme).vector(2, signature).bytes())

    def _sign(self, data: bytes) -> bytes:
        assert isinstance(self.identity.key, rsa.RSAPrivateKey)
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
        return self.identity.key.sign(data, pss, hashes.SHA256())

    def request(self) -> bytes:
        body = Writer().uints(1, 1, [1]).uints(2, 2, [PSS_SHA256]).vector(2, b"")
        return self._say(HandshakeType.certificate_request, body.bytes())

    def done(self) -> bytes:
        return self._say(HandshakeType.server_hello_done, b"")

    def flight(self) -> bytes:
        """ServerHello to ServerHelloDone as they should be, one record each."""
        parts = [self.hello(), self.certificate()]
        if self.suite.key_exchange == "ECDHE":
            parts.append(self.key_exchange())
        return b"".join(map(record, [*parts, self.done()]))

    def accept(self, *, extended: bool = True) -> None:
        """Reads the client's second flight up to its ChangeCipherSpec and derives the keys."""
        finished_follows = len(self.transcript)
        self._listen()
        exchange = messages.parse_handshake(self.transcript[-1], self.suite.key_exchange)
        assert len(self.transcript) > finished_follows
        if self.suite.key_exchange == "RSA":
            pre_master = decrypt_pre_master_secret(exchange.exchange_keys, self.identity.key)
        else:
            pre_master = shared_secret(self._share, exchange.exchange_keys)
        session_hash = schedule12.hash_of(self.suite.hash_name, b"".join(self.transcript))
        self.master = schedule12.master_secret_step(
            self.suite, pre_master, self.client_random, self.random,
            session_hash if extended else None).output
        steps = schedule12.key_block_steps(self.suite, self.master, self.client_random,
                                           self.random)
        self.keys = {step.name: step.output for step in steps}
        read = Protection(self.suite, self.keys["client_write_key"], self.keys["client_write_IV"])
        finished = next(self._records.records())
        self.transcript.append(read.unprotect(finished))
        self.write = Protection(self.suite, self.keys["server_write_key"],
                                self.keys["server_write_IV"])

    def sealed(self, kind: int, plaintext: bytes) -> bytes:
        return self.write.protect(kind, plaintext).bytes()

    def finished(self, verify_data: bytes | None = None) -> bytes:
        """ChangeCipherSpec and Finished, as they cross."""
        if verify_data is None:
            digest = schedule12.hash_of(self.suite.hash_name, b"".join(self.transcript))
            verify_data = schedule12.verify_data(self.suite, self.master, "server", digest)
        message = self._say(HandshakeType.finished, verify_data)
        return record(b"\x01", ContentType.change_cipher_spec) + self.sealed(
            ContentType.handshake, message)


def connected(suite: int = ECDHE, **options) -> tuple[Client, HandServer]:
    """A client and a server whose handshake is done."""
    peer = client(**options)
    server = HandServer(peer, suite)
    peer.receive_data(server.flight())
    server.accept()
    peer.receive_data(server.finished())
    assert peer.connected
    return peer, server
