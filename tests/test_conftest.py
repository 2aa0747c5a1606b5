"""Which tests share a worker."""

import pytest

from conftest import scope_of

EXERCISES = "tests/notebooks/test_exercises.py"


@pytest.mark.parametrize(
    ("test", "scope"),
    [
        (f"{EXERCISES}::test_solution_passes[01-equal-blocks]", f"{EXERCISES} 01"),
        (f"{EXERCISES}::test_notebook[12]", f"{EXERCISES} 12"),
        (f"{EXERCISES}::test_every_module_has_its_notebook", EXERCISES),
        ("tests/browser/test_lessons.py::test_it[08-dark]", "tests/browser/test_lessons.py"),
        ("tests/tls/test_record.py::test_it[16-03]", "tests/tls/test_record.py"),
        ("notebooks/08_handshake_tls12.ipynb::Cell 3", "notebooks/08_handshake_tls12.ipynb"),
    ],
)
def test_a_scope_is_a_file_or_one_notebook_in_it(test, scope):
    assert scope_of(test) == scope
