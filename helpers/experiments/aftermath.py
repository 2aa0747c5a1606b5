"""What is left when a certificate was bad, or a CA's key is stolen: who can read what."""

from __future__ import annotations

from OpenSSL import SSL

from helpers import pki
from helpers.conversation import Conversation
from helpers.lab import PrivateKey
from helpers.sources.openssl import openssl_client, openssl_server, record_exchange


def visit_unchecked(identity: pki.Identity) -> Conversation:
    """A TLS 1.3 client that looks at no certificate visits a server. Never do this: it is here to
    be looked at (`curl --insecure` does the same)."""
    client = openssl_client(version="1.3")
    client._connection.set_verify(SSL.VERIFY_NONE)
    return record_exchange(openssl_server(version="1.3", identity=identity), client=client,
                           title="a visit without any check of the certificate")


def on_the_wire(visit: Conversation) -> bytes:
    """Every byte that an eavesdropper records."""
    return b"".join(message.wire for message in visit.messages)


def opened_with(recording: Conversation, private_key: PrivateKey) -> int:
    """How many sealed records of a recording can be read with this private key and nothing else."""
    heard = recording.without_secrets().with_secrets(server_key=private_key)
    return sum(message.encrypted and message.data is not None for message in heard.messages)
