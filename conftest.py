"""Shared by tests/ and by nbval's runs of notebooks/; it stands in the root to reach both."""

import os
import tempfile
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def own_progress_file() -> Iterator[None]:
    """Keep tests, and the kernels they start, away from the learner's progress."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_PROGRESS_FILE", os.path.join(folder, "progress.json"))
        yield
