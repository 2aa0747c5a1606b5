"""Shared by tests/ and by nbval's runs of notebooks/; it stands in the root to reach both."""

import tempfile
from pathlib import Path

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Keep tests, and the kernels that nbval starts, away from the learner's own progress.

    A fixture would be too late: nbval's cells do not ask for any.
    """
    folder = tempfile.TemporaryDirectory()
    config.add_cleanup(folder.cleanup)
    patch = pytest.MonkeyPatch()
    patch.setenv("COURSE_PROGRESS_FILE", str(Path(folder.name) / "progress.json"))
    config.add_cleanup(patch.undo)
