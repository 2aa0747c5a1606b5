"""Run a command from the root of the project, as a person would."""

import os
import subprocess
from pathlib import Path

from tests.project import ROOT


def run(
    *command: str, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The finished process of `command`; `environment` is added to this process's own."""
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True
    )
