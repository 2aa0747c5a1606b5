"""Where Conversations come from: OpenSSL in memory, and recordings in data/; and a way out of
here, to Wireshark."""

from helpers.sources.capture import keylog_text, load, names, save
from helpers.sources.openssl import openssl_client, openssl_server, record_exchange
from helpers.sources.pcap import pcap_bytes

__all__ = ["keylog_text", "load", "names", "openssl_client", "openssl_server", "pcap_bytes",
           "record_exchange", "save"]
