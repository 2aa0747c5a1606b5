"""Notes for extensions: path ending -> (why it is there, source). See `notes`."""

_SNI, _ALPN = "RFC 6066 section 3", "RFC 7301 section 3.1"
_GROUPS, _POINTS = "RFC 8422 section 5.1.1", "RFC 8422 section 5.1.2"
_SCHEMES, _STATUS = "RFC 5246 section 7.4.1.4.1", "RFC 6066 section 8"
_VERSIONS, _SHARES = "RFC 9846 section 4.3.1", "RFC 9846 section 4.3.8"

_COMMON = {
    "extensions": ("Everything the first design of the message did not foresee. Who does not know "
                   "an extension skips it; a server may answer only what the client sent.",
                   "RFC 5246 section 7.4.1.4"),
    "extension_type": ("Which extension this is: a number from a public list kept by IANA.",
                       "RFC 5246 section 7.4.1.4"),
    "extensions.GREASE": ("A reserved number that means nothing. Clients send one at random so "
                          "that servers do not forget to ignore what they do not know.",
                          "RFC 8701 section 2"),
    "extensions.unknown": ("An extension that is not in this course's list. A receiver that does "
                           "not know it skips it.", "RFC 5246 section 7.4.1.4"),
}

_NAMES = {
    "extensions.server_name": ("Which of the sites at this address is wanted, so that the server "
                               "can show the right certificate. It travels in the clear.", _SNI),
    "server_hello.extensions.server_name": ("Empty: \"I made use of the name.\"", _SNI),
    "server_name_list": ("Made as a list, but only one kind of name was ever defined.", _SNI),
    "name_type": ("0 is a host name, the only kind there is.", _SNI),
    "host_name": ("The host from the URL, so an eavesdropper learns which site is visited even "
                  "though the page is encrypted. Encrypted Client Hello (RFC 9849) hides it.",
                  _SNI),
    "application_layer_protocol_negotiation": (
        "Settles what will be spoken inside (h2 is HTTP/2) without an extra round trip.", _ALPN),
    "protocol_name_list": ("The client's protocols, favourite first.", _ALPN),
    "server_hello.extensions.application_layer_protocol_negotiation.protocol_name_list": (
        "Exactly one name: the protocol that the server chose.", _ALPN),
    "protocol_name": ("One protocol, by its registered name.", _ALPN),
}

_ALGORITHMS = {
    "supported_groups": ("The groups in which the client can do Diffie-Hellman, favourite first. "
                         "The server picks one for its ServerKeyExchange.", _GROUPS),
    "named_group_list": ("The groups, favourite first.", _GROUPS),
    "named_group": ("One group: for example x25519, or secp256r1, also called P-256.", _GROUPS),
    "ec_point_formats": ("How a point of a curve may be written. A leftover: one way is still "
                         "used.", _POINTS),
    "ec_point_format_list": ("Must contain 0, uncompressed.", _POINTS),
    "ec_point_format": ("0: both coordinates in full.", _POINTS),
    "signature_algorithms": ("The signatures the client can check. The server must sign its share "
                             "with one of them, and its certificates should fit too.", _SCHEMES),
    "signature_algorithms_cert": ("The same for the signatures inside certificates, where they "
                                  "differ.", "RFC 9846 section 4.3.3"),
    "supported_signature_algorithms": ("Pairs of hash and signature algorithm, favourite first.",
                                       _SCHEMES),
    "signature_scheme": ("One pair. In TLS 1.2 the first byte named the hash and the second the "
                         "algorithm; TLS 1.3 reads both as one number.", _SCHEMES),
}

_SAFETY = {
    "extended_master_secret": ("Ties the master secret to a hash of the whole handshake, so that "
                               "two connections can never be made to share one. Empty: being "
                               "there is the message.", "RFC 7627 section 5.1"),
    "encrypt_then_mac": ("A safer order of steps for old CBC suites. Authenticated encryption "
                         "(GCM, ChaCha20-Poly1305) does not need it, so a server that picks that "
                         "does not answer.", "RFC 7366 section 2"),
    "renegotiation_info": ("Shows that this is a first handshake and not one hidden inside an "
                           "attacker's connection.", "RFC 5746 section 3.2"),
    "renegotiated_connection": ("Empty in a first handshake; in a second one it would hold the "
                                "Finished values of the first.", "RFC 5746 section 3.2"),
    "max_fragment_length": ("A small device asks for smaller records.", "RFC 6066 section 4"),
    "signed_certificate_timestamp": ("Asks for proof that the certificate stands in public logs.",
                                     "RFC 6962 section 3.3.1"),
    "padding": ("Zeros that make the message longer: some old servers stumbled over certain "
                "lengths.", "RFC 7685 section 3"),
    "session_ticket": ("\"I can keep a ticket\", or the ticket itself from an earlier connection.",
                       "RFC 5077 section 3.2"),
}

_REVOCATION = {
    "status_request": ("Asks the server to bring a fresh statement that its certificate was not "
                       "revoked. In a ServerHello it is empty: one will follow.", _STATUS),
    "status_type": ("1 is OCSP, the only kind in use.", _STATUS),
    "responder_id_list": ("Whose statements the client would trust. Normally empty.", _STATUS),
    "request_extensions": ("Extra wishes for the OCSP request. Normally empty.", _STATUS),
}

