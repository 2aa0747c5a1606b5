"""Notes for records and TLS 1.2 messages: path ending -> (why it is there, source).

Sections were read in the RFCs. RFC 9846 (TLS 1.3) keeps some of these fields under new names;
the note says so where a reader of today's captures would stumble.
"""

_HELLO_C, _HELLO_S = "RFC 5246 section 7.4.1.2", "RFC 5246 section 7.4.1.3"
_RECORD, _AEAD = "RFC 5246 section 6.2.1", "RFC 5246 section 6.2.3.3"
_ECDHE = "RFC 8422 section 5.4"
_REQUEST = "RFC 5246 section 7.4.4"

_RECORDS = {
    "record": ("The envelope that every TLS message travels in. Its 5-byte header is readable on "
               "the wire and is not part of the handshake transcript.", _RECORD),
    "content_type": ("Says what is inside, so that the receiver knows who should read it: 20 "
                     "ChangeCipherSpec, 21 alert, 22 handshake, 23 application data.", _RECORD),
    "record.version": ("The version of the envelope, not of the conversation. TLS 1.3 writes the "
                       "same 0x0303; a first ClientHello often says 0x0301 to please old servers.",
                       "RFC 5246 appendix E.1"),
    "record.length": ("How many bytes follow in this record. TCP delivers a stream without "
                      "borders: this is how a reader finds the next record.", _RECORD),
    "fragment": ("What the record carries. A record may hold several handshake messages, and a "
                 "long message may need several records.", _RECORD),
    "nonce_explicit": ("The 8 bytes of the nonce that travel in the open: different for every "
                       "record under one key, but no secret.", "RFC 5288 section 3"),
    "ciphertext": ("The message, encrypted: as long as the message itself, and meaningless "
                   "without the key.", _AEAD),
    "tag": ("A checksum that only a holder of the key can make. It covers the ciphertext, the "
            "record's number, its type, version and length: change a bit and it no longer fits.",
            _AEAD),
    "change_cipher_spec": ("\"From my next record on, I encrypt.\" A record type of its own, so it "
                           "is no handshake message and not in the transcript.",
                           "RFC 5246 section 7.1"),
    "change_cipher_spec.type": ("Always 1: the message has only one thing to say.",
                                "RFC 5246 section 7.1"),
    "alert": ("Says why a connection ends: a polite goodbye, or what went wrong.",
              "RFC 5246 section 7.2"),
    "alert.level": ("Fatal ends the connection at once; warning leaves the choice to the receiver.",
                    "RFC 5246 section 7.2"),
    "alert.description": ("The reason, as a number. It names the symptom, not the culprit.",
                          "RFC 5246 section 7.2.2"),
    "application_data": ("What all of this was for: the HTTP request and response, carried as they "
                         "are.", "RFC 5246 section 10"),
    "encrypted_handshake": ("A handshake message sent after ChangeCipherSpec. Without the key one "
                            "sees its length and no more; in a first handshake it is Finished.",
                            _AEAD),
    "encrypted_alert": ("An alert that only the two ends can read. An eavesdropper sees that there "
                        "was one, and often guesses: goodbye.", _AEAD),
    "malformed": ("Bytes that break the rules for a record or a message, so nobody can say what "
                  "they mean.", "RFC 5246 section 7.2.2"),
}

_HELLOS = {
    "msg_type": ("Which message this is. The receiver needs it to know what the bytes mean, and "
                 "refuses a message that comes at the wrong moment.", "RFC 5246 section 7.4"),
    "*.length": ("How many bytes follow these four. A message may be cut over several records, so "
                 "the record's length is not enough.", "RFC 5246 section 7.4"),
    "length": ("How many bytes follow, so that a reader knows where this part ends.",
               "RFC 5246 section 4.3"),
    "bytes": ("The content: as many bytes as the length in front of it says.",
              "RFC 5246 section 4.3"),
    "body": ("The rest of the message, for which this course has no structure at this point.",
             "RFC 5246 section 7.4"),
    "unknown": ("A message type that is not in this course's list.", "RFC 5246 section 7.4"),
    "client_hello": ("The client's opening offer: what it can do, in its order of preference, and "
                     "fresh random bytes. All of it is readable on the wire.", _HELLO_C),
    "client_version": ("The highest version the client offers up to TLS 1.2. TLS 1.3 (RFC 9846) "
                       "calls it legacy_version, freezes it as 0x0303 and lists its versions in an "
                       "extension.", _HELLO_C),
    "client_hello.random": ("32 fresh random bytes, sent in the open: they are no secret. They "
                            "make every handshake different, so an old one cannot be replayed, "
                            "and they go into the keys.", _HELLO_C),
    "client_hello.session_id": ("Names an earlier session that the client would like to take up "
                                "again. Empty: a new one. TLS 1.3 keeps it only as "
                                "legacy_session_id, for old middleboxes.", _HELLO_C),
    "session_id.bytes": ("A name that the server once gave to a session. It is no key.", _HELLO_C),
    "cipher_suites": ("The sets of algorithms the client can use, favourite first. The server may "
                      "pick only from this list.", _HELLO_C),
    "cipher_suites.cipher_suite": ("One offer in two bytes: how to agree on keys, how to prove who "
                                   "you are, how to encrypt, and which hash to use.",
                                   "RFC 5246 appendix A.5"),
    "compression_methods": ("Only \"null\" is offered today: compressing before encrypting lets "
                            "the length betray secrets (the CRIME attack of 2012).",
                            "RFC 5246 section 7.4.1.2; RFC 7457 section 2.6"),
    "compression_method": ("0 means: no compression.", "RFC 5246 section 6.2.2"),
    "server_hello": ("The server's answer: of everything offered, this is what we will use. No "
                     "certificate in here: that is the next message.", _HELLO_S),
    "server_version": ("The version the server chose. It may be lower than the client's offer, "
                       "never higher.", _HELLO_S),
    "server_hello.random": ("32 random bytes of the server's own, made after and apart from the "
                            "client's; not a prime number. In the last 8 bytes a server may "
                            "leave a sign.",
                            "RFC 5246 section 7.4.1.3; RFC 9846 section 4.2.3"),
    "server_hello.session_id": ("The name under which this session could be taken up again later. "
                                "Empty: the server will not keep it.", _HELLO_S),
    "server_hello.cipher_suite": ("The one suite that the server picked from the client's list. It "
                                  "also decides which messages follow.", _HELLO_S),
    "server_hello.compression_method": ("0: no compression, the only answer still given.",
                                        _HELLO_S),
    "hello_request": ("A server's wish to start the handshake again. Little used, and gone from "
                      "TLS 1.3.", "RFC 5246 section 7.4.1.1"),
}

