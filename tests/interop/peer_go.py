"""Go's crypto/tls: a stack that shares no line with OpenSSL. Built on first use, kept in build/."""

from __future__ import annotations

import hashlib
import os
import subprocess
from contextlib import AbstractContextManager
from functools import cache

from tests.interop import scripted
from tests.interop.case import CLIENT, SERVER, Case
from tests.interop.files import Files
from tests.interop.processes import Chain
from tests.interop.scripted import heard_client, heard_server
from tests.interop.serving import Serving
from tests.optional import find
from tests.project import ROOT

NAME, TOOLS = "Go crypto/tls", ("go",)
ECH = (CLIENT, SERVER)
_SOURCE = scripted.PROGRAMS / "go"

__all__ = ["ECH", "NAME", "TOOLS", "client", "heard_client", "heard_server", "server", "unable"]


@cache
def _program() -> str:
    """The peer, compiled; a second process that comes here meanwhile builds its own copy."""
    text = b"".join(path.read_bytes() for path in sorted(_SOURCE.iterdir()))
    target = ROOT / "build" / f"interop-go-{hashlib.sha256(text).hexdigest()[:12]}"
    if not target.exists():
        target.parent.mkdir(exist_ok=True)
        fresh = target.with_name(f"{target.name}.{os.getpid()}")
        subprocess.run([find("go"), "build", "-o", str(fresh), "."], cwd=_SOURCE, check=True,
                       capture_output=True, env={**os.environ, "GOFLAGS": "-mod=mod",
                                                 "GOTOOLCHAIN": "local", "GOPROXY": "off",
                                                 "CGO_ENABLED": "0"})
        fresh.replace(target)
    return str(target)


def unable(case: Case, role: str) -> str | None:
    """It chooses the suites of TLS 1.3 by itself; ours allows only one, and so decides."""
    return "crypto/tls has 0-RTT for QUIC only" if case.early else None


def server(case: Case, files: Files) -> AbstractContextManager[Serving]:
    return scripted.server([_program()], case, files)


def client(case: Case, files: Files, port: int) -> Chain:
    return scripted.client([_program()], case, files, port)
