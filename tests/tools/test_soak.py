"""tools/soak.py: sees a notebook that is not the same every time, and leaves a steady one alone."""

import shutil

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tools import notebooks, soak


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A function that writes a notebook with one cell, run once, in a project of its own."""
    for name in ("pyproject.toml", "conftest.py"):
        shutil.copy(soak.ROOT / name, tmp_path)
    (tmp_path / "tests").mkdir()
    shutil.copy(soak.ROOT / "tests" / "nbval_sanitize.cfg", tmp_path / "tests")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.setattr(soak, "ROOT", tmp_path)

    def make(source):
        path = tmp_path / "notebooks" / "a.ipynb"
        path.write_text(notebooks.written(new_notebook(cells=[new_code_cell(source, id="one")])))
        notebooks.write(path)

    return make


def test_a_steady_notebook_is_the_same_each_time(made, capsys):
    made("print('≈ 3.21 ms here')")
    assert soak.main(["1", "--jobs", "1"]) == 0
    told = capsys.readouterr().out
    assert "round 1 of 1: the same, " in told
    assert "0 of 1 rounds differed" in told


def test_a_notebook_that_varies_is_seen(made, capsys):
    made("import os\nprint(os.urandom(8).hex())")
    assert soak.main(["1", "--jobs", "1"]) == 1
    told = capsys.readouterr().out
    assert "round 1 of 1: DIFFERENT" in told
    assert "Cell 0" in told
    assert "1 of 1 rounds differed" in told


def test_every_round_is_run_and_those_that_differ_are_counted(monkeypatch, capsys):
    monkeypatch.setattr(soak, "one_round", lambda files, jobs, number: "x" * (number % 2))
    assert soak.soak(5, [], 1) == 3
    assert capsys.readouterr().out.count(": the same, ") == 2


def test_notebooks_go_side_by_side_where_there_are_several_jobs():
    assert soak.command([], 2)[-5:] == ["-n", "2", "--dist", "loadscope", "notebooks"]
    assert soak.command(["notebooks/a.ipynb"], 1)[-1] == "notebooks/a.ipynb"
    assert "-n" not in soak.command([], 1)
