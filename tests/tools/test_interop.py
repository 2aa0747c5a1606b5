"""make interop: what stands in the table, and when it ends with a failure."""

import json

import pytest

from tests.interop.case import CASES, Unable
from tests.interop.matrix import PEERS, Meeting, meetings
from tools import interop

FIRST = next(meeting for meeting in meetings() if not meeting.unable)
CANNOT = next(meeting for meeting in meetings() if meeting.unable)


def test_outcomes(monkeypatch):
    def answer(result):
        def faults(meeting):
            if isinstance(result, Exception):
                raise result
            return result

        monkeypatch.setattr(interop, "faults", faults)
        return interop.outcome(FIRST)

    assert answer([]) == ("ok", "")
    assert answer(["one", "two"]) == ("wrong", "one; two")
    assert answer(Unable("too old")) == ("unable", "too old")
    assert answer(TimeoutError("slow")) == ("wrong", "TimeoutError: slow")
    assert interop.outcome(CANNOT) == ("unable", CANNOT.unable)


def test_a_peer_that_is_not_here(monkeypatch):
    monkeypatch.setattr(interop, "find", lambda tool: None)
    meeting = next(item for item in meetings() if item.peer.TOOLS and not item.unable)
    state, why = interop.outcome(meeting)
    assert state == "absent"
    assert meeting.peer.TOOLS[0] in why


@pytest.mark.parametrize(("wrong", "code"), [(None, 0), (FIRST, 1)])
def test_the_table_and_the_end(monkeypatch, tmp_path, capsys, wrong: Meeting | None, code):
    monkeypatch.setattr(interop, "RESULTS", tmp_path / "build" / "interop.json")
    monkeypatch.setattr(interop, "outcome", lambda meeting: (
        ("wrong", "it fell over") if meeting == wrong else ("ok", "")))
    assert interop.main() == code
    said = capsys.readouterr().out
    lines = said.splitlines()
    assert len([line for line in lines if line.startswith(tuple(case.name for case in CASES))]) \
        == len(CASES)
    assert ("!" in lines[1]) == bool(wrong)
    assert ("Wrong: " in said) == bool(wrong)
    results = json.loads(interop.RESULTS.read_text(encoding="utf-8"))
    assert len(results) == len(list(meetings()))
    assert {item["peer"] for item in results} == {peer.NAME for peer in PEERS}
