"""Notes for TLS 1.3: path ending -> (why it is there, source). See `notes`.

"tls13." stands in front of the path of a message or record that belongs to TLS 1.3, so that a
field whose sense changed has another note than its namesake in TLS 1.2.
"""

_HELLO_C, _HELLO_S = "RFC 9846 section 4.2.2", "RFC 9846 section 4.2.3"
_RETRY, _SHARES = "RFC 9846 section 4.2.4", "RFC 9846 section 4.3.8"
_HYBRID = "RFC 9846 section 4.3.8; RFC 10024"
_CERTIFICATE, _VERIFY = "RFC 9846 section 4.5.1", "RFC 9846 section 4.5.2"
_FINISHED, _TICKET = "RFC 9846 section 4.5.3", "RFC 9846 section 4.7.1"
_RECORD, _PSK = "RFC 9846 section 5.2", "RFC 9846 section 4.3.11"

_RECORDS = {
    "tls13.record": ("A sealed envelope. Only its 5-byte header is readable, and that says the "
                     "same for every sealed record except how long it is.", _RECORD),
    "tls13.record.content_type": ("Always 23, application data, whatever is inside: the real type "
                                  "is the last byte of the plaintext. Old middleboxes let 23 "
                                  "pass.", _RECORD),
    "tls13.record.version": ("Always 0x0303, the number of TLS 1.2, because middleboxes stumbled "
                             "over a new one. Receivers do not look at it.", _RECORD),
    "tls13.record.ciphertext": ("The content, one byte for its real type, and as many zeros as the "
                                "sender likes, to hide the length. No nonce travels: both ends "
                                "count the records.", "RFC 9846 section 5.2; RFC 9846 section 5.3"),
    "tls13.record.tag": ("A checksum that only a holder of the key can make, over the ciphertext "
                         "and the 5-byte header. The record's number counts too: it is in the "
                         "nonce.", _RECORD),
    "encrypted_record": ("A sealed record of TLS 1.3. Without the key nobody can tell a "
                         "certificate from a web page: only the length shows.", _RECORD),
    "tls13.change_cipher_spec": ("It means nothing any more. It is sent so that a TLS 1.3 "
                                 "handshake looks familiar to old middleboxes; receivers drop "
                                 "it.", "RFC 9846 appendix E.4"),
    "tls13.alert.level": ("A leftover: in TLS 1.3 the description alone decides whether the "
                          "connection ends.", "RFC 9846 section 6"),
}

_HELLOS = {
    "tls13.client_hello": ("The client's opening offer, and at once its half of the key exchange, "
                           "for a group that it guesses the server will take. All of it is "
                           "readable on the wire.", _HELLO_C),
    "tls13.client_hello.cipher_suites.cipher_suite": (
        "One offer in two bytes. A suite of TLS 1.3 (0x13..) names only the encryption and the "
        "hash; key exchange and signature are agreed on in extensions.", "RFC 9846 appendix B.4"),
    "tls13.client_hello.session_id": ("TLS 1.3 does not need it. Clients send 32 random bytes so "
                                      "that middleboxes take this for a resumed TLS 1.2 session.",
                                      "RFC 9846 appendix E.4"),
    "tls13.client_hello.extensions.supported_groups": (
        "The groups in which the client can exchange keys, favourite first. For some of them it "
        "sends a share already: see key_share.", "RFC 9846 section 4.3.7"),
    "tls13.client_hello.extensions.signature_algorithms": (
        "The signatures the client can check. The server must sign the handshake with one of "
        "them, and its certificates should fit too.", "RFC 9846 section 4.3.3"),
    "tls13.client_hello.extensions.session_ticket": (
        "For TLS 1.2 only, should the server choose that: \"I can keep a ticket.\"",
        "RFC 5077 section 3.2"),
    "tls13.server_hello": ("The server's answer, with its half of the key exchange. From here both "
                           "ends can compute keys: everything after it is encrypted.", _HELLO_S),
    "tls13.server_hello.server_version": ("Frozen: 0x0303. The version that counts is in the "
                                          "extension supported_versions.", _HELLO_S),
    "tls13.server_hello.session_id": ("An echo of what the client sent. It names nothing.",
                                      _HELLO_S),
    "tls13.server_hello.cipher_suite": ("The one suite that the server picked from the client's "
                                        "list: the encryption and the hash, no more.", _HELLO_S),
    "server_hello.extensions.supported_versions": ("What the server chose. This extension is what "
                                                   "makes the conversation TLS 1.3.",
                                                   "RFC 9846 section 4.3.1"),
    "selected_version": ("0x0304 is TLS 1.3.", "RFC 9846 section 4.3.1"),
    "server_hello.extensions.key_share": ("The server's half of the key exchange, in one of the "
                                          "groups for which the client sent a share.", _SHARES),
    "server_share": ("A group and the server's share in it, made for this connection only.",
                     _SHARES),
    "server_share.group": ("The group that both ends now calculate in.", _SHARES),
    "server_share.key_exchange": ("What the client needs to arrive at the same secret.", _SHARES),
    "hello_retry_request": ("\"Try again, with a share in this group.\" A ServerHello whose random "
                            "has one fixed value; it costs a round trip.", _RETRY),
    "hello_retry_request.random": ("No random bytes but a fixed value, the SHA-256 of "
                                   "\"HelloRetryRequest\": by this the client tells it from a real "
                                   "ServerHello.", _HELLO_S),
    "hello_retry_request.session_id": ("An echo of what the client sent. It names nothing.",
                                       _RETRY),
    "hello_retry_request.cipher_suite": ("The suite that the server will use: its ServerHello must "
                                         "say the same.", _RETRY),
    "hello_retry_request.extensions.key_share": ("The group in which the server wants a share.",
                                                 _SHARES),
    "selected_group": ("A group from the client's supported_groups for which it sent no share.",
                       _SHARES),
    "mlkem_encapsulation_key": ("ML-KEM-768's public key: the server encrypts a fresh secret to "
                                "it. A quantum computer should not be able to undo that. It comes "
                                "first, whatever the group's name says.", _HYBRID),
    "mlkem_ciphertext": ("A secret that the server chose and encrypted to the client's ML-KEM-768 "
                         "key.", _HYBRID),
    "x25519_share": ("An x25519 public share. Both secrets go into the keys, so that an attacker "
                     "would have to break both.", _HYBRID),
    "cookie_value": ("Whatever the server wants to be told again, so that it need not remember "
                     "the first attempt.", "RFC 9846 section 4.3.2"),
}

