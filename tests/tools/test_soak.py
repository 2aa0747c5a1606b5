"""tools/soak.py: sees a notebook that is not the same every time, and leaves a steady one alone."""

import shutil

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tools import notebooks, soak


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A project of its own with two notebooks: one is steady, one shows other bytes each time."""
    for name in ("pyproject.toml", "conftest.py"):
        shutil.copy(soak.ROOT / name, tmp_path)
    for folder in ("tests", "notebooks"):
        (tmp_path / folder).mkdir()
    shutil.copy(soak.ROOT / "tests" / "nbval_sanitize.cfg", tmp_path / "tests")
    monkeypatch.setattr(soak, "ROOT", tmp_path)
    for name, source in (
        ("steady", "print('≈ 3.21 ms here')"),
        ("varies", "import os\nprint(os.urandom(8).hex())"),
    ):
        path = tmp_path / "notebooks" / f"{name}.ipynb"
        path.write_text(notebooks.written(new_notebook(cells=[new_code_cell(source, id="one")])))
        notebooks.write(path)


@pytest.mark.usefixtures("course")
def test_a_notebook_that_varies_is_seen_and_a_steady_one_left_alone(capsys, monkeypatch):
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)  # it would change what pytest prints
    assert soak.main(["1", "--jobs", "1"]) == 1
    told = capsys.readouterr().out
    assert "round 1 of 1: DIFFERENT" in told
    assert "FAILED notebooks/varies.ipynb::Cell 0" in told
    assert "1 passed" in told
    assert "steady.ipynb::Cell 0" not in told
    assert "1 of 1 rounds differed" in told


def test_every_round_is_run_and_those_that_differ_are_counted(monkeypatch, capsys):
    monkeypatch.setattr(soak, "one_round", lambda files, jobs, number: "x" * (number % 2))
    assert soak.soak(5, [], 1) == 3
    assert soak.main(["1", "--jobs", "1"]) == 1
    assert capsys.readouterr().out.count(": the same, ") == 2
    monkeypatch.setattr(soak, "one_round", lambda files, jobs, number: "")
    assert soak.main(["2"]) == 0
    assert "0 of 2 rounds differed" in capsys.readouterr().out


def test_notebooks_go_side_by_side_where_there_are_several_jobs():
    assert soak.command([], 2)[-5:] == ["-n", "2", "--dist", "loadscope", "notebooks"]
    assert soak.command(["notebooks/a.ipynb"], 1)[-1] == "notebooks/a.ipynb"
    assert "-n" not in soak.command([], 1)
