"""Encrypted ClientHello with an old key: the server cannot read it, says with which key it could,
and that works. What goes right at once is in the matrix."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers import lab
from helpers.sources.loopback import visit
from helpers.tls.ech import ech_config_list, new_ech_key
from helpers.tls.endpoint import Endpoint
from tests.interop import engine, files, peer_go, peer_nss, run
from tests.interop.case import CASES, PUBLIC_NAME, Case
from tests.interop.files import Files
from tests.optional import need

OLD = new_ech_key(PUBLIC_NAME, lab.seeded("interop ech, the old one"))
ECH = [case for case in CASES if case.ech]
peers = pytest.mark.parametrize("peer", [peer_go, peer_nss],
                                ids=lambda peer: peer.__name__.rpartition("_")[2])
cases = pytest.mark.parametrize("case", ECH, ids=lambda case: case.name)


@peers
@cases
def test_our_client_with_an_old_key(peer, case: Case, tmp_path: Path, monkeypatch):
    for tool in peer.TOOLS:
        need(tool)
    if peer is peer_nss and case.retry:
        pytest.skip("NSS 3.87's server loses its transcript here, with its own client and Go's too")
    ends = []

    def meet(port: int) -> Endpoint:
        end = engine.client(case)
        ends.append((end, visit(end, port, request=run.REQUEST, linger=1.0)))
        return end

    with peer.server(case, Files(tmp_path)) as serving:
        with monkeypatch.context() as patched:
            patched.setattr(files, "ech_key", lambda: OLD)
            first = meet(serving.port)
        assert first.ech.retry_configs == ech_config_list([files.ech_key()])
        second = meet(serving.port)
    assert [end.ech.accepted for end, _ in ends] == [False, True]
    assert [end.alerts_sent for end, _ in ends] == [["ech_required"], []]
    assert second.alerts_received == []
    assert not ends[0][1].end.received
    assert ends[1][1].end.received.startswith(b"HTTP/1.")


@peers
@cases
def test_our_server_and_a_client_with_an_old_key(peer, case: Case, tmp_path: Path, monkeypatch):
    for tool in peer.TOOLS:
        need(tool)

    def started(*arguments: object) -> object:
        with monkeypatch.context() as patched:
            patched.setattr(files, "ech_key", lambda: OLD)
            return peer.client(*arguments)

    done = run.as_server(engine, SimpleNamespace(
        NAME=peer.NAME, client=started, heard_client=peer.heard_client), case, Files(tmp_path))
    assert [item.end.alerts_received for item in done.visits] == [("ech_required",)]
    assert not done.visits[0].end.received
    if peer is peer_go:
        assert f"RETRY {ech_config_list([files.ech_key()]).hex()}" in done.heard.words
        assert "server rejected ECH" in done.heard.complaint
