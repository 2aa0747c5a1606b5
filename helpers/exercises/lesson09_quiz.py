"""Lesson 09, the TLS 1.3 handshake: its quiz, with cases that the lesson did not show.

What can be computed is computed from recordings that the lesson does not use for it.
"""

from __future__ import annotations

from .model import Option, Question

_AWAY = 45  # milliseconds
_LENGTH, _TAG = 0x1A4, 16  # of a record's fragment
_IV, _NUMBER = 0x9C, 6  # last byte of an IV, and the number of a record

_SIZES = (71, 1_037, 100, 58)  # of the sealed records behind ServerHello in tls13_ecdsa

QUIZ = [
    Question("09-quiz-dark", "Right behind a ServerHello and a ChangeCipherSpec come four sealed "
             f"records of {_SIZES[0]}, {_SIZES[1]:,}, {_SIZES[2]} and {_SIZES[3]} bytes, one "
             "message in each. Which one does the work that ServerKeyExchange's signature did in "
             "TLS 1.2?", [
        Option(f"the one of {_SIZES[0]} bytes", "The first is EncryptedExtensions: answers to the "
               "client's wishes."),
        Option(f"the one of {_SIZES[1]:,} bytes", "The long one is the Certificate."),
        Option(f"the one of {_SIZES[2]} bytes", "The third is CertificateVerify, here a short "
               "ECDSA signature.", right=True),
        Option(f"the one of {_SIZES[3]} bytes", "The last is Finished: an HMAC, no signature."),
    ]),
    Question("09-quiz-retry", f"A server is {_AWAY} ms away and back. The recording shows "
             "ClientHello, HelloRetryRequest, ClientHello, ServerHello and so on. When can the "
             "request leave, counted from opening TCP?", [
        Option(f"{2 * _AWAY} ms", "That is TCP and a handshake in which the guess was right."),
        Option(f"{3 * _AWAY} ms", "TCP, the refused guess, the handshake.", right=True),
        Option(f"{4 * _AWAY} ms", "Count again: HelloRetryRequest costs one round trip, not two."),
        Option(f"{5 * _AWAY} ms", "Flights are not round trips: two of them make one."),
    ]),
    Question("09-quiz-record", f"A record begins 17 03 03 {_LENGTH >> 8:02x} {_LENGTH & 255:02x}. "
             "What do you know about what is in it?", [
        Option(f"application data, {_LENGTH} bytes", "Type 23 is on the outside of every encrypted "
               "record. And the length counts the tag."),
        Option("a TLS 1.2 record, because of 03 03", "0303 is frozen: TLS 1.3 writes it, too."),
        Option(f"at most {_LENGTH - _TAG - 1} bytes of content, of a type that you cannot see",
               f"{_TAG} bytes of tag, one byte of type, perhaps padding.", right=True),
        Option(f"exactly {_LENGTH - _TAG} bytes of handshake", "The type is inside, with perhaps "
               "some padding behind it."),
    ]),
    Question("09-quiz-covers", "A bank's server also sends CertificateRequest, between "
             "EncryptedExtensions and Certificate. Over which messages does it sign in "
             "CertificateVerify?", [
        Option("ClientHello, ServerHello, Certificate", "There is no choosing: whatever crossed "
               "before counts."),
        Option("ClientHello, ServerHello, EncryptedExtensions, CertificateRequest, Certificate",
               "Everything before CertificateVerify, in order.", right=True),
        Option("the same, and CertificateVerify", "The signature is in CertificateVerify. It "
               "cannot cover itself."),
        Option("the Certificate alone", "Then a copied signature would fit every handshake."),
    ]),
    Question("09-quiz-secret", "Somebody gets hold of client_handshake_traffic_secret, and of "
             "nothing else, and has the whole recording. What can they read?", [
        Option("everything the client sent", "The request is sealed under the application "
               "traffic secret, which is not made from this one."),
        Option("the client's Finished", "That is all that the client seals with it in a visit "
               "without client certificate.", right=True),
        Option("the server's certificate", "That was sealed by the server, with its own secret."),
        Option("everything", "Secrets come out of the schedule downwards: from this one follow a "
               "key, an IV and a finished_key, and nothing more."),
    ]),
    Question("09-quiz-nonce", f"A write IV ends in {_IV:02x}. What is the last byte of the nonce "
             f"of the record with sequence number {_NUMBER}?", [
        Option(f"{_IV + _NUMBER:02x}", "That is a sum. The number is XORed in."),
        Option(f"{_IV ^ _NUMBER:02x}", f"The number is XORed in: {_IV:02x} XOR {_NUMBER:02x}.",
               right=True),
        Option(f"{_NUMBER:02x}", "That is the number alone. It is XORed with the IV."),
        Option(f"{_IV:02x}", "That is the nonce of record 0. For each record it is another one."),
    ]),
    Question("09-quiz-finished", "A thief owns the certificate's private key and sits between a "
             "new client and the server, but lets both hellos pass unchanged. Which of these "
             "messages can the thief make so that the client accepts it?", [
        Option("CertificateVerify, but not Finished", "To sign, the thief would need the "
               "transcript, which holds the server's encrypted messages: without a share of its "
               "own it cannot even read them."),
        Option("Finished, but not CertificateVerify", "Finished needs a secret that comes from "
               "a private share."),
        Option("both", "Both have to be sealed under keys from the shares, of which the thief has "
               "none."),
        Option("neither: the thief's key opens and seals no record", "With a share of its own, "
               "instead of the server's, the thief could: but then the hello is not unchanged.",
               right=True),
    ]),
    Question("09-quiz-marker", "A client that can do TLS 1.2 only gets a ServerHello whose random "
             "ends in 44 4f 57 4e 47 52 44 01 (“DOWNGRD”, 01). What happened?", [
        Option("Somebody on the way made the connection worse", "This client never offered more "
               "than 1.2."),
        Option("Nothing bad: a server that can do 1.3 was asked for 1.2, and says so",
               "For a client that had offered 1.3 the same bytes would be an alarm.", right=True),
        Option("The server cannot do TLS 1.3", "The other way round: only one that can writes "
               "these bytes."),
        Option("A coincidence of random bytes", "8 given bytes: one chance in 2 to the 64."),
    ]),
    Question("09-quiz-eye", "Which of these can somebody on the way NOT read in a TLS 1.3 visit "
             "without Encrypted Client Hello?", [
        Option("the server's certificate", "It comes after ServerHello, so it is encrypted.",
               right=True),
        Option("the name of the site", "It stands in the ClientHello's SNI."),
        Option("the protocols that the client offers (ALPN)", "Offered in the ClientHello, in the "
               "clear. The server's choice is encrypted."),
        Option("how long the answer was, roughly", "Lengths show, unless somebody pads."),
    ]),
]
