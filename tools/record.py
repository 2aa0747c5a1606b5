"""Makes the recordings and test keys that data/ lacks: `python -m tools.record recordings|keys`.

OpenSSL's randomness cannot be seeded, so a new recording has new bytes: remove one only on
purpose, then run this and `make notebooks`, and read what changed.
"""

from __future__ import annotations

import sys

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from helpers import lab
from helpers.sources import capture, openssl

ORDER = (b"GET /orders/7 HTTP/1.1\r\nHost: shop.example\r\n"
         b"Cookie: session=blue-otter-41\r\n\r\n")
_PAGE = b"<h1>Order 7</h1>\n<p>One lamp, 90 euros, to Anna Weber, 4 Mill Lane.</p>\n"
ORDER_PAGE = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
              b"Content-Length: %d\r\n\r\n" % len(_PAGE)) + _PAGE
_CLIENT13 = {"version": "1.3", "group": "x25519"}
RECORDINGS = {  # name: title, settings of the server, settings of the client
    "tls12_rsa": ("TLS 1.2 with RSA key exchange", openssl.LANES["RSA"], {}),
    "tls12_rsa_second": ("TLS 1.2 with RSA key exchange, another visit", openssl.LANES["RSA"],
                         {}),
    "tls12_ecdhe": ("TLS 1.2 with ECDHE (x25519)", openssl.LANES["ECDHE"], {}),
    "tls12_ecdhe_ecdsa": (
        "TLS 1.2 with ECDHE (secp256r1) and an ECDSA certificate",
        {"ciphers": "ECDHE-ECDSA-CHACHA20-POLY1305", "kind": "ecdsa", "group": "secp256r1",
         "session_ids": True}, {}),
    "tls13_mlkem": ("TLS 1.3 with X25519MLKEM768", openssl.LANE13, {"version": "any"}),
    "tls13_x25519": ("TLS 1.3 with x25519",
                     openssl.LANE13 | {"ciphers": "TLS_AES_128_GCM_SHA256"}, _CLIENT13),
    "tls13_ecdsa": (
        "TLS 1.3 with x25519 and an ECDSA certificate",
        openssl.LANE13 | {"ciphers": "TLS_CHACHA20_POLY1305_SHA256", "kind": "ecdsa"}, _CLIENT13),
    "first_visit": ("Your first visit", openssl.LANE13, {"version": "any"}),
}
SPOKEN = {"first_visit": {"request": ORDER, "response": ORDER_PAGE}}
"""What is said inside, where it is not what the lab always says."""
KEYS = {  # name: how such a key is made
    **dict.fromkeys(("server_rsa", "other_rsa", "rsa2048"),
                    lambda: rsa.generate_private_key(65537, 2048)),
    **dict.fromkeys(("server_ecdsa", "intermediate", "root", "other_root", "p256"),
                    lambda: ec.generate_private_key(ec.SECP256R1())),
    "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "ed25519": ed25519.Ed25519PrivateKey.generate,
    "rsa3072": lambda: rsa.generate_private_key(65537, 3072),
    "rsa1024": lambda: rsa.generate_private_key(65537, 1024),  # too short, on purpose
}
_WARNING = ("TEST KEY of the course How HTTPS Works. "
            "Published on purpose: never use it for anything real.\n")


def make_recordings() -> None:
    """OpenSSL talks to OpenSSL; what crossed and both key logs go to data/recordings."""
    for name, (title, settings, offer) in RECORDINGS.items():
        path = lab.DATA / "recordings" / f"{name}.json"
        if path.exists():
            continue
        conversation = openssl.record_exchange(openssl.openssl_server(**settings), title=title,
                                               client=openssl.openssl_client(**offer),
                                               **SPOKEN.get(name, {}))
        if not all(end.connected for end in conversation.ends.values()):
            raise SystemExit(f"{name}: the handshake failed, so nothing was recorded.")
        about = (f"OpenSSL 4 client and server in memory; server settings {settings}; "
                 f"client settings {offer}")
        capture.save(conversation, path, about)


def make_keys() -> None:
    """The private keys that data/keys lacks, each file beginning with a line that says TEST KEY.

    Remove a file to have it made anew: every certificate and recording with it is then new too.
    """
    for name, make in KEYS.items():
        path = lab.DATA / "keys" / f"{name}.pem"
        if path.exists():
            continue
        pem = make().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        path.write_text(_WARNING + pem, encoding="utf-8")


if __name__ == "__main__":
    task = {"recordings": make_recordings, "keys": make_keys}.get("".join(sys.argv[1:]))
    if task is None:
        raise SystemExit("Say what to make: python -m tools.record recordings, or keys.")
    task()
