"""GnuTLS: gnutls-cli and gnutls-serv."""

from __future__ import annotations

import re
import shutil
from contextlib import AbstractContextManager

from helpers import lab
from tests.interop.case import HYBRID, Case, Heard
from tests.interop.files import Files
from tests.interop.names import GNUTLS_GROUPS
from tests.interop.processes import Chain
from tests.interop.run import REQUEST
from tests.interop.serving import Serving, free_port, serve

NAME, TOOLS = "GnuTLS", ("gnutls-cli", "gnutls-serv")
_CIPHERS = {"AES_128_GCM": "AES-128-GCM", "AES_256_GCM": "AES-256-GCM",
            "CHACHA20_POLY1305": "CHACHA20-POLY1305"}


def unable(case: Case, role: str) -> str | None:
    return "GnuTLS 3.7 has no ML-KEM" if case.group == HYBRID else None


def _priority(case: Case, groups: tuple[str, ...]) -> str:
    """GnuTLS's own language for what is allowed: everything off, then a few things on."""
    cipher = next(gnutls for part, gnutls in _CIPHERS.items() if part in case.suite)
    wanted = [f"+VERS-TLS{case.version}", f"+{cipher}"]
    wanted += [f"+{GNUTLS_GROUPS[group]}" for group in groups if group]
    exchange = "RSA" if case.group is None else "ECDHE-RSA:+ECDHE-ECDSA"
    off = ["-VERS-ALL", "-CIPHER-ALL", "-GROUP-ALL", "-KX-ALL"]
    return ":".join(["NORMAL", *off, *wanted, f"+{exchange}"])


def server(case: Case, files: Files) -> AbstractContextManager[Serving]:
    priority, (chain, key) = _priority(case, (case.group,)), files.server(case)
    port = free_port()
    command = [shutil.which("gnutls-serv"), "--port", str(port), "--http", "--priority", priority,
               "--x509certfile", chain, "--x509keyfile", key, "--x509cafile", files.root]
    command += ["--require-client-cert", "--verify-client-cert"] if case.client_certificate \
        else ["--disable-client-cert"]
    if case.alpn:
        command += ["--alpn", "http/1.1"]
    if case.early:
        command += ["--earlydata", "--maxearlydata", "16384"]
    return serve(command, r"listening on IPv4 0\.0\.0\.0 port \d+\.\.\.done", port=port)


def heard_server(said: str, received: bytes) -> Heard:
    """Its page tells of the session it is sent over."""
    page = received.decode("utf-8", "replace")
    heard = _heard(page)
    if "Early Data was accepted" in said:
        heard.early = True
    heard.alpn = _first(r"Application protocol: (\S+)", page)
    return heard


def client(case: Case, files: Files, port: int) -> Chain:
    command = [shutil.which("gnutls-cli"), "--port", str(port), "127.0.0.1", "--verbose",
               "--priority", _priority(case, case.offered_groups), "--x509cafile", files.root,
               "--sni-hostname", lab.HOST, "--verify-hostname", lab.HOST]
    if case.retry:
        command.append("--single-key-share")
    if case.alpn:
        command += ["--alpn", "http/1.1"]
    if case.client_certificate:
        chain, key = files.client
        command += ["--x509certfile", chain, "--x509keyfile", key]
    if case.resume:
        command += ["--resume", "--waitresumption"] if case.version == "1.3" else ["--resume"]
    if case.early:
        command += ["--earlydata", files.text("early", REQUEST)]
    return Chain([command], say=REQUEST)


def heard_client(said: str, code: int | None) -> Heard:
    last = said.rpartition("- Handshake was completed")[2]
    heard = _heard(said if "Description:" not in last else last)
    heard.resumed = "This is a resumed session" in said
    heard.alpn = _first(r"Application protocol: (\S+)", said)
    problem = re.search(r"\*\*\* (?:Fatal error: |PKI verification |Verifying.*failed).*", said)
    if problem or code:
        heard.complaint = problem[0] if problem else f"it ended with {code}"
    return heard


def _heard(text: str) -> Heard:
    version = _first(r"(?:Description: \(|Protocol version:.*)TLS([\d.]+)", text)
    return Heard(version=version)


def _first(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text)
    return found[1] if found else None
