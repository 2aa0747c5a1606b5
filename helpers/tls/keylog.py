"""Key log files: the lines in which a client or server writes down its secrets (RFC 9850)."""

from __future__ import annotations

from collections.abc import Iterable

LABELS = {  # our names for secrets -> the key log's (RFC 9850 section 2), in the order of use
    "master_secret": "CLIENT_RANDOM",
    "client_early_traffic_secret": "CLIENT_EARLY_TRAFFIC_SECRET",
    "client_handshake_traffic_secret": "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
    "server_handshake_traffic_secret": "SERVER_HANDSHAKE_TRAFFIC_SECRET",
    "client_application_traffic_secret_0": "CLIENT_TRAFFIC_SECRET_0",
    "server_application_traffic_secret_0": "SERVER_TRAFFIC_SECRET_0",
    "exporter_secret": "EXPORTER_SECRET",
}


def find_secret(lines: Iterable[str], label: str, which: bytes,
                length: int | None) -> bytes | None:
    """The secret of `length` bytes (None: of any length) that a line "LABEL WHICH SECRET" holds;
    None if none does.

    `which` is the ClientHello's random (for the label RSA: the first 8 bytes of the encrypted
    pre-master secret). Lines that are broken, or whose secret has another length, are passed over.
    """
    for line in lines:
        parts = line.split()
        if len(parts) == 3 and parts[0] == label and parts[1].lower() == which.hex():
            try:
                secret = bytes.fromhex(parts[2])
            except ValueError:
                continue
            if length in (None, len(secret)):
                return secret
    return None
