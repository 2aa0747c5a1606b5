"""The signatures in the recordings fit what the RFCs say was signed, and nothing else."""

import pytest
from cryptography import x509

from helpers.conversation import Conversation
from helpers.sources import load
from helpers.tls import certificate_verify_content, hash_of, key_exchange_content, verify
from helpers.tls.errors import TLSError


def leaf_key(talk: Conversation) -> object:
    chain = talk.find("certificate").parsed.certificate_list
    return x509.load_der_x509_certificate(chain[0]).public_key()


def key_exchange(talk: Conversation) -> tuple[object, bytes]:
    """TLS 1.2: the message with the signature, and what it covers."""
    said = talk.find("server_key_exchange").parsed
    randoms = [talk.find(name).parsed.random for name in ("client_hello", "server_hello")]
    return said, key_exchange_content(*randoms, said.params)


def certificate_verify(talk: Conversation, sender: str = "server") -> tuple[object, bytes]:
    """TLS 1.3: the same."""
    message = talk.find("certificate_verify")
    transcript = b"".join(one.data for one in talk.messages[:message.index]
                          if one.content_type == 22)
    digest = hash_of(talk.suite.hash_name, transcript)
    return message.parsed, certificate_verify_content(sender, digest)


@pytest.mark.parametrize(("name", "signed_by"), [
    ("tls12_ecdhe", key_exchange), ("tls12_ecdhe_ecdsa", key_exchange),
    ("tls13_mlkem", certificate_verify), ("tls13_x25519", certificate_verify),
    ("tls13_ecdsa", certificate_verify)])
def test_the_signature_covers_exactly_this(name, signed_by):
    talk = load(name)
    said, content = signed_by(talk)
    verify(leaf_key(talk), said.signature_scheme, said.signature, content)
    for at in range(0, len(content), 7):
        changed = content[:at] + bytes((content[at] ^ 1,)) + content[at + 1:]
        with pytest.raises(TLSError, match="decrypt_error"):
            verify(leaf_key(talk), said.signature_scheme, said.signature, changed)


def test_a_servers_signature_is_no_clients():
    talk = load("tls13_x25519")
    said, content = certificate_verify(talk, "client")
    with pytest.raises(TLSError, match="decrypt_error"):
        verify(leaf_key(talk), said.signature_scheme, said.signature, content)


def test_a_scheme_that_does_not_fit_the_key():
    talk = load("tls13_x25519")
    said, content = certificate_verify(talk)
    with pytest.raises(TLSError, match="does not fit the key"):
        verify(leaf_key(talk), 0x0403, said.signature, content)