_RESUMPTION = {
    "identities": ("The tickets, favourite first.", _PSK),
    "psk_identity": ("One ticket, and how old it is.", _PSK),
    "identity": ("The ticket as the server once sent it.", _PSK),
    "obfuscated_ticket_age": ("The ticket's age in milliseconds plus the ticket's own random "
                              "number, so that two visits cannot be linked by it.", _PSK),
    "binders": ("One for each ticket, in the same order.", _PSK),
    "binder": ("An HMAC over this ClientHello so far: it proves that the client has the secret "
               "behind the ticket.", _PSK),
    "server_hello.extensions.pre_shared_key": ("The server takes one of the tickets.", _PSK),
    "selected_identity": ("Which ticket, counted from 0.", _PSK),
}

_SERVER = {
    "encrypted_extensions.extensions.server_name": ("Empty: \"I made use of the name.\"",
                                                    "RFC 6066 section 3"),
    "encrypted_extensions.extensions.supported_groups": (
        "The server's own favourites, for the client's next visit.", "RFC 9846 section 4.3.7"),
    "encrypted_extensions.extensions.application_layer_protocol_negotiation.protocol_name_list": (
        "Exactly one name: the protocol that the server chose. Nobody else can read it any more.",
        "RFC 7301 section 3.1"),
    "certificate_request_context": ("Ties the answer to a request. Empty during the handshake.",
                                    _CERTIFICATE),
    "tls13.certificate": ("The server's certificate, and those that lead to a root the client "
                          "already holds. Encrypted: an eavesdropper no longer sees it.",
                          _CERTIFICATE),
    "certificate_entry": ("One certificate with what belongs to it.", _CERTIFICATE),
    "cert_data": ("One X.509 certificate in DER: a name, a public key inside it, dates, and a "
                  "certification authority's signature. The private key is not in it.",
                  "RFC 9846 section 4.5.1; RFC 5280 section 4.1"),
    "certificate_entry.extensions": ("Statements about this certificate: for example that it was "
                                     "not revoked. Often empty.", "RFC 9846 section 4.5.1"),
    "certificate_entry.extensions.status_request": (
        "The certification authority's fresh word that this certificate was not revoked.",
        "RFC 9846 section 4.5.1"),
    "certificate_entry.extensions.signed_certificate_timestamp": (
        "Promises of public logs to list this certificate.", "RFC 6962 section 3.3"),
    "tls13.certificate_request": ("The server asks the client to show a certificate too. What it "
                                  "would accept is in the extensions.", "RFC 9846 section 4.4.2"),
    "tls13.certificate_verify": ("The proof that the server holds the certificate's private key: a "
                                 "signature over the whole handshake so far.", _VERIFY),
    "tls13.certificate_verify.signature_algorithm": (
        "Which signature algorithm was used, from the list of the one who checks it.", _VERIFY),
    "tls13.certificate_verify.signature": (
        "Over 64 spaces, a sentence that says whose signature it is, a zero byte, and the hash of "
        "every message up to Certificate.", _VERIFY),
}

_LATER = {
    "tls13.finished": ("The last message of an end's handshake. It proves that this end has the "
                       "same keys and saw the same messages. Each end sends one.", _FINISHED),
    "tls13.finished.verify_data": ("An HMAC, as long as the suite's hash, under a key made for "
                                   "this one purpose, over the hash of every handshake message so "
                                   "far (the messages, not the record headers).", _FINISHED),
    "tls13.new_session_ticket": ("With this the client can resume later without a certificate. It "
                                 "comes after the handshake, encrypted; often there are two.",
                                 _TICKET),
    "ticket_lifetime": ("For how many seconds the ticket is good: at most 7 days.", _TICKET),
    "ticket_age_add": ("A random number that the client adds to the ticket's age when it uses it, "
                       "to hide it.", _TICKET),
    "ticket_nonce": ("Makes the secret behind this ticket another one than behind its siblings.",
                     _TICKET),
    "tls13.new_session_ticket.ticket": ("What the client will show next time: a name in the "
                                        "server's memory, or the session encrypted to the server "
                                        "itself.", _TICKET),
    "tls13.new_session_ticket.extensions.early_data": (
        "With this ticket, data may be sent in the very first flight (0-RTT).", _TICKET),
    "max_early_data_size": ("How many bytes of it.", _TICKET),
    "key_update": ("\"From my next record on, I use a new key.\" Both ends compute it from the old "
                   "one.", "RFC 9846 section 4.7.3"),
    "request_update": ("1 asks the other end to change its key too.", "RFC 9846 section 4.7.3"),
    "end_of_early_data": ("The client's 0-RTT data ends here; the handshake keys follow.",
                          "RFC 9846 section 4.6"),
}

NOTES: dict[str, tuple[str, str]] = {
    **_RECORDS, **_HELLOS, **_RESUMPTION, **_SERVER, **_LATER}
