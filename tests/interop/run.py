"""Runs one Case between an end of ours and a peer, and says what is wrong with how it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from helpers import lab
from helpers.conversation import CLIENT, SERVER, Conversation
from helpers.conversation import Endpoint as AnyEndpoint
from helpers.sources.loopback import Door, Visit, http_response, visit
from helpers.tls.registry import CipherSuite, ExtensionType, NamedGroup, name_of
from tests.interop.case import PUBLIC_NAME, Case, Heard
from tests.interop.files import Files
from tests.interop.serving import free_port

REQUEST = (f"GET / HTTP/1.1\r\nHost: {lab.HOST}\r\nUser-Agent: interop\r\n"
           "Connection: close\r\n\r\n").encode()
BODY = b"<h1>Hello over HTTPS</h1>\n"
_ALPN = ExtensionType.application_layer_protocol_negotiation


class Earlier(NamedTuple):
    """The connection that is to be resumed."""

    endpoint: AnyEndpoint
    visit: Visit


class Ends(Protocol):
    """Whoever plays our part: the engine, or OpenSSL 4 while the drivers are tried out."""

    def client(self, case: Case, earlier: Earlier | None = None) -> AnyEndpoint: ...
    def server(self, case: Case) -> Callable[[], AnyEndpoint]: ...


@dataclass(frozen=True)
class Run:
    """Our visits, and what the peer said of the last."""

    case: Case
    role: str
    visits: tuple[Visit, ...]
    heard: Heard
    early_refused: bool = False
    """True if this peer is known to turn early data down; the handshake has to go on."""

    def faults(self) -> list[str]:
        """What did not go as the Case wants; empty if all did."""
        return _refusal(self) if self.case.refused else _success(self)


def as_client(ends: Ends, peer: object, case: Case, folder: Files) -> Run:
    """We are the client; `peer` is a driver module with `server(case, files)`.

    The request goes out again after early data: most servers only print that, or drop it."""
    visits, earlier = [], None
    with peer.server(case, folder) as serving:
        for _ in range(2 if case.resume else 1):
            endpoint = ends.client(case, earlier)
            visits.append(visit(endpoint, serving.port, request=REQUEST,
                                enough=lambda _: False, linger=1.0))
            earlier = Earlier(endpoint, visits[-1])
        serving.finish(len(visits))
        heard = peer.heard_server(serving.said, visits[-1].end.received)
    return Run(case, CLIENT, tuple(visits), heard, getattr(peer, "REFUSES_EARLY_DATA", False))


def as_server(ends: Ends, peer: object, case: Case, folder: Files, more: bytes = b"") -> Run:
    """We are the server; `peer` is a driver module with `client(case, files, port)`. The page is
    BODY and whatever comes `more`."""
    with Door(free_port()) as door, peer.client(case, folder, door.port) as going:
        page = getattr(peer, "respond", lambda case, received: BODY)

        def respond(received: bytes) -> bytes | None:
            whole = b"\r\n\r\n" in received or b"\n\n" in received
            return http_response(page(case, received) + more) if whole else None

        visits = door.serve(ends.server(case), respond, until=going.over, seconds=15)
        if not going.over():
            raise TimeoutError(f"{peer.NAME} did not finish: {going.said[-2000:]}")
        heard = peer.heard_client(going.said, going.code)
        heard.words = going.said
    return Run(case, SERVER, tuple(visits), heard)


def _success(run: Run) -> list[str]:
    case, faults = run.case, []
    used = [item for item in run.visits if item.end.connected or item.end.problem]
    if len(used) < (2 if case.resume else 1):
        faults.append(f"{len(used)} connections were made, of {len(run.visits)} begun")
    faults += [item.end.problem for item in used if item.end.problem]
    talked = [item for item in used if item.end.received] or used  # browsers connect in reserve
    start = b"HTTP/1." if run.role == CLIENT else b"GET /"
    if talked and not talked[-1].end.received.startswith(start):
        faults.append(f"we read {talked[-1].end.received[:40]!r}")
    if run.role == CLIENT and used and not used[-1].goodbye:
        faults.append("the peer left without close_notify")
    if run.role == SERVER and BODY.decode().strip() not in run.heard.words:
        faults.append("the peer did not print the page")
    if talked:
        faults += min((_compare(_wanted(run), facts(item.conversation), "on the wire")
                       for item in talked), key=len)
    if run.heard.complaint:
        faults.append(f"the peer complains: {run.heard.complaint}")
    return faults + _compare(_wanted(run), vars(run.heard), "the peer says")


def _refusal(run: Run) -> list[str]:
    """The client must have said no, with an alert, before any data of the application."""
    faults = [f"application data crossed: {item.end.received[:20]!r}"
              for item in run.visits if item.end.received]
    alerts = [name for item in run.visits
              for name in (item.end.alerts_sent if run.role == CLIENT
                           else item.end.alerts_received)]
    wanted = "certificate_expired" if run.case.expired else "certificate_unknown"
    if run.role == CLIENT and alerts != [wanted]:
        faults.append(f"our client sent {alerts or 'no alert'}, not {wanted}")
    if run.role == SERVER and not alerts and not run.heard.complaint:
        faults.append("the peer's client neither sent an alert nor complained")
    return faults


def _wanted(run: Run) -> dict[str, object]:
    case = run.case
    resumed12 = case.resume and case.version == "1.2"
    return {"version": case.version, "suite": case.suite,
            "group": None if resumed12 else case.group, "resumed": case.resume,
            "retry": case.retry, "early": case.early and not run.early_refused,
            "client_certificate": case.client_certificate,
            "alpn": "http/1.1" if case.alpn else "", "ech": case.ech}


def _compare(wanted: dict[str, object], seen: dict[str, object], where: str) -> list[str]:
    return [f"{where}: {name} is {seen[name]}, not {value}" for name, value in wanted.items()
            if value is not None and seen.get(name) is not None and seen[name] != value]


# --- what a listener with the key log reads, whoever made the bytes -------------------------------


def facts(talk: Conversation) -> dict[str, object]:
    """What the two agreed on, read from the bytes by the passive listener and not asked of them."""
    hellos = _said(talk, "server_hello", SERVER)
    if not hellos:
        return {}
    last = hellos[-1]
    is13 = last.extension(ExtensionType.supported_versions) is not None
    resumed = (last.extension(ExtensionType.pre_shared_key) is not None if is13
               else not _said(talk, "certificate", SERVER))
    alpn = [item for message in _said(talk, "encrypted_extensions", SERVER) + hellos
            if (item := message.extension(_ALPN))]
    return {"version": "1.3" if is13 else "1.2",
            "suite": name_of(CipherSuite, last.cipher_suite), "group": _group(talk, last),
            "resumed": resumed,
            "retry": bool(_said(talk, "hello_retry_request", SERVER)),
            "early": bool(_said(talk, "end_of_early_data", CLIENT)),
            "client_certificate": any(message.certificate_list
                                      for message in _said(talk, "certificate", CLIENT)),
            "alpn": alpn[0].value[0].decode() if alpn else "",
            "ech": {_name(hello) for hello in _said(talk, "client_hello", CLIENT)} == {PUBLIC_NAME}}


def _name(hello: object) -> str | None:
    found = hello.extension(ExtensionType.server_name)
    return found.value if found else None


def _group(talk: Conversation, hello: object) -> str | None:
    share = hello.extension(ExtensionType.key_share)
    chosen = [share.value[0]] if share else [
        message.named_curve for message in _said(talk, "server_key_exchange", SERVER)]
    return name_of(NamedGroup, chosen[0]) if chosen else None


def _said(talk: Conversation, name: str, sender: str) -> list:
    return [message.parsed for message in talk.messages
            if (message.name, message.sender) == (name, sender) and message.parsed is not None]
