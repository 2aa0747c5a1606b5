"""Every committed notebook is what running it gives today."""

import pytest

from tests.notebooks.lesson import NOTEBOOKS
from tools import notebooks


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name[:2])
def test_running_it_again_gives_the_committed_file(path):
    assert notebooks.check(path) == [], "run `make notebooks` and commit what it writes"
