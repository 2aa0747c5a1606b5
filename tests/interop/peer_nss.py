"""NSS, the TLS of Firefox: tstclnt and selfserv, with certificates in a database of certutil's."""

from __future__ import annotations

import re
import shutil
import subprocess
from base64 import b64encode
from contextlib import AbstractContextManager

from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from helpers import lab
from helpers.pki.authority import Identity
from helpers.tls.ech import ech_config_list
from tests.interop import files as made
from tests.interop.case import CLIENT, HYBRID, SERVER, Case, Heard
from tests.interop.files import Files
from tests.interop.names import NSS_GROUPS, suite_number
from tests.interop.processes import Chain
from tests.interop.run import REQUEST
from tests.interop.serving import Serving, free_port, serve

NAME, TOOLS = "NSS tstclnt/selfserv", ("tstclnt", "selfserv", "certutil", "pk12util")
ECH = (CLIENT, SERVER)
REFUSES_EARLY_DATA = True
"""selfserv: against replays, NSS takes no early data in its first ten seconds."""
_NICKNAME = b"here"
_PASSWORD = b"test"


def database(files: Files, identity: Identity | None = None) -> str:
    """A new NSS database that trusts the root, and holds an identity if there is one."""
    folder = files.folder / "nss"
    folder.mkdir()
    path = f"sql:{folder}"
    _run("certutil", "-N", "-d", path, "--empty-password")
    _run("certutil", "-A", "-d", path, "-n", "root", "-t", "CT,,", "-a", "-i", files.root)
    if identity:
        packed = pkcs12.serialize_key_and_certificates(
            _NICKNAME, identity.key, identity.certificate, list(identity.intermediates) or None,
            BestAvailableEncryption(_PASSWORD))
        bundle = files.text("identity.p12", packed)
        _run("pk12util", "-d", path, "-K", "", "-i", bundle, "-W", _PASSWORD.decode())
    return path


def _run(*command: str) -> None:
    done = subprocess.run([shutil.which(command[0]), *command[1:]], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")


def _settings(case: Case, path: str, groups: tuple[str | None, ...]) -> list[str]:
    version = f"tls{case.version}"
    names = ",".join(NSS_GROUPS[group] for group in groups if group) or "x25519"
    suite = ["-c", f":{suite_number(case.suite):04X}"]
    # tstclnt frees its list of suites once for each connection, and falls at the second.
    return ["-d", path, "-V", f"{version}:{version}", "-I", names, "-v",
            *([] if case.resume else suite)]


def unable(case: Case, role: str) -> str | None:
    if case.group == HYBRID:
        return "NSS 3.87 has no ML-KEM"
    if case.key == "ed25519":
        return "NSS 3.87 has no Ed25519 certificates"
    if case.alpn and role == CLIENT:
        return "tstclnt has no option for ALPN"
    return None


def server(case: Case, files: Files) -> AbstractContextManager[Serving]:
    port, path = free_port(), database(files, made.server_of(case))
    command = [shutil.which("selfserv"), "-p", str(port),
               "-n" if case.key == "rsa" else "-e", _NICKNAME.decode(),
               *_settings(case, path, (case.group,)), "-u"]
    command += ["-r", "-r"] if case.client_certificate else []
    command += ["-Q"] if case.alpn else []
    command += ["-Z"] if case.early else []
    command += ["-X", _ech_key()] if case.ech else []
    return serve(command, r"About to call accept", port=port)


def _ech_key() -> str:
    """A private key with its length, then the ECHConfigList. NSS 3.87 wants X25519 as an elliptic
    curve by an older number (1.3.6.1.4.1.11591.15.1), in the PKCS #8 form of those."""
    key = made.ech_key()
    private = bytes.fromhex("3067020100301406072a8648ce3d020106092b06010401da470f01"
                            "044c304a0201010420") + key.private.private_bytes_raw()
    private += bytes.fromhex("a123032100") + key.config.public_key
    both = len(private).to_bytes(2, "big") + private + ech_config_list([key])
    return b64encode(both).decode()


def heard_server(said: str, received: bytes) -> Heard:
    return _heard(said)


def client(case: Case, files: Files, port: int) -> Chain:
    path = database(files, made.client() if case.client_certificate else None)
    command = [shutil.which("tstclnt"), "-h", "127.0.0.1", "-4", "-p", str(port),
               "-a", lab.HOST, *_settings(case, path, case.offered_groups),
               "-u"]
    command += ["-n", _NICKNAME.decode()] if case.client_certificate else []
    command += ["-L", "2"] if case.resume else []
    command += ["-Z"] if case.early else []
    command += ["-N", b64encode(ech_config_list([made.ech_key()])).decode()] if case.ech else []
    # It leaves, or connects again, only when its input has ended; then it reads on: a terminal.
    times = 2 if case.resume else 1
    return Chain([command], typed=times * (REQUEST.replace(b"\r", b"") + b"\x04"))


def heard_client(said: str, code: int | None) -> Heard:
    heard = _heard(said)
    problem = re.search(r"tstclnt: .*(?:failed|error).*", said)
    if code:
        heard.complaint = problem[0] if problem else f"it ended with {code}: {said[-300:]}"
    return heard


def _heard(said: str) -> Heard:
    state = re.findall(r"SSL version (\d)\.(\d)", said)
    return Heard(version="1." + {"3": "2", "4": "3"}.get(state[-1][1], state[-1][1])
                 if state and state[-1][0] == "3" else None)
