"""Python's ssl module: the system's OpenSSL through the standard library, in its own process."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager

from tests.interop import scripted
from tests.interop.case import CLIENT, HYBRID, P256, Case
from tests.interop.files import Files
from tests.interop.processes import Chain
from tests.interop.scripted import heard_client, heard_server
from tests.interop.serving import Serving

NAME, TOOLS = "Python ssl", ()
_COMMAND = (sys.executable, str(scripted.PROGRAMS / "python_ssl.py"))

__all__ = ["NAME", "TOOLS", "client", "heard_client", "heard_server", "server", "unable"]


def unable(case: Case, role: str) -> str | None:
    if case.early:
        return "the ssl module has no 0-RTT"
    if case.group == HYBRID:
        return "OpenSSL has ML-KEM from 3.5 on"
    if role == CLIENT and case.version == "1.3" and case.group == P256 and not case.retry:
        return "the ssl module's client always begins with a share for x25519"
    return None


def server(case: Case, files: Files) -> AbstractContextManager[Serving]:
    return scripted.server(_COMMAND, case, files)


def client(case: Case, files: Files, port: int) -> Chain:
    return scripted.client(_COMMAND, case, files, port)
