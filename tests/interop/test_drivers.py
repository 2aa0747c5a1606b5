"""The drivers without our engine: OpenSSL 4 takes its place, so what fails here is a driver's."""

import socket
from dataclasses import replace

import pytest

from tests.interop import memory, openssl4, run
from tests.interop.case import AES256, CASES, CHACHA, CLIENT, OTHER_HOST, P256, SERVER, Case
from tests.interop.matrix import PEERS, Meeting, faults, meetings, roles
from tests.interop.serving import free_port
from tests.optional import need

FIRST, REFUSED = CASES[0], next(case for case in CASES if case.host == OTHER_HOST)
BOTH = [(peer, role) for peer in PEERS for role in roles(peer)]
NAMES = [f"{peer.__name__.rpartition('.')[2]}-{role}" for peer, role in BOTH]


def meet(peer, role: str, case: Case) -> list[str]:
    for tool in peer.TOOLS:
        need(tool)
    return faults(Meeting(peer, role, case), openssl4)


@pytest.mark.parametrize("case", [FIRST, REFUSED], ids=lambda case: case.name)
@pytest.mark.parametrize(("peer", "role"), BOTH, ids=NAMES)
def test_each_understands_openssl_4(peer, role, case):
    problems = meet(peer, role, case)
    ours = {"our client sent ['bad_certificate'], not certificate_unknown"}  # its name for it
    assert not set(problems) - (ours if role == SERVER else set())


def test_what_a_peer_cannot_is_said_for_few_cases():
    """A driver that pleads inability for everything would pass every test."""
    for peer, role in BOTH:
        cases = [meeting for meeting in meetings()
                 if (meeting.peer, meeting.role) == (peer, role)]
        able = [meeting for meeting in cases if not meeting.unable]
        assert len(able) >= 14
        assert {meeting.case.version for meeting in able} == {"1.2", "1.3"}
        assert any(meeting.case.refused for meeting in able)


def test_no_server_gets_a_port_that_a_kernel_may_have_had():
    """Where a kernel of Jupyter was, its clients go on knocking, and the peer would tell of it."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        from_the_system = door.getsockname()[1]
    ports = {free_port() for _ in range(20)}
    assert max(ports) < 30_000 < from_the_system
    assert len(ports) > 10


# --- the judge sees what is wrong --------------------------------------------------------------


def judged(actual: Case, wanted: Case, role: str = CLIENT) -> list[str]:
    """`actual` takes place between OpenSSL and OpenSSL, and is judged as if it were `wanted`."""
    done = memory.run(openssl4, actual, role)
    return replace(done, case=wanted).faults()


@pytest.mark.parametrize("role", [CLIENT, SERVER])
@pytest.mark.parametrize(("change", "name"), [
    ({"version": "1.2"}, "version"), ({"suite": AES256}, "suite"), ({"suite": CHACHA}, "suite"),
    ({"group": P256}, "group"), ({"retry": True}, "retry"),
    ({"client_certificate": True}, "client_certificate"), ({"alpn": True}, "alpn")])
def test_every_claim_is_checked(role, change, name):
    assert not judged(FIRST, FIRST, role)
    (problem, *_) = judged(FIRST, replace(FIRST, **change), role)
    assert problem.startswith(f"on the wire: {name} is ")


@pytest.mark.parametrize("change", [{"resume": True}, {"resume": True, "early": True}])
def test_one_connection_is_no_resumption(change):
    assert "1 connections were made, of 1 begun" in judged(FIRST, replace(FIRST, **change))


def test_a_full_handshake_is_no_resumption():
    resumed = next(case for case in CASES if case.resume)
    done = run.Run(resumed, CLIENT, (), run.Heard())
    assert "0 connections were made, of 0 begun" in done.faults()


@pytest.mark.parametrize("role", [CLIENT, SERVER])
def test_a_good_chain_is_no_refusal(role):
    problems = judged(FIRST, REFUSED, role)
    assert any(problem.startswith("application data crossed") for problem in problems)


@pytest.mark.parametrize("role", [CLIENT, SERVER])
def test_a_refusal_is_no_success(role):
    problems = judged(REFUSED, FIRST, role)
    assert "we read b''" in problems
