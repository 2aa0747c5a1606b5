"""A JupyterLab just as `make lab` starts it, but on a copy of the course in a folder of its own.

What the browser types and saves there reaches neither the work tree nor the settings of whoever
runs the tests, and no notebook is trusted, as after a fresh download.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.project import ROOT
from tools import preflight

PARTS = ("data", "helpers", "notebooks", "tools")
START_SECONDS = 90


def copy_course(folder: Path) -> Path:
    """Copy what a learner needs into the new folder `folder`, and give it back."""
    leave_out = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".progress.json")
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=leave_out)
    return folder


@contextmanager
def lab_server(folder: Path) -> Iterator[str]:
    """Serve the course in `folder`; yields the address that it prints, token and all.

    Raises RuntimeError with what was printed when the server does not start.
    """
    log = folder / "lab.log"
    port = free_port()
    with log.open("w", encoding="utf-8") as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.lab", f"--port={port}", "--no-browser"],
            cwd=folder,
            env=os.environ | own_settings(folder / "settings"),
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
    try:
        yield address_in(log, process)
    finally:
        process.terminate()  # the server ends its kernels before it goes
        process.wait(timeout=30)


def free_port() -> int:
    """A port that the system gives out: two tests that start at once do not get the same."""
    with socket.socket() as probe:
        probe.bind((preflight.HOST, 0))
        return probe.getsockname()[1]


def own_settings(folder: Path) -> dict[str, str]:
    """Environment that keeps settings, trust and history of all kinds in `folder`."""
    return {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }


def address_in(log: Path, process: subprocess.Popen[bytes]) -> str:
    """The address that the server printed, as soon as it listens."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        printed = log.read_text(encoding="utf-8")
        if "Control-C" in printed and (address := re.search(r"http://\S+", printed)):
            return address.group()
        time.sleep(0.05)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')}")
