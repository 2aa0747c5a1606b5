"""`make interop`: our engine meets every peer on this machine, and a table of who did what.

The drivers, and what counts as right, are in tests/interop. Ends with 1 if anything went wrong.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from tests.interop.case import CASES, Unable
from tests.interop.matrix import PEERS, Meeting, faults, meetings
from tests.optional import find

RESULTS = Path("build/interop.json")
_LETTER = {"client": "C", "server": "S"}
LEGEND = """C: the peer was the client, S: it was the server; all that the row says came about, and
a request, its answer and the server's goodbye crossed (or, where the client has to refuse, nothing
did). s: it turned the early data down, as it does, and the handshake went on. -: the peer has no
way to do it (reasons below). ?: not on this machine. !: it went wrong."""


def outcome(meeting: Meeting) -> tuple[str, str]:
    """("ok" | "unable" | "absent" | "wrong", why)."""
    if meeting.unable:
        return "unable", meeting.unable
    missing = [tool for tool in meeting.peer.TOOLS if not find(tool)]
    if missing:
        return "absent", f"{', '.join(missing)} not installed"
    try:
        problems = faults(meeting)
    except Unable as reason:
        return "unable", str(reason)
    except Exception as problem:  # whatever a driver runs into is this peer's line in the table
        problems = [f"{type(problem).__name__}: {problem}"]
    return ("wrong", "; ".join(problems)) if problems else ("ok", "")


def mark(meeting: Meeting, state: str) -> str:
    """The outcome's one letter in the table."""
    if state == "ok":
        return "s" if meeting.early_refused else _LETTER[meeting.role]
    return {"unable": "-", "absent": "?", "wrong": "!"}[state]


def table(found: dict[tuple[str, str], str]) -> str:
    """Rows are cases, columns peers."""
    names = [peer.NAME.split(" (")[0].replace(" s_client/s_server", "").replace(
        " tstclnt/selfserv", "") for peer in PEERS]
    first = max(len(case.name) for case in CASES)
    lines = [" " * first + "  " + "  ".join(names)]
    for case in CASES:
        cells = [found.get((case.name, peer.NAME), "").center(len(name))
                 for peer, name in zip(PEERS, names, strict=True)]
        lines.append(f"{case.name:{first}}  " + "  ".join(cells).rstrip())
    return "\n".join(lines)


def main() -> int:
    start, cells, results = time.monotonic(), {}, []
    for meeting in meetings():
        state, why = outcome(meeting)
        key = meeting.case.name, meeting.peer.NAME
        cells[key] = cells.get(key, "") + mark(meeting, state)
        results.append({"peer": meeting.peer.NAME, "plays": meeting.role,
                        "case": meeting.case.name, "outcome": state, "why": why})
    print(f"{table(cells)}\n\n{LEGEND}\n")
    for state, title in (("unable", "Cannot"), ("absent", "Not here"), ("wrong", "Wrong")):
        said = dict.fromkeys((item["peer"], item["why"]) for item in results
                             if item["outcome"] == state)
        for peer, why in said:
            cases = [f"{item['case']} ({item['plays']})" for item in results
                     if (item["outcome"], item["peer"], item["why"]) == (state, peer, why)]
            where = "" if state == "absent" else f" [{', '.join(cases)}]"
            print(f"{title}: {peer}: {why}{where}")
    count = {state: sum(item["outcome"] == state for item in results)
             for state in ("ok", "unable", "absent", "wrong")}
    print(f"\n{count['ok']} right, {count['wrong']} wrong, {count['unable']} that a peer cannot, "
          f"{count['absent']} not here; {time.monotonic() - start:.0f} s")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return bool(count["wrong"])


if __name__ == "__main__":
    sys.exit(main())