_SERVER = {
    "certificate": ("The server's certificate, and those that lead to a root the client already "
                    "holds.", "RFC 5246 section 7.4.2"),
    "certificate_list": ("The server's own certificate first, then who signed it, and so on. The "
                         "root is normally left out: the client must have it already.",
                         "RFC 5246 section 7.4.2"),
    "certificate_list.certificate": ("One X.509 certificate in DER: a name, a public key inside "
                                     "it, dates, and a certification authority's signature. The "
                                     "private key is not in it.", "RFC 5280 section 4.1"),
    "server_key_exchange": ("The server's half of the Diffie-Hellman exchange, signed. With RSA "
                            "key exchange there is no such message.", _ECDHE),
    "curve_type": ("3 says that the curve is given by its name. The ways to spell out a curve of "
                   "one's own are no longer allowed.", _ECDHE),
    "named_curve": ("The group in which both ends calculate, from the client's supported_groups.",
                    _ECDHE),
    "public": ("The server's public share, made for this connection only. Both ends combine the "
               "other's share with their own private one and arrive at the same secret.", _ECDHE),
    "signature_algorithm": ("Which hash and which signature algorithm were used, from the "
                            "client's signature_algorithms.", "RFC 5246 section 7.4.3"),
    "signature": ("Made with the private key that belongs to the certificate, over both randoms "
                  "and the share: it proves that the share comes from the certificate's owner, "
                  "now.", "RFC 5246 section 7.4.3; RFC 8422 section 5.4"),
    "certificate_request": ("The server asks the client to show a certificate too. Rare on the "
                            "public web.", _REQUEST),
    "certificate_types": ("The kinds of key the server would accept from a client.", _REQUEST),
    "certificate_type": ("One kind of key that would do.", _REQUEST),
    "certificate_authorities": ("Whose certificates the server would accept. Empty: anybody's.",
                                _REQUEST),
    "distinguished_name": ("One authority's name, in DER.", _REQUEST),
    "server_hello_done": ("\"I have said my part.\" Empty, because its type says it all. Nothing "
                          "is encrypted yet, in either direction.", "RFC 5246 section 7.4.5"),
    "certificate_status": ("The server brings a fresh statement that its certificate was not "
                           "revoked, so that the client need not ask elsewhere.",
                           "RFC 6066 section 8"),
}

_CLIENT = {
    "client_key_exchange": ("What the server still needs from the client: with RSA key exchange a "
                            "secret, encrypted to the server's key; with Diffie-Hellman a public "
                            "share. From here both ends can compute the keys.",
                            "RFC 5246 section 7.4.7"),
    "encrypted_pre_master_secret": ("48 secret bytes that the client chose, encrypted with the "
                                    "certificate's public key. Whoever gets the server's private "
                                    "key later can read old recordings: forbidden since 2026.",
                                    "RFC 5246 section 7.4.7.1; RFC 10015"),
    "ecdh_public": ("The client's public share, made for this connection only. An eavesdropper "
                    "who has both shares still cannot compute the secret.",
                    "RFC 8422 section 5.7"),
    "certificate_verify": ("A client with a certificate proves with a signature that it holds the "
                           "private key.", "RFC 5246 section 7.4.8"),
    "certificate_verify.signature_algorithm": (
        "Which hash and which signature algorithm, from the list in the server's "
        "CertificateRequest.", "RFC 5246 section 7.4.8"),
    "certificate_verify.signature": (
        "Made with the private key that belongs to the client's certificate, over every handshake "
        "message so far.", "RFC 5246 section 7.4.8"),
    "finished": ("The first encrypted message. It proves that this end has the same keys and saw "
                 "the same handshake, so that nobody changed a byte on the way.",
                 "RFC 5246 section 7.4.9"),
    "verify_data": ("12 bytes computed from the master secret and a hash of every handshake "
                    "message so far (the messages, not the record headers).",
                    "RFC 5246 section 7.4.9"),
    "new_session_ticket": ("A sealed reminder that only the server can open. Shown next time, it "
                           "saves a round trip.", "RFC 5077 section 3.3"),
    "ticket_lifetime_hint": ("For how many seconds the ticket will probably be good.",
                             "RFC 5077 section 3.3"),
    "ticket": ("The session's secrets, encrypted with a key that only the server has.",
               "RFC 5077 section 3.3"),
    "encrypted_extensions": ("A TLS 1.3 message: the server's remaining answers, already "
                             "encrypted.", "RFC 9846 section 4.4.1"),
}

NOTES: dict[str, tuple[str, str]] = {**_RECORDS, **_HELLOS, **_SERVER, **_CLIENT}
