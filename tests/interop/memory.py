"""OpenSSL 4 and our engine, their bytes handed over in memory: no socket, no process."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.conversation import CLIENT, SERVER, Conversation, Crossing, End, Endpoint
from helpers.sources.loopback import Visit, http_response
from helpers.tls.errors import TLSError
from helpers.tls.events import AlertReceived, ApplicationData, Event, HandshakeComplete
from tests.interop import openssl4
from tests.interop.case import Case
from tests.interop.run import BODY, REQUEST, Earlier, Ends, Run

NAME, TOOLS, unable = openssl4.NAME, (), openssl4.unable
_TURNS = 60


@dataclass
class _End:
    endpoint: Endpoint
    events: list[Event] = field(default_factory=list)
    problem: str | None = None
    spoke: bool = False

    def hear(self, data: bytes) -> None:
        try:
            self.events += self.endpoint.receive_data(data)
        except TLSError as problem:
            self.events += problem.events
            self.problem = str(problem)

    @property
    def received(self) -> bytes:
        return b"".join(event.data for event in self.events if isinstance(event, ApplicationData))

    def end(self) -> End:
        alert = next((f"the peer sent the alert {event.alert}" for event in self.events
                      if isinstance(event, AlertReceived) and event.fatal), None)
        connected = any(isinstance(event, HandshakeComplete) for event in self.events)
        return End(connected, tuple(self.endpoint.alerts_sent),
                   tuple(self.endpoint.alerts_received), self.problem or alert, self.received)


def talk(client: Endpoint, server: Endpoint, role: str) -> Visit:
    """Request, response, the server's goodbye; told by the end that plays `role`."""
    ends = {CLIENT: _End(client), SERVER: _End(server)}
    crossings: list[Crossing] = []
    for _ in range(_TURNS):
        moved = False
        for sender, receiver in ((CLIENT, SERVER), (SERVER, CLIENT)):
            data = ends[sender].endpoint.data_to_send()
            if data:
                crossings.append(Crossing(sender, data, data))
                ends[receiver].hear(data)
            moved |= bool(data)
        moved |= _speak(ends)
        if not moved:
            break
    ours = ends[role]
    conversation = Conversation(tuple(crossings), tuple(ours.endpoint.keylog),
                                ends={role: ours.end()})
    return Visit(conversation, tuple(ours.events), cut_off=False)


def _speak(ends: dict[str, _End]) -> bool:
    client, server = ends[CLIENT], ends[SERVER]
    if client.endpoint.connected and not client.spoke:
        client.spoke = True
        client.endpoint.send(REQUEST)
        return True
    if server.endpoint.connected and not server.spoke and server.received.endswith(b"\r\n\r\n"):
        server.spoke = True
        server.endpoint.send(http_response(BODY))
        server.endpoint.close()
        return True
    return False


def run(ends: Ends, case: Case, role: str) -> Run:
    """We play `role`; OpenSSL 4 keeps to the Case's version."""
    make_server = openssl4.server(case) if role == CLIENT else ends.server(case)
    visits, earlier = [], None
    for _ in range(2 if case.resume else 1):
        client = (ends if role == CLIENT else openssl4).client(case, earlier)
        server = make_server()
        visits.append(talk(client, server, role))
        earlier = Earlier(client, visits[-1])
    theirs = server if role == CLIENT else client
    heard = theirs.heard()
    if role == SERVER:
        heard.words = BODY.decode() if visits[-1].end.connected else ""
    return Run(case, role, tuple(visits), heard)
