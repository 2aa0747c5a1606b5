"""Beyond the handshake, with real peers: KeyUpdate both ways, and pages of many records."""

from pathlib import Path

import pytest

from helpers.tls.endpoint import Endpoint
from tests.interop import engine, memory, run
from tests.interop.case import CASES, CLIENT, SERVER, Case
from tests.interop.files import Files
from tests.interop.matrix import PEERS, roles
from tests.optional import need

FIRST13, FIRST12 = (next(case for case in CASES if case.version == version)
                    for version in ("1.3", "1.2"))
OVER_SOCKETS = [(peer, role) for peer in PEERS if peer is not memory for role in roles(peer)]
NAMES = [f"{peer.__name__.rpartition('.')[2]}-{role}" for peer, role in OVER_SOCKETS]
LINE = b"x" * 79 + b"\n"
LINES = 3000  # 15 records


class Updating:
    """Our ends, which change their key before they say anything, and want the peer to do so."""

    @classmethod
    def client(cls, case: Case, earlier: object = None) -> Endpoint:
        return cls.eager(engine.client(case, earlier))

    @classmethod
    def server(cls, case: Case):
        make = engine.server(case)
        return lambda: cls.eager(make())

    @staticmethod
    def eager(end: Endpoint) -> Endpoint:
        send = end.send

        def update_and_send(data: bytes) -> None:
            end.update_keys(request=True)
            send(data)

        end.send = update_and_send
        return end


@pytest.mark.parametrize(("peer", "role"), OVER_SOCKETS, ids=NAMES)
def test_key_updates(peer, role, tmp_path: Path):
    """The peer reads what we say under our new key; its server answers under its own."""
    for tool in peer.TOOLS:
        need(tool)
    go = run.as_client if role == SERVER else run.as_server
    done = go(Updating, peer, FIRST13, Files(tmp_path))
    assert not done.faults()
    talk = next(item.conversation for item in reversed(done.visits) if item.end.received)
    updated = {message.sender for message in talk.messages if message.name == "key_update"}
    assert updated >= ({CLIENT, SERVER} if role == SERVER else {SERVER})


@pytest.mark.parametrize("case", [FIRST13, FIRST12], ids=lambda case: case.version)
@pytest.mark.parametrize("peer", [peer for peer, role in OVER_SOCKETS if role == CLIENT],
                         ids=[name for name in NAMES if name.endswith(CLIENT)])
def test_a_page_of_many_records(peer, case, tmp_path: Path):
    for tool in peer.TOOLS:
        need(tool)
    done = run.as_server(engine, peer, case, Files(tmp_path), LINE * LINES)
    assert not done.faults()
    assert done.heard.words.count("x") >= LINES * 79
