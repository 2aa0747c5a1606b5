"""Where Conversations come from: OpenSSL in memory, and recordings in data/."""

from helpers.sources.capture import keylog_text, load, names, save
from helpers.sources.openssl import openssl_client, openssl_server, record_exchange

__all__ = ["keylog_text", "load", "names", "openssl_client", "openssl_server",
           "record_exchange", "save"]
