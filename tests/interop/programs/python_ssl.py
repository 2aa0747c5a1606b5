"""Python's own ssl module as a peer: python python_ssl.py '{"role": ...}' (see scripted.py)."""

import json
import socket
import ssl
import sys

VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}


def tell(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def report(channel, **more):
    heard = {"version": channel.version().removeprefix("TLSv"), "suite": channel.cipher()[0],
             "resumed": channel.session_reused, "alpn": channel.selected_alpn_protocol(), **more}
    return "HEARD " + json.dumps(heard)


def context_of(asked):
    side = ssl.PROTOCOL_TLS_SERVER if asked["role"] == "server" else ssl.PROTOCOL_TLS_CLIENT
    context = ssl.SSLContext(side)
    context.minimum_version = context.maximum_version = VERSIONS[asked["version"]]
    context.load_verify_locations(asked["root"])
    if asked["version"] == "1.2":
        context.set_ciphers(asked["openssl_suite"])
    if asked["certificate"]:
        context.load_cert_chain(asked["certificate"], asked["key"])
    if asked["role"] == "server":
        context.set_ecdh_curve({"x25519": "X25519", "secp256r1": "prime256v1"}[asked["groups"][0]])
        if asked["client_certificate"]:
            context.verify_mode = ssl.CERT_REQUIRED
    if asked["alpn"]:
        context.set_alpn_protocols(["h2", "http/1.1"] if asked["role"] == "client" else
                                   ["http/1.1"])
    return context


def serve(asked, context):
    with socket.create_server(("127.0.0.1", asked["port"])) as door:
        tell("LISTENING")
        while True:
            link, _ = door.accept()
            link.settimeout(10)
            try:
                with context.wrap_socket(link, server_side=True) as channel:
                    channel.recv(4096)
                    said = report(channel, client_certificate=bool(channel.getpeercert()))
                    channel.sendall(asked["response"].encode())
                    channel.unwrap()
                    tell(said)
            except OSError as problem:
                tell("PROBLEM", problem)


def visit(asked, context):
    session = None
    for _ in range(2 if asked["resume"] else 1):
        link = socket.create_connection(("127.0.0.1", asked["port"]), timeout=10)
        with context.wrap_socket(link, server_hostname=asked["host"], session=session,
                                 suppress_ragged_eofs=False) as channel:
            channel.sendall(asked["request"].encode())
            while data := channel.recv(4096):
                tell(data.decode())
            session = channel.session
            tell(report(channel))


asked = json.loads(sys.argv[1])
try:
    (serve if asked["role"] == "server" else visit)(asked, context_of(asked))
except OSError as problem:
    sys.exit(f"PROBLEM {problem}")
