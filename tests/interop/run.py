"""Runs one Case between an end of ours and a peer, and says what is wrong with how it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from helpers import lab
from helpers.conversation import CLIENT, SERVER, Conversation
from helpers.conversation import Endpoint as AnyEndpoint
from helpers.sources.loopback import Door, Visit, http_response, visit
from helpers.tls import messages
from helpers.tls.record import split_records
from helpers.tls.registry import CipherSuite, ContentType, ExtensionType, HandshakeType, name_of
from tests.interop.case import Case, Heard
from tests.interop.files import Files

REQUEST = (f"GET / HTTP/1.1\r\nHost: {lab.HOST}\r\nUser-Agent: interop\r\n"
           "Connection: close\r\n\r\n").encode()
BODY = b"<h1>Hello over HTTPS</h1>\n"
_RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""The random that makes a ServerHello a HelloRetryRequest (RFC 9846 section 4.2.3)."""


class Ends(Protocol):
    """Whoever plays our part: the engine, or OpenSSL 4 while the drivers are tried out."""

    def client(self, case: Case, earlier: AnyEndpoint | None = None) -> AnyEndpoint: ...
    def server(self, case: Case) -> Callable[[], AnyEndpoint]: ...


@dataclass(frozen=True)
class Run:
    """Our visits, and what the peer said of the last."""

    case: Case
    role: str
    visits: tuple[Visit, ...]
    heard: Heard

    def faults(self) -> list[str]:
        """What did not go as the Case wants; empty if all did."""
        return _refusal(self) if self.case.refused else _success(self)


def as_client(ends: Ends, peer: object, case: Case, folder: Files) -> Run:
    """We are the client; `peer` is a driver module with `server(case, files)`."""
    visits, earlier = [], None
    with peer.server(case, folder) as serving:
        for _ in range(2 if case.resume else 1):
            endpoint = ends.client(case, earlier)
            request = b"" if earlier and case.early else REQUEST
            visits.append(visit(endpoint, serving.port, request=request,
                                enough=lambda _: False, linger=1.0))
            earlier = endpoint
        serving.finish()
        heard = peer.heard_server(serving.said, visits[-1].end.received)
    return Run(case, CLIENT, tuple(visits), heard)


def as_server(ends: Ends, peer: object, case: Case, folder: Files) -> Run:
    """We are the server; `peer` is a driver module with `client(case, files, port)`."""
    with Door() as door, peer.client(case, folder, door.port) as going:
        visits = door.serve(ends.server(case), _respond, until=going.over, seconds=15)
        if not going.over():
            raise TimeoutError(f"{peer.NAME} did not finish: {going.said[-2000:]}")
        heard = peer.heard_client(going.said, going.code)
    return Run(case, SERVER, tuple(visits), heard)


def _respond(received: bytes) -> bytes | None:
    whole = b"\r\n\r\n" in received or b"\n\n" in received
    return http_response(BODY) if whole else None


def _success(run: Run) -> list[str]:
    case, faults = run.case, []
    used = [item for item in run.visits if item.end.received or item.end.problem]
    if len(used) < (2 if case.resume else 1):
        faults.append(f"{len(used)} connections were used, of {len(run.visits)}")
    for item in used:
        if item.end.problem:
            faults.append(item.end.problem)
        wanted = b"HTTP/1." if run.role == CLIENT else b"GET /"
        if not item.end.received.startswith(wanted):
            faults.append(f"we read {item.end.received[:40]!r}")
    if run.role == CLIENT and used and not used[-1].goodbye:
        faults.append("the peer left without close_notify")
    if used:
        faults += _compare(_wanted(case), facts(used[-1].conversation), "on the wire")
    if run.heard.complaint:
        faults.append(f"the peer complains: {run.heard.complaint}")
    return faults + _compare(_wanted(case), vars(run.heard), "the peer says")


def _refusal(run: Run) -> list[str]:
    """The client must have said no, with an alert, before any data of the application."""
    faults = []
    for item in run.visits:
        if item.end.received:
            faults.append(f"application data crossed: {item.end.received[:20]!r}")
    alerts = [name for item in run.visits
              for name in (item.end.alerts_sent if run.role == CLIENT
                           else item.end.alerts_received)]
    if run.role == CLIENT and not alerts:
        faults.append("our client sent no alert")
    if run.role == SERVER and not alerts and not run.heard.complaint:
        faults.append("the peer's client neither sent an alert nor complained")
    return faults


def _wanted(case: Case) -> dict[str, object]:
    resumed12 = case.resume and case.version == "1.2"
    return {"version": case.version, "suite": case.suite,
            "group": None if resumed12 else case.group, "resumed": case.resume,
            "retry": case.retry, "early": case.early or None,
            "client_certificate": case.client_certificate or None,
            "alpn": "http/1.1" if case.alpn else None}


def _compare(wanted: dict[str, object], seen: dict[str, object], where: str) -> list[str]:
    return [f"{where}: {name} is {seen[name]}, not {value}" for name, value in wanted.items()
            if value is not None and seen.get(name) is not None and seen[name] != value]


# --- what a stranger reads in the bytes, whoever made them ---------------------------------------


def facts(talk: Conversation) -> dict[str, object]:
    """Version, suite, group, whether it was resumed and whether there was a HelloRetryRequest,
    from the messages that cross in the clear."""
    hellos, certificates = [], 0
    group = None
    for data in _clear_messages(talk, SERVER):
        if data[0] == HandshakeType.server_hello:
            hellos.append(messages.parse_handshake(data))
        elif data[0] == HandshakeType.certificate:
            certificates += 1
        elif data[0] == HandshakeType.server_key_exchange:
            group = int.from_bytes(data[5:7], "big")
    if not hellos:
        return {}
    last = hellos[-1]
    chosen = last.extension(ExtensionType.supported_versions)
    version = "1.3" if chosen else "1.2"
    share = last.extension(ExtensionType.key_share)
    if share:
        group = int.from_bytes(share.data[:2], "big")
    resumed = (last.extension(ExtensionType.pre_shared_key) is not None if chosen
               else not certificates)
    names = {29: "x25519", 23: "secp256r1", 0x11EC: "X25519MLKEM768"}
    return {"version": version, "suite": name_of(CipherSuite, last.cipher_suite),
            "group": names.get(group, group), "resumed": resumed,
            "retry": hellos[0].random == _RETRY}


def _clear_messages(talk: Conversation, sender: str) -> list[bytes]:
    """The handshake messages of one side up to its first ChangeCipherSpec or sealed record."""
    stream = bytearray()
    for record in split_records(talk.stream(sender)):
        if record[0] == ContentType.handshake:
            stream += record[5:]
        elif record[0] == ContentType.application_data:
            break
    found = []
    while len(stream) >= 4 and len(stream) >= 4 + int.from_bytes(stream[1:4], "big"):
        size = 4 + int.from_bytes(stream[1:4], "big")
        found.append(bytes(stream[:size]))
        del stream[:size]
        if found[-1][0] == HandshakeType.server_hello_done:
            break
    return found
