"""Which tests share a worker, and what is done for the programs that they start."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

import conftest
from conftest import scope_of

EXERCISES = "tests/notebooks/test_exercises.py"


@pytest.mark.parametrize(
    ("test", "scope"),
    [
        (f"{EXERCISES}::test_solution_passes[01-equal-blocks]", f"{EXERCISES} 01"),
        (f"{EXERCISES}::test_notebook[12]", f"{EXERCISES} 12"),
        (f"{EXERCISES}::test_every_module_has_its_notebook", EXERCISES),
        ("tests/browser/test_lessons.py::test_it[08-dark]", "tests/browser"),
        ("tests/tls/test_record.py::test_it[16-03]", "tests/tls/test_record.py"),
        ("notebooks/08_handshake_tls12.ipynb::Cell 3", "notebooks/08_handshake_tls12.ipynb"),
    ],
)
def test_a_scope_is_a_file_or_one_notebook_in_it(test, scope):
    assert scope_of(test) == scope


def test_long_scopes_begin_first():
    files = ["tests/tls/test_record.py::test_it", "notebooks/08_it.ipynb::Cell 3",
             "tests/browser/test_lessons.py::test_it", "tests/tools/test_soak.py::test_it"]
    assert sorted(files, key=conftest.place_of) == [files[2], files[1], files[3], files[0]]


def test_what_tests_start_finds_bytecode_in_build(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(conftest, "BYTECODE", tmp_path / "bytecode")
    source = tmp_path / "told.py"
    source.write_text("word = 'told'")
    cleanups = []
    with pytest.MonkeyPatch.context() as patch:
        conftest.keep_bytecode(SimpleNamespace(add_cleanup=cleanups.append), patch)
        subprocess.run([sys.executable, "-c", "import told"], cwd=tmp_path, check=True)
    assert [path.name for path in tmp_path.rglob("told*.pyc")]
    assert list(tmp_path.glob("told*")) == [source]
    assert not list(tmp_path.glob("__pycache__"))
    for cleanup in cleanups:
        cleanup()
    assert not list(tmp_path.rglob("told*.pyc")), "copies of the course pass, and so does theirs"
