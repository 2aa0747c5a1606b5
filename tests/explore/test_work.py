"""A watched search: what stays in the notebook, what moves, and what an interrupt leaves."""

import time

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from helpers.explore import watch, work
from helpers.progress import Progress
from tests.project import ROOT

INTERRUPT = """
import os, signal, threading
threading.Timer(2, os.kill, (os.getpid(), signal.SIGINT)).start()
"""
LINE, END = "[progress: Factoring]", "Factoring: done, after 3 of 3 steps (100 %)."
CELL = f"""
import sys, time; sys.path.insert(0, {str(ROOT)!r})
from helpers.explore import watch
from helpers.progress import Progress
def search(pause):
    for done in range(1, 4):
        yield Progress(done, 3)
        time.sleep(pause)
    return "found"
found = watch(search({{pause}}), title="Factoring")
"""


def search(steps, pause=0.0, total=None):
    for done in range(1, steps + 1):
        if pause:
            time.sleep(pause)
        yield Progress(done, total, f"{done} tried")
    return "found"


def run(given, **more):
    """(what watch gave back, the plain texts it displayed)."""
    shown = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, "display", shown.append)
        found = watch(given, **more)
    return found, [view._repr_mimebundle_()["text/plain"] for view in shown]


@pytest.fixture
def told(monkeypatch):
    """What the live line said, in order."""
    said, tell = [], work.Line.tell
    monkeypatch.setattr(
        work.Line, "tell", lambda self, *now: tell(self, *now) or said.append(self.value)
    )
    return said


def test_the_result_comes_back_and_one_sentence_stays():
    found, shown = run(search(5, total=5), title="Factoring")
    assert found == "found"
    assert shown == [LINE, "Factoring: done, after 5 of 5 steps (100 %), 5 tried."]
    assert run(search(0))[1][1] == "Searching: done."
    assert run(search(1))[1][1] == "Searching: done, after 1 step, 1 tried."


def test_the_line_moves_but_not_faster_than_an_eye(told):
    began = time.monotonic()
    run(search(20_000, total=20_000))
    assert len(told) <= 2 + (time.monotonic() - began) / work.PAUSE
    told.clear()
    run(search(4, pause=0.15, total=4), title="<b>")
    assert len(told) >= 4
    assert "(25 %)" in told[1]
    assert "Interrupt Kernel" in told[1]
    assert "<b>" not in told[1]


def test_an_error_of_the_search_comes_through():
    def broken():
        yield Progress(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(broken())
    with pytest.raises(TypeError, match="a generator that yields Progress"):
        watch(search)


def test_an_interrupt_keeps_what_was_known():
    def interrupted():
        yield Progress(7, 10, "two candidates")
        raise KeyboardInterrupt

    found, shown = run(interrupted(), title="Factoring")
    assert not found
    assert found.last == (7, 10, "two candidates")
    assert repr(found) == "stopped after 7 of 10 steps (70 %), two candidates"
    assert shown[-1] == (
        "Factoring: you stopped it after 7 of 10 steps (70 %), two candidates. "
        "Run it again to start afresh."
    )


def test_a_notebook_keeps_the_title_and_the_end_and_nothing_of_the_way():
    cell = new_code_cell(CELL.format(pause=0.2), id="watch")
    last = new_code_cell("found", id="found")
    NotebookClient(new_notebook(cells=[cell, last]), timeout=60).execute()
    assert all(nbformat.validator.isvalid(one) for one in [new_notebook(cells=[cell, last])])
    assert [output.data["text/plain"] for output in cell.outputs] == [LINE, END]
    assert "Run this cell to watch it at work." in cell.outputs[0].data["text/html"]
    assert last.outputs[0].data["text/plain"] == "'found'"


def test_the_interrupt_of_a_kernel_ends_it_quietly():
    """Interrupt Kernel is a SIGINT; here the kernel sends it to itself."""
    cell = new_code_cell(INTERRUPT + CELL.format(pause=20) + "\nprint(found)", id="watch")
    began = time.monotonic()
    NotebookClient(new_notebook(cells=[cell]), timeout=60).execute()
    assert time.monotonic() - began < 20
    line, end, printed = cell.outputs
    assert line.data["text/plain"] == LINE
    assert end.data["text/plain"].startswith("Factoring: you stopped it after 1 of 3 steps")
    assert printed.text == "stopped after 1 of 3 steps (33 %)\n"
