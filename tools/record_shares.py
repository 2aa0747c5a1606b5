"""Makes data/shares anew: `python -m tools.record_shares`. Run it only on purpose.

An OpenSSL client makes a TLS 1.3 ClientHello; its X25519MLKEM768 share is replaced by ours, whose
private keys are known, and a real OpenSSL server answers. The handshake stops there: nobody holds
what the client would need to go on, except for the exercise that derives it.
"""

from __future__ import annotations

from OpenSSL import SSL

from helpers import lab
from helpers.conversation import CLIENT, SERVER, Conversation, Crossing
from helpers.experiments import hybrid
from helpers.pki import authority
from helpers.sources.capture import save

_ENTRY = hybrid.HYBRID.to_bytes(2, "big") + (1216).to_bytes(2, "big")


def _context() -> SSL.Context:
    context = SSL.Context(SSL.TLS_METHOD)
    context.set_min_proto_version(SSL.TLS1_3_VERSION)
    context.set_tls13_ciphersuites(b"TLS_AES_128_GCM_SHA256")
    return context


def _advance(connection: SSL.Connection) -> bytes:
    try:
        connection.do_handshake()
    except SSL.WantReadError:
        return connection.bio_read(2**16)
    raise SystemExit("The handshake ended where it should have waited.")


def client_hello(share: bytes) -> bytes:
    """OpenSSL's ClientHello in its record, with this share in the place of its own."""
    connection = SSL.Connection(_context())
    connection.set_tlsext_host_name(lab.HOST.encode())
    connection.set_connect_state()
    hello = _advance(connection)
    start = hello.index(_ENTRY) + len(_ENTRY)
    return hello[:start] + share + hello[start + len(share):]


def answer(hello: bytes) -> tuple[bytes, list[str]]:
    """What an OpenSSL server sends back, and its key log."""
    context, identity, keylog = _context(), authority.server("rsa"), []
    context.use_privatekey(identity.key)
    context.use_certificate(identity.certificate)
    for certificate in identity.intermediates:
        context.add_extra_chain_cert(certificate)
    context.set_keylog_callback(lambda _, line: keylog.append(line.decode()))
    connection = SSL.Connection(context)
    connection.set_accept_state()
    connection.bio_write(hello)
    return _advance(connection), keylog


def main() -> None:
    hybrid.FOLDER.mkdir(exist_ok=True)
    for visit in hybrid.VISITS:
        hello = client_hello(hybrid.hybrid_keys(visit).share)
        data, keylog = answer(hello)
        crossings = (Crossing(CLIENT, hello, hello), Crossing(SERVER, data, data))
        talk = Conversation(crossings, tuple(keylog), title=f"Our hybrid share, {visit} visit")
        save(talk, hybrid.FOLDER / f"{visit}.json",
             "OpenSSL 4's ClientHello with our own X25519MLKEM768 share; an OpenSSL 4 server's "
             "answer. Stops before the client's Finished.")


if __name__ == "__main__":
    main()
