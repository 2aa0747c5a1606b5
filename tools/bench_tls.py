"""The work that `tools.bench` times for the whole engine: full handshakes in memory with both ends
ours, their floor, and two Python peers; sealing and opening records; importing the engine.

The floor of a handshake is its public-key operations alone, called through `cryptography`: two
X25519 key pairs, two exchanges, the server's signature, its verification, and the verification of
the one signature in the chain (leaf and root). Every handshake here does those, and these are not
like for like: aioquic's is QUIC's, without record protection; tlslite-ng checks no chain.
Both floor and ours have read the certificates before, as a client has that comes back.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from helpers import lab, pki
from helpers.tls.client import Client
from helpers.tls.record import MAX_PLAINTEXT, RecordLayer
from helpers.tls.record13 import Protection13
from helpers.tls.registry import TLS12, CipherSuite, NamedGroup
from helpers.tls.registry13 import SUITES13, TLS13
from helpers.tls.server import Server
from helpers.tls.trust import TrustStore

ROOT = Path(__file__).resolve().parent.parent
STARTS = 15  # fresh interpreters for each of the two imports
YEARS = 365.25


@dataclass(frozen=True)
class Setting:
    """One kind of handshake: the version, and what the keys of leaf and root are."""

    version: int
    suite: int
    kind: str

    @cached_property
    def root(self) -> pki.Identity:
        return pki.issue("TEST ONLY Bench Root", key=_key(self.kind, "root"), ca=True,
                         start=-1000, days=50 * YEARS)

    @cached_property
    def identity(self) -> pki.Identity:
        """Valid for long: the peers look at the computer's clock."""
        return pki.issue(lab.HOST, by=self.root, key=_key(self.kind, "leaf"), start=-1000,
                         days=50 * YEARS)

    @cached_property
    def trust(self) -> TrustStore:
        return TrustStore([self.root.certificate], lab.NOW)

    # --- ours -----------------------------------------------------------------------------------

    def ours(self) -> None:
        """A full handshake, to the moment when both ends are connected."""
        choices = {"versions": (self.version,), "cipher_suites": (self.suite,),
                   "groups": (NamedGroup.x25519,)}
        client = Client(lab.HOST, self.trust, tickets=False, **choices)
        server = Server(self.identity, **choices)
        for _ in range(2):
            server.receive_data(client.data_to_send())
            client.receive_data(server.data_to_send())
        if not (client.connected and server.connected):
            raise RuntimeError("the handshake failed")

    # --- the floor ------------------------------------------------------------------------------

    @cached_property
    def _signing(self) -> tuple:
        return (ec.ECDSA(hashes.SHA256()),) if self.kind == "ecdsa" else (
            padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH), hashes.SHA256())

    @cached_property
    def _public(self) -> tuple:
        """What a client has once the certificates are read: both keys and what the root signed."""
        leaf, root = self.identity.certificate, self.root.certificate
        how = (ec.ECDSA(hashes.SHA256()),) if self.kind == "ecdsa" else (padding.PKCS1v15(),
                                                                        hashes.SHA256())
        return leaf.public_key(), root.public_key(), (
            leaf.signature, leaf.tbs_certificate_bytes, *how)

    def floor(self) -> None:
        """The public-key operations of both ends and nothing else."""
        leaf, root, signed = self._public
        mine, theirs = X25519PrivateKey.generate(), X25519PrivateKey.generate()
        mine.exchange(theirs.public_key())
        theirs.exchange(mine.public_key())
        signature = self.identity.key.sign(_CONTENT, *self._signing)
        leaf.verify(signature, _CONTENT, *self._signing)
        root.verify(*signed)

    # --- the peers ------------------------------------------------------------------------------

    def tlslite(self) -> None:
        """tlslite-ng's handshake in memory, both ends; it judges no chain."""
        chain, key, settings = self._tlslite
        connection, Wire, suite_of = _tlslite()
        wires = Wire(), Wire()
        wires[0].peer, wires[1].peer = wires[1].waiting, wires[0].waiting
        client, server = map(connection, wires)
        steps = [client.handshakeClientCert(settings=settings, serverName=lab.HOST, async_=True),
                 server.handshakeServerAsync(certChain=chain, privateKey=key, settings=settings)]
        while steps:
            steps = [step for step in steps if next(step, None) is not None]
        if suite_of(client) != self.suite:
            raise RuntimeError("tlslite-ng chose another cipher suite")

    @cached_property
    def _tlslite(self) -> tuple:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from tlslite.api import HandshakeSettings, X509CertChain, parsePEMKey
        chain = X509CertChain()
        chain.parsePemList(_pem(self.identity.certificate))
        settings = HandshakeSettings()
        settings.minVersion = settings.maxVersion = (3, 4 if self.version == TLS13 else 3)
        settings.cipherNames, settings.eccCurves = ["aes128gcm"], ["x25519"]
        settings.keyShares, settings.ticket_count = ["x25519"], 0
        return chain, parsePEMKey(_key_pem(self.identity.key), private=True), settings

    def aioquic(self) -> None:
        """aioquic's TLS 1.3, both ends, with the chain judged."""
        from aioquic import tls

        suites = [tls.CipherSuite.AES_128_GCM_SHA256]
        client = tls.Context(is_client=True, cadata=_pem(self.root.certificate).encode(),
                             cipher_suites=suites, server_name=lab.HOST)
        server = tls.Context(is_client=False, cipher_suites=suites)
        server.certificate = self.identity.certificate
        server.certificate_private_key = self.identity.key
        client._supported_groups = server._supported_groups = [tls.Group.X25519]
        said = b""
        for end in (client, server, client, server):
            out = {epoch: tls.Buffer(capacity=8192) for epoch in tls.Epoch}
            end.handle_message(said, out)
            said = b"".join(buffer.data for buffer in out.values())
        if (client.state, server.state) != (tls.State.CLIENT_POST_HANDSHAKE,
                                            tls.State.SERVER_POST_HANDSHAKE):
            raise RuntimeError("aioquic's handshake failed")


