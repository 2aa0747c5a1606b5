"""A small TLS engine to read, 1.2 and 1.3: bytes in, events and bytes out, nothing hidden.

`client` and `server` are the place to begin: each handshake in the order of its RFC, one function
a message. Below them: `messages`, `messages13` and `extensions` are the structures, `record` and
`record13` the envelopes, `schedule12` and `schedule13` the keys, `psk` what lets a client come
back, `ech` what hides whom it asks for, `states` what may come when. All arithmetic is the
`cryptography` package's.
"""

from importlib import import_module

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

_LATER = {"Client": "client", "Server": "server", "TrustStore": "trust", "Tickets": "psk",
          "ReplayGuard": "psk", "Session": "psk", "TLSError": "errors",
          "ech_config_list": "ech", "new_ech_key": "ech"}  # imported when asked for

__all__ = ["CipherSuite", "Client", "NamedGroup", "ReplayGuard", "Server", "Session", "TLSError",
           "Tickets", "TrustStore", "certificate_verify_content", "decrypt_pre_master_secret",
           "derive_secret", "ech_config_list", "finished_key", "hash_of", "hkdf_expand_label",
           "hkdf_extract", "key_exchange_content", "new_ech_key", "nonce_of", "verify",
           "verify_data"]


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"helpers.tls.{_LATER[name]}"), name)
