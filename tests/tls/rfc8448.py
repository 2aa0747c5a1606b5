"""RFC 8448, "Example Handshake Traces for TLS 1.3", as data: what both ends said and computed in
five handshakes, as published. See data/published/PROVENANCE.md.

The constants are those of section 3, "Simple 1-RTT Handshake", under the names of RFC 9846.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa

from helpers.lab import DATA
from helpers.tls.registry import CipherSuite
from helpers.tls.registry13 import SUITES13

SUITE = SUITES13[CipherSuite.TLS_AES_128_GCM_SHA256]
SECTIONS = (3, 4, 5, 6, 7)
ONE_ROUND_TRIP, RESUMED, RETRY, CLIENT_CERTIFICATE, COMPATIBLE = SECTIONS


@dataclass(frozen=True)
class Step:
    """One thing that an end does: `what` in the RFC's words, `values` under the RFC's names."""

    who: str
    what: str
    values: dict[str, bytes]

    def __getitem__(self, name: str) -> bytes:
        return self.values[name]


@dataclass(frozen=True)
class Trace:
    """One handshake of the RFC."""

    title: str
    steps: tuple[Step, ...]

    def all(self, what: str, who: str | None = None) -> list[Step]:
        """The steps that begin with these words and print something."""
        return [step for step in self.steps
                if step.what.startswith(what) and step.values and who in (None, step.who)]

    def one(self, what: str, who: str | None = None) -> Step:
        """The only one. Raises ValueError if there are more, or none."""
        (found,) = self.all(what, who)
        return found

    def messages(self, who: str | None = None) -> list[bytes]:
        """The handshake messages as they were constructed, in order; the ClientHello with a PSK
        as it was sent, with its binder."""
        whole = {step["payload"] for step in self.all("send handshake record")}
        found = []
        for step in self.all("construct", who):
            (message,) = step.values.values()
            found.append(next((sent for sent in whole if sent.startswith(message)
                               and len(sent) == 4 + int.from_bytes(message[1:4], "big")), message))
        return found

    def records(self, who: str) -> list[bytes]:
        """Each record that one end sent, whole."""
        return [step["complete record"] for step in self.all("send ", who)]


@cache
def _published() -> dict:
    text = (DATA / "published" / "rfc8448_traces.json").read_text(encoding="utf-8")
    return json.loads(text)


@cache
def trace(section: int) -> Trace:
    """The trace of a section, 3 to 7."""
    (found,) = (item for item in _published()["traces"] if item["section"] == section)
    return Trace(found["title"], tuple(
        Step(step["who"], step["what"],
             {name: bytes.fromhex(value) for name, value in step["values"].items()})
        for step in found["steps"]))


@cache
def server_key() -> rsa.RSAPrivateKey:
    """The key of the servers with an RSA certificate (section 2): 1,024 bits, as it was printed."""
    number = {name: int(value, 16) for name, value in _published()["rsa_key"].items()}
    public = rsa.RSAPublicNumbers(number["public exponent"], number["modulus"])
    return rsa.RSAPrivateNumbers(
        number["prime1"], number["prime2"], number["private exponent"], number["exponent1"],
        number["exponent2"], number["coefficient"], public).private_key()


def by_name(section: int) -> dict[str, bytes]:
    """Every secret, key and IV of a trace under its name in RFC 9846."""
    talk, found = trace(section), {}
    for rfc_name, ours in _SECRETS.items():
        for step in talk.all(rfc_name):
            found[ours] = step["secret"] if "secret" in step.values else step["expanded"]
    for step in talk.all("derive write traffic keys for") + talk.all("derive read traffic keys"):
        source = next(name for name, value in found.items() if value == step["PRK"])
        head, number = source.replace("_traffic_secret", "_write_{}").removesuffix("_0"), ""
        number = "_0" if source.endswith("_0") else ""
        found[head.format("key") + number] = step["key expanded"]
        found[head.format("iv") + number] = step["iv expanded"]
    for step in talk.all("calculate finished"):
        found[f"{step.who}_finished_key"] = step["expanded"]
    return found


_SECRETS = {
    'extract secret "early"': "early_secret",
    'derive secret "tls13 c e traffic"': "client_early_traffic_secret",
    'derive secret for handshake "tls13 derived"': "derived_for_handshake",
    'extract secret "handshake"': "handshake_secret",
    'derive secret "tls13 c hs traffic"': "client_handshake_traffic_secret",
    'derive secret "tls13 s hs traffic"': "server_handshake_traffic_secret",
    'derive secret for master "tls13 derived"': "derived_for_main",
    'extract secret "master"': "main_secret",
    'derive secret "tls13 c ap traffic"': "client_application_traffic_secret_0",
    'derive secret "tls13 s ap traffic"': "server_application_traffic_secret_0",
    'derive secret "tls13 exp master"': "exporter_secret",
    'derive secret "tls13 res master"': "resumption_secret",
}

_FIRST = trace(ONE_ROUND_TRIP)
SHARED_SECRET = _FIRST.one('extract secret "handshake"')["IKM"]
(CLIENT_HELLO, SERVER_HELLO, ENCRYPTED_EXTENSIONS, CERTIFICATE, CERTIFICATE_VERIFY, SERVER_FINISHED,
 CLIENT_FINISHED, NEW_SESSION_TICKET) = _FIRST.messages()
CLIENT_DATA_RECORD = _FIRST.one("send application_data record", "client")["complete record"]
SECRETS = {name: value.hex() for name, value in by_name(ONE_ROUND_TRIP).items()}