_CONTENT = bytes(130)  # as long as what CertificateVerify signs in TLS 1.3


def _key(kind: str, name: str) -> object:
    if kind == "ecdsa":
        return lab.key("root" if name == "root" else "server_ecdsa")
    return lab.key("other_rsa" if name == "root" else "server_rsa")


def _pem(certificate: object) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def _key_pem(key: object) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL,
                             NoEncryption()).decode()


@cache
def _tlslite() -> tuple:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports asyncore where that is still there
        from tlslite.api import TLSConnection

    class Wire:
        """As much of a socket as tlslite-ng needs, in memory."""

        def __init__(self) -> None:
            self.waiting, self.peer = bytearray(), bytearray()

        def send(self, data: bytes) -> int:
            self.peer += data
            return len(data)

        def sendall(self, data: bytes) -> None:
            self.peer += data

        def recv(self, size: int) -> bytes:
            if not self.waiting:
                raise BlockingIOError(11, "nothing yet")
            data = bytes(self.waiting[:size])
            del self.waiting[:size]
            return data

    return TLSConnection, Wire, lambda connection: connection.session.cipherSuite


TLS13_ECDSA = Setting(TLS13, CipherSuite.TLS_AES_128_GCM_SHA256, "ecdsa")
TLS13_RSA = Setting(TLS13, CipherSuite.TLS_AES_128_GCM_SHA256, "rsa")
TLS12_ECDHE = Setting(TLS12, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "rsa")


# --- records ------------------------------------------------------------------------------------

class Records:
    """One record of 16 KiB, sealed by one layer and opened by another, and the same bytes through
    AESGCM alone, with a nonce and additional data as long as TLS 1.3's."""

    def __init__(self) -> None:
        suite = SUITES13[CipherSuite.TLS_AES_128_GCM_SHA256]
        self.text = bytes(range(256)) * (MAX_PLAINTEXT // 256)
        self._sender, self._receiver = RecordLayer(), RecordLayer()
        self._sender.write = Protection13(suite, b"k" * 16, b"i" * 12)
        self._receiver.read = Protection13(suite, b"k" * 16, b"i" * 12)
        self._aead, self._nonce, self._header = AESGCM(b"k" * 16), b"i" * 12, b"h" * 5

    def ours(self) -> bytes:
        self._sender.send(23, self.text)
        self._receiver.feed(self._sender.take())
        ((_, plaintext),) = self._receiver.fragments()
        return plaintext

    def keys_alone(self) -> bytes:
        """Without the stream: no joining of header and fragment, no cutting of records."""
        _, fragment = self._sender.write.seal(23, self.text)
        return self._receiver.read.open((23, TLS12, fragment))[1]

    def bare(self) -> bytes:
        sealed = self._aead.encrypt(self._nonce, self.text, self._header)
        return self._aead.decrypt(self._nonce, sealed, self._header)


# --- importing ----------------------------------------------------------------------------------

def import_milliseconds(modules: str = "helpers.tls", run: Callable = subprocess.run) -> float:
    """What `modules` add to `import cryptography.x509`, in CPU time: fresh interpreters import one
    and both in turns; the difference of the medians."""
    codes = ["cryptography.x509", f"cryptography.x509, {modules}"]
    times: list[list[float]] = [[], []]
    for number in range(STARTS + 1):
        for found, names in zip(times, codes, strict=True):
            code = ("import sys, time; start = time.process_time(); import " + names +
                    "; print((time.process_time() - start) * 1000)")
            done = run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                       check=True)
            if number:  # the first round fills the caches
                found.append(float(done.stdout))
    before, after = map(statistics.median, times)
    return after - before
