"""curl, with whatever TLS library it was built with: a client only."""

from __future__ import annotations

import re
import shutil

from helpers import lab
from tests.interop.case import HYBRID, Case, Heard
from tests.interop.files import Files
from tests.interop.names import OPENSSL_GROUPS, iana_suite, openssl_suite
from tests.interop.processes import Chain

NAME, TOOLS = "curl", ("curl",)


def unable(case: Case, role: str) -> str | None:
    if case.early:
        return "curl 7 has no 0-RTT"
    if case.group == HYBRID:
        return "OpenSSL has ML-KEM from 3.5 on"
    if case.resume and case.version == "1.2":
        return "curl 7 resumes TLS 1.2 by session ID alone, and our server keeps no sessions"
    return None


def client(case: Case, files: Files, port: int) -> Chain:
    address = f"https://{lab.HOST}:{port}/"
    kind = "--tls13-ciphers" if case.version == "1.3" else "--ciphers"
    command = [shutil.which("curl"), "--silent", "--show-error", "--verbose", "--max-time", "10",
               "--noproxy", "*", "--resolve", f"{lab.HOST}:{port}:127.0.0.1",
               "--cacert", files.root, f"--tlsv{case.version}", "--tls-max", case.version,
               kind, openssl_suite(case.suite),
               "--curves", ":".join(OPENSSL_GROUPS[group] for group in case.offered_groups)]
    command.append("--http1.1" if case.alpn else "--no-alpn")
    if case.client_certificate:
        chain, key = files.client
        command += ["--cert", chain, "--key", key]
    return Chain([[*command, address, *([address] if case.resume else [])]])


def heard_client(said: str, code: int | None) -> Heard:
    state = re.findall(r"SSL connection using TLSv([\d.]+) / (\S+)", said)
    alpn = re.search(r"ALPN: server accepted (\S+)", said)
    heard = Heard(version=state[-1][0], suite=iana_suite(state[-1][1])) if state else Heard()
    heard.alpn = alpn[1] if alpn else None
    if "SSL re-using session ID" in said:
        heard.resumed = True
    if code:
        heard.complaint = said[-300:]
    return heard
