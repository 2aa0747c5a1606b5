"""Headless Chromium, which loads a page from our server: the peer that most people mean."""

from __future__ import annotations

import os

from tests.interop.case import P256, Case, Heard
from tests.interop.files import Files
from tests.interop.peer_nss import database
from tests.interop.processes import Chain
from tests.interop.run import BODY
from tests.optional import find

NAME, TOOLS = "Chromium", ("chromium", "certutil")
_FRAMES = 3
_QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
          "--disable-background-networking", "--disable-component-update", "--disable-sync",
          "--disable-default-apps")


def unable(case: Case, role: str) -> str | None:
    if case.early:
        return "Chromium sends no early data to a site by itself"
    if case.client_certificate:
        return "Chromium asks a person which certificate to show"
    if case.key == "ed25519":
        return "browsers take no Ed25519 certificates"
    if case.group is None:
        return "Chromium offers no RSA key exchange any more"
    if case.version == "1.3" and case.group == P256 and not case.retry:
        return "Chromium's first shares are never for P-256"
    return None


def client(case: Case, files: Files, port: int) -> Chain:
    """It trusts the lab's root because the database in its home says so, and knows no other
    home: what the user's own browser trusts or keeps is out of reach."""
    home = files.folder / "home" / ".pki"
    home.mkdir(parents=True)
    os.symlink(database(files).removeprefix("sql:"), home / "nssdb")
    profile = str(files.folder / "profile")
    return Chain([[find("chromium"), *_QUIET, f"--user-data-dir={profile}",
                   "--host-resolver-rules=MAP * 127.0.0.1", "--timeout=8000", "--dump-dom",
                   "--ssl-version-min=tls1.2", f"--ssl-version-max=tls{case.version}",
                   f"https://shop.example:{port}/"]], HOME=str(home.parent))


def respond(case: Case, received: bytes) -> bytes:
    """The page. To be resumed, it holds a frame, which holds another, and so on: for each the
    browser has to come again, and soon it has used up what it had connected in reserve."""
    depth = received.split()[1].count(b"/")
    if not case.resume or depth > _FRAMES:
        return BODY
    return BODY + b'<iframe src="/%s"></iframe>\n' % (b"a/" * depth)


def heard_client(said: str, code: int | None) -> Heard:
    """It prints the page as it stands, or its own page that says what is wrong."""
    heard = Heard()
    if "Hello over HTTPS" not in said:
        heard.complaint = f"no page: {said[-300:]}"
    return heard
