"""A small TLS engine to read: bytes in, events and bytes out, nothing hidden.

`messages` and `extensions` are the structures, `record` the envelopes, `schedule12` the keys,
`client` the handshake in the order of the RFC. All arithmetic is the `cryptography` package's.
"""

from helpers.tls.groups import decrypt_pre_master_secret
from helpers.tls.registry import CipherSuite
from helpers.tls.schedule12 import hash_of, verify_data
from helpers.tls.signing import verify

__all__ = ["CipherSuite", "decrypt_pre_master_secret", "hash_of", "verify", "verify_data"]
