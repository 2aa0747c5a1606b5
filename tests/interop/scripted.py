"""Peers that are little programs of ours in another language: they get one JSON object and say
"LISTENING" when they do, "HEARD {...}" of each connection, "PROBLEM ..." of what went wrong."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from helpers import lab
from helpers.sources.loopback import http_response
from helpers.tls.ech import ech_config_list
from tests.interop import files as made
from tests.interop.case import CLIENT, SERVER, Case, Heard
from tests.interop.files import Files
from tests.interop.names import iana_suite, openssl_suite
from tests.interop.processes import Chain
from tests.interop.run import BODY, REQUEST
from tests.interop.serving import Serving, free_port, serve

PROGRAMS = Path(__file__).parent / "programs"


def _asked(role: str, case: Case, files: Files, port: int) -> str:
    certificate, key = "", ""
    if role == SERVER:
        certificate, key = files.server(case)
    elif case.client_certificate:
        certificate, key = files.client
    groups = case.offered_groups if role == CLIENT else (case.group or "x25519",)
    return json.dumps({
        "role": role, "port": port, "host": lab.HOST, "version": case.version,
        "suite": case.suite, "openssl_suite": openssl_suite(case.suite), "groups": groups,
        "root": files.root, "certificate": certificate, "key": key, "resume": case.resume,
        "client_certificate": case.client_certificate, "alpn": case.alpn,
        **(_ech(role) if case.ech else {}), "request": REQUEST.decode(),
        "response": http_response(BODY).decode()})


def _ech(role: str) -> dict[str, str]:
    """In base64: a client's list of configs; a server's config and private key."""
    key = made.ech_key()
    given = {"ech_configs": ech_config_list([key])} if role == CLIENT else {
        "ech_config": key.config.data, "ech_key": key.private.private_bytes_raw()}
    return {name: b64encode(data).decode() for name, data in given.items()}


def server(command: Sequence[str], case: Case, files: Files,
           **environment: str) -> AbstractContextManager[Serving]:
    port = free_port()
    return serve([*command, _asked(SERVER, case, files, port)], "LISTENING", port=port,
                 last_word="HEARD|PROBLEM", **environment)


def client(command: Sequence[str], case: Case, files: Files, port: int,
           **environment: str) -> Chain:
    return Chain([[*command, _asked(CLIENT, case, files, port)]], **environment)


def heard_server(said: str, received: bytes) -> Heard:
    return _heard(said)


def heard_client(said: str, code: int | None) -> Heard:
    heard = _heard(said)
    heard.client_certificate = None  # a client's report on that is about the server's
    if code:
        heard.complaint = heard.complaint or said[-300:]
    return heard


def _heard(said: str) -> Heard:
    reports = re.findall(r"^HEARD (\{.*\})$", said, re.MULTILINE)
    problem = re.search(r"PROBLEM .*", said)
    heard = Heard(**json.loads(reports[-1])) if reports else Heard()
    heard.suite = iana_suite(heard.suite)
    heard.complaint = problem[0] if problem else None
    return heard
