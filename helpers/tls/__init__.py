"""A small TLS engine to read: bytes in, events and bytes out, nothing hidden.

`messages` and `extensions` are the structures, `record` the envelopes, `schedule12` and
`schedule13` the keys, `client` the handshake in the order of the RFC. All arithmetic is the
`cryptography` package's.
"""

from helpers.tls.groups import decrypt_pre_master_secret
from helpers.tls.registry import CipherSuite, NamedGroup
from helpers.tls.schedule12 import hash_of, verify_data
from helpers.tls.schedule13 import (
    certificate_verify_content,
    derive_secret,
    finished_key,
    hkdf_expand_label,
    hkdf_extract,
    nonce_of,
)
from helpers.tls.signing import key_exchange_content, verify

__all__ = ["CipherSuite", "NamedGroup", "certificate_verify_content", "decrypt_pre_master_secret",
           "derive_secret", "finished_key", "hash_of", "hkdf_expand_label", "hkdf_extract",
           "key_exchange_content", "nonce_of", "verify", "verify_data"]
