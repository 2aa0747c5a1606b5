"""openssl s_client and s_server: the command line of the system's OpenSSL."""

from __future__ import annotations

import re
import shutil
from contextlib import AbstractContextManager

from helpers import lab
from tests.interop.case import HYBRID, SERVER, Case, Heard
from tests.interop.files import Files
from tests.interop.names import OPENSSL_GROUPS, iana_suite, openssl_suite
from tests.interop.processes import Chain
from tests.interop.run import REQUEST
from tests.interop.serving import Serving, free_port, serve

NAME, TOOLS = "openssl s_client/s_server", ("openssl",)


def unable(case: Case, role: str) -> str | None:
    if case.group == HYBRID:
        return "OpenSSL has ML-KEM from 3.5 on"
    if case.early and role == SERVER:
        return "s_server -www answers before it has read early data"
    return None


def _settings(case: Case, groups: tuple[str, ...]) -> list[str]:
    kind = "-ciphersuites" if case.version == "1.3" else "-cipher"
    names = ":".join(OPENSSL_GROUPS[group] for group in groups)
    return [f"-tls{case.version.replace('.', '_')}", kind, openssl_suite(case.suite),
            "-groups", names]


def server(case: Case, files: Files) -> AbstractContextManager[Serving]:
    port, (chain, key) = free_port(), files.server(case)
    command = [shutil.which("openssl"), "s_server", "-accept", f"127.0.0.1:{port}", "-www",
               "-cert", chain, "-cert_chain", chain, "-key", key, "-CAfile", files.root,
               *_settings(case, (case.group,) if case.group else ("x25519",))]
    if case.alpn:
        command += ["-alpn", "http/1.1"]
    if case.client_certificate:
        command += ["-Verify", "2", "-verify_return_error"]
    return serve(command, "ACCEPT", port=port)


def heard_server(said: str, received: bytes) -> Heard:
    page = received.decode("utf-8", "replace")
    return _heard(page, client_certificate="Client certificate" in page)


def client(case: Case, files: Files, port: int) -> Chain:
    command = [shutil.which("openssl"), "s_client", "-connect", f"127.0.0.1:{port}",
               "-servername", lab.HOST, "-verify_hostname", lab.HOST, "-verify_return_error",
               "-CAfile", files.root, "-ign_eof", *_settings(case, case.offered_groups)]
    if case.alpn:
        command += ["-alpn", "h2,http/1.1"]
    if case.client_certificate:
        chain, key = files.client
        command += ["-cert", chain, "-key", key]
    if not case.resume:
        return Chain([command], say=REQUEST)
    session = str(files.folder / "openssl.session")
    again = [*command, "-sess_in", session]
    if case.early:
        again += ["-early_data", files.text("early", REQUEST)]
    return Chain([[*command, "-sess_out", session], again], say=REQUEST)


def heard_client(said: str, code: int | None) -> Heard:
    last = said.rpartition("CONNECTED(")[2]
    heard = _heard(last)
    early = re.search(r"Early data was (\w+)", last)
    heard.early = early[1] == "accepted" if early else None
    problem = re.search(r"verify error:\S+|unexpected eof.*|:error:.*", last)
    heard.complaint = problem[0] if problem else None
    return heard


def _heard(text: str, **more: object) -> Heard:
    state = re.search(r"(New|Reused), TLSv([\d.]+), Cipher is (\S+)", text)
    alpn = re.search(r"ALPN protocol: (\S+)", text)
    return Heard(version=state[2] if state else None, suite=iana_suite(state[3] if state else None),
                 resumed=state[1] == "Reused" if state else None,
                 alpn=alpn[1] if alpn else None, **more)
