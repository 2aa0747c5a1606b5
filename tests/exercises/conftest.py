"""A lesson 99 that exists only here, and progress that starts empty in a folder of its own."""

import sys

import pytest

from helpers.exercises import catalogue, progress
from tests.exercises import sample


@pytest.fixture
def lesson_99(monkeypatch, tmp_path):
    """Make the sample lesson the only one; returns the path of the progress file."""
    monkeypatch.setattr(catalogue, "lessons", lambda: ["99"])
    monkeypatch.setattr(catalogue, "_module", lambda number: sample)
    return fresh_progress(monkeypatch, tmp_path)


def fresh_progress(monkeypatch, folder):
    """Forget what this process remembers, and keep progress in `folder`."""
    module = sys.modules[progress.__module__]
    monkeypatch.setattr(module, "_seen", {kind: {} for kind in module._KINDS})
    monkeypatch.setattr(module, "_trouble", [])
    monkeypatch.setattr(module, "_written", set())
    path = folder / "progress.json"
    monkeypatch.setenv("COURSE_PROGRESS_FILE", str(path))
    return path
