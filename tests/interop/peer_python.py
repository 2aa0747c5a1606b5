"""Python's ssl module: the system's OpenSSL through the standard library, in a process of its own."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager

from tests.interop import scripted
from tests.interop.case import HYBRID, Case, Unable
from tests.interop.files import Files
from tests.interop.processes import Chain
from tests.interop.scripted import heard_client, heard_server
from tests.interop.serving import Serving

NAME, TOOLS = "Python ssl", ()
_COMMAND = (sys.executable, str(scripted.PROGRAMS / "python_ssl.py"))

__all__ = ["NAME", "TOOLS", "client", "heard_client", "heard_server", "server"]


def _check(case: Case) -> None:
    if case.early:
        raise Unable("the ssl module has no 0-RTT")
    if case.group == HYBRID:
        raise Unable("Python's OpenSSL may be older than 3.5")


def server(case: Case, files: Files) -> AbstractContextManager[Serving]:
    _check(case)
    return scripted.server(_COMMAND, case, files)


def client(case: Case, files: Files, port: int) -> Chain:
    """Which groups a client offers cannot be said in this module: the server decides."""
    _check(case)
    if case.retry:
        raise Unable("the ssl module's client cannot be told its groups")
    return scripted.client(_COMMAND, case, files, port)
