"""Programs beside a test end with it, and what they started too."""

import os
import time

import pytest

from tests.interop.processes import Process


def test_what_a_command_started_ends_with_it(tmp_path):
    """PyPI's node is a script that starts the real one: to end the script alone leaves a server."""
    pipe = tmp_path / "held"
    os.mkfifo(pipe)
    reads = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with Process(["sh", "-c", f"exec 3> '{pipe}'; sleep 60 & echo ready; wait"]) as running:
        running.wait_for("ready")
        with pytest.raises(BlockingIOError):  # somebody could still write
            os.read(reads, 1)
    until = time.monotonic() + 5
    while _held(reads) and time.monotonic() < until:
        time.sleep(0.01)
    assert not _held(reads)
    os.close(reads)


def _held(reads: int) -> bool:
    try:
        return bool(os.read(reads, 1))
    except BlockingIOError:
        return True