_TLS13 = {
    "supported_versions": ("Where a client of today really says which versions it speaks, TLS 1.3 "
                           "among them.", _VERSIONS),
    "versions": ("The versions, favourite first.", _VERSIONS),
    "versions.version": ("One version: 0x0304 is TLS 1.3.", _VERSIONS),
    "key_share": ("TLS 1.3 guesses which groups the server will take and sends a share for each "
                  "at once: that saves a round trip.", _SHARES),
    "client_shares": ("One share for each group that the client guesses the server will take.",
                      _SHARES),
    "key_share_entry": ("A group and the client's public share in it.", _SHARES),
    "key_share_entry.group": ("The group that the share belongs to.", _SHARES),
    "key_share_entry.key_exchange": ("The public share, made for this connection only.", _SHARES),
    "psk_key_exchange_modes": ("How the client would resume a session: with or without a fresh "
                               "Diffie-Hellman exchange.", "RFC 9846 section 4.3.9"),
    "ke_modes": ("The ways of resuming that the client accepts.", "RFC 9846 section 4.3.9"),
    "ke_mode": ("1, with fresh Diffie-Hellman, keeps forward secrecy.", "RFC 9846 section 4.3.9"),
    "pre_shared_key": ("Offers to resume an earlier TLS 1.3 session.", "RFC 9846 section 4.3.11"),
    "early_data": ("Announces data in the very first flight (0-RTT), which can be replayed.",
                   "RFC 9846 section 4.3.10"),
    "cookie": ("Brings back what the server sent with its request to try again.",
               "RFC 9846 section 4.3.2"),
    "post_handshake_auth": ("The client is willing to show a certificate later.",
                            "RFC 9846 section 4.3.6"),
}

_ECH, _ECH_CONFIG = "RFC 9849 section 5", "RFC 9849 section 4"
_ENCRYPTED = {
    "encrypted_client_hello": (
        "The real ClientHello, sealed with the server's public key: what stands in the clear is "
        "only the envelope. Without such a key browsers send random bytes that look the same.",
        _ECH),
    "ech_client_hello_type": ("0 in the envelope; 1 in the ClientHello inside it.", _ECH),
    "encrypted_client_hello.kdf_id": ("How HPKE makes its keys: 1 is HKDF with SHA-256.", _ECH),
    "encrypted_client_hello.aead_id": ("How HPKE seals: 1 is AES-128-GCM.", _ECH),
    "encrypted_client_hello.config_id": ("Which of the server's keys this was sealed with. "
                                         "Everybody sees it, so it must not tell sites apart.",
                                         _ECH),
    "enc": ("The client's ephemeral public key: with it and its private key the server opens the "
            "payload. Empty in a second ClientHello, which uses the same key.", _ECH),
    "payload": ("The inner ClientHello, encrypted and padded, so that its length does not give "
                "the name away either.", _ECH),
    "ech_outer_extensions": ("In an inner ClientHello: \"the rest is as in the outer one\". Saves "
                             "saying it twice.", "RFC 9849 section 5.1"),
    "outer_extensions": ("The extensions to be taken from outside.", "RFC 9849 section 5.1"),
    "outer_extensions.extension_type": ("One of them.", "RFC 9849 section 5.1"),
    "encrypted_client_hello.confirmation": (
        "Proof that the server read the inner ClientHello; to everybody else it looks random.",
        "RFC 9849 section 7.2.1"),
    "encrypted_extensions.extensions.encrypted_client_hello": (
        "\"I could not read that, but with these keys you can try again.\"", _ECH),
    "ech_config_list": ("The server's keys, its favourite first; clients usually find them in the "
                        "DNS.", _ECH_CONFIG),
    "ech_config": ("One public key, and what goes with it.", _ECH_CONFIG),
    "ech_config.version": ("65037: the version of RFC 9849. Clients skip any other.",
                           _ECH_CONFIG),
    "ech_config.contents": ("Their structure depends on the version.", _ECH_CONFIG),
    "contents.config_id": ("The number that clients will name this key by.", _ECH_CONFIG),
    "kem_id": ("What kind of key it is: 32 is X25519.", _ECH_CONFIG),
    "contents.public_key": ("The server's public key for HPKE.", _ECH_CONFIG),
    "hpke_cipher_suites": ("The ways of sealing that the server can open.", _ECH_CONFIG),
    "hpke_cipher_suites.kdf_id": ("How HPKE makes its keys: 1 is HKDF with SHA-256.",
                                  _ECH_CONFIG),
    "hpke_cipher_suites.aead_id": ("How HPKE seals: 1 is AES-128-GCM.", _ECH_CONFIG),
    "maximum_name_length": ("The longest name that is served, so that clients pad every name to "
                            "this length; 0 if not known.", _ECH_CONFIG),
    "public_name": ("The name for everybody to see: the same for all sites behind this key.",
                    _ECH_CONFIG),
    "config_extensions": ("Room for what is not foreseen; seldom anything.",
                          "RFC 9849 section 4.2"),
    "config_extension_type": ("Its number. If its first bit is 1, who does not know it must not "
                              "use the key.", "RFC 9849 section 4.2"),
    "config_extension_data": ("Its contents.", "RFC 9849 section 4.2"),
}

NOTES: dict[str, tuple[str, str]] = {
    **_ENCRYPTED, **_COMMON, **_NAMES, **_ALGORITHMS, **_SAFETY, **_REVOCATION, **_TLS13}
