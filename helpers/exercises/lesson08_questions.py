"""Lesson 08, the TLS 1.2 handshake: its predictions and its quiz."""

from __future__ import annotations

from .model import Option, Question

PREDICTIONS = [
    Question("08-round-trips", "How many round trips does the TLS 1.2 handshake take before the "
             "client may send its request?", [
        Option("Ten: one for each step",
               "Messages from the same end that follow each other travel together. Count the "
               "bends in the ladder."),
        Option("Two", "Four flights are two round trips. TCP's own one comes on top.", right=True),
        Option("Four", "Four is the number of flights. Two flights, there and back, are one round "
               "trip."),
        Option("One", "That is TLS 1.3. In TLS 1.2 the keys are agreed on in the second round "
               "trip."),
    ]),
    Question("08-server-random", "Is the server random a prime number?", [
        Option("Yes, it has to be", "No rule asks for it, and none of them passed the test."),
        Option("No: it is the time of day and a counter",
               "RFC 5246 put the time into the first 4 bytes; today all 32 are random. Neither "
               "the time nor a counter has to be prime."),
        Option("No: 32 unpredictable bytes, prime only by rare chance",
               "About 1 in 177 numbers of this size is prime by chance; none of these was.",
               right=True),
    ]),
    Question("08-how-many-suites", "The client listed eight cipher suites. How many does the "
             "ServerHello name?", [
        Option("All that both ends know", "A list would leave the choice open. The server makes "
               "it."),
        Option("One", "The server's choice, and with it who does what in the rest of the "
               "handshake.", right=True),
        Option("All eight, in the server's order of preference",
               "The server tells nobody its own list: it picks from the client's."),
    ]),
    Question("08-whose-order", "Both allow AES-128 and AES-256. The client prefers AES-128, the "
             "server's list begins with AES-256. Which is chosen?", [
        Option("AES-256: the server chooses, so its order counts",
               "The server chooses, but this one goes through the client's list. It can be told "
               "to insist on its own order: there is a switch for it."),
        Option("AES-128: this server follows the client's order",
               "OpenSSL's default. A server can insist on its own order instead: there is a "
               "switch for it.", right=True),
        Option("AES-256: the stronger one always wins",
               "Nobody compares strength. It is a matter of two lists."),
        Option("Neither: the lists have to be equal", "One suite in common is enough."),
    ]),
    Question("08-replay", "An impostor without any key plays back a server's messages of "
             "yesterday. When does the new client notice?", [
        Option("At the Certificate: it is a copy, and the client can tell",
               "A certificate is public, and a copy is as good as the original. It was accepted "
               "in both runs."),
        Option("At the ServerHello: its random is an old one",
               "The client cannot know which randoms were used before. It accepts any."),
        Option("ECDHE: at ServerKeyExchange. RSA: not before Finished",
               "The signature is fresh because it covers the client's random. RSA key exchange "
               "has no signature: only Finished shows that the server could read the secret.",
               right=True),
        Option("In both lanes only at Finished",
               "In the RSA lane, yes. In the ECDHE lane the old signature does not cover the new "
               "client random, so it falls earlier."),
    ]),
    Question("08-one-way", "ServerHelloDone has arrived. What can already be sent securely?", [
        Option("Nothing yet, in either direction",
               "No traffic keys exist. They come with the next flight, for both directions.",
               right=True),
        Option("Anything from client to server: the client has the server's public key",
               "A public key can hold one short secret and no more, and only in the RSA lane is it "
               "used for that. No traffic key exists yet: OpenSSL refused."),
        Option("Anything from server to client: it has proved who it is",
               "The server has no key either with which it could encrypt for this client."),
    ]),
    Question("08-eavesdropper", "The eavesdropper has both randoms, both shares and the "
             "certificate. What is missing to get the keys?", [
        Option("The private half of one of the two shares",
               "Either one is enough, and neither was ever sent.", right=True),
        Option("The server's private RSA key", "That one signed the share. In the ECDHE lane it "
               "opens nothing, as you will see."),
        Option("Nothing: with enough time everything follows from what was sent",
               "With x25519 there is no known way on today's computers. (A large quantum computer "
               "would be another matter.)"),
        Option("The root certificate", "It is public, and it says whom to trust. No key is made "
               "from it."),
    ]),
    Question("08-one-bit", "One bit of the server random is changed. How many of the 384 bits of "
             "the master secret change?", [
        Option("One", "That would leak how the secret depends on the random. HMAC mixes every bit "
               "into every bit."),
        Option("All of them", "If all of them changed you could flip them back. Each one changes "
               "with a chance of one half."),
        Option("About half, roughly 192", "Like two unrelated numbers: each bit differs with a "
               "chance of one half.", right=True),
        Option("None: the master secret comes from the pre-master secret",
               "From that *and* both randoms. They are in the seed."),
    ]),
    Question("08-how-many-keys", "How many symmetric keys does the key block yield, with "
             "AES-128-GCM?", [
        Option("Two keys and two IVs (the IV is the fixed part of the nonce): one of each per "
               "direction",
               "The client's write key is the server's read key, and the other way round.",
               right=True),
        Option("One session key for everything", "Then a record could be sent back to its author "
               "and would be taken for an answer."),
        Option("Four keys: one for encryption and one for a MAC (a keyed checksum), in each "
               "direction",
               "So it was with the older CBC suites. AES-GCM checks integrity without a key of "
               "its own."),
    ]),
    Question("08-changed-hello", "In the RSA lane somebody changes one byte of the ClientHello's "
             "random on its way. Who notices, and when?", [
        Option("The server at once: the message has a checksum",
               "It has none. TCP has one, and whoever changes the byte mends that too."),
        Option("The client at the ServerHello: its random does not come back",
               "The server never repeats the client's random."),
        Option("Nobody: the randoms are public anyway",
               "They are public, but both ends must have seen the same ones, or their keys "
               "differ."),
        Option("The server, at the first encrypted record: the keys differ",
               "Both ends put different randoms into the PRF. The client's Finished does not "
               "open: bad_record_mac.", right=True),
    ]),
    Question("08-own-message", "The same byte, in the ECDHE lane: the ClientHello's random is "
             "changed on its way to the server. Who notices, and when?", [
        Option("The client, at ServerKeyExchange",
               "The server signed the random that it received. The client checks with the one it "
               "sent, and they differ.", right=True),
        Option("The server, at Finished, as before", "It would, but somebody is earlier."),
        Option("The server, when it signs", "It signs what it received, and knows no other."),
        Option("It cannot be the client: that does not see what arrives at the server",
               "It sees what the server signed, and that tells."),
    ]),
    Question("08-unnoticed", "Is there any byte in the handshake whose change nobody notices?", [
        Option("No: everything is covered by a hash or a tag",
               "Everything but some envelopes: record headers in the clear are not in the "
               "transcript."),
        Option("Yes: everything before ChangeCipherSpec is unprotected",
               "It is in the clear, and yet protected: afterwards, by Finished."),
        Option("Yes, in a few record headers", "A version that nobody minds: it belongs to the "
               "envelope and not to the letter.", right=True),
    ]),
    Question("08-stolen-key", "A year later the server's private RSA key is stolen. Which of the "
             "two recordings can the thief now read?", [
        Option("Both: it was the same certificate",
               "In the ECDHE lane the key only signed. It opens nothing."),
        Option("Only the RSA one",
               "There the secret itself was sent, encrypted to this key. In the ECDHE lane it was "
               "never sent, and the ephemeral keys are gone.", right=True),
        Option("Neither: AES-128 is still secure",
               "AES was not broken. The thief gets the AES key the regular way: from the "
               "pre-master secret."),
        Option("Only the ECDHE one", "The other way round: its private halves were thrown away."),
    ]),
]

QUIZ = [
    Question("08-quiz-suite", "A ServerHello chooses TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384. "
             "What is the key in the server's certificate used for in this handshake?", [
        Option("To sign the server's share", "With both randoms in front of it, in "
               "ServerKeyExchange.", right=True),
        Option("To encrypt the pre-master secret", "That is RSA key exchange. An ECDSA key cannot "
               "encrypt at all."),
        Option("As one half of the Diffie-Hellman exchange", "The shares are ephemeral: made for "
               "this connection. The certificate's key vouches for them."),
        Option("To encrypt the HTTP traffic", "That is done with the write keys from the key "
               "block."),
    ]),
    Question("08-quiz-hello", "You see a handshake message that begins 02 00 00 41. How many "
             "bytes long is it, with its header, and what is it?", [
        Option("65 bytes, a ServerHello", "The length, 0x41 = 65, does not count the 4 bytes of "
               "the header."),
        Option("69 bytes, a ServerHello", "Type 2, then a length of 0x41 = 65 bytes, and 4 bytes "
               "of header.", right=True),
        Option("69 bytes, a ClientHello", "The length is right. Type 1 is ClientHello; this is "
               "type 2."),
        Option("74 bytes, a ServerHello", "You added the record header too. It belongs to the "
               "record and not to the message."),
    ]),
    Question("08-quiz-missing", "A recording shows ClientHello, ServerHello, Certificate, "
             "ServerHelloDone, and then a ClientKeyExchange of 262 bytes. What do you know?", [
        Option("A message was lost", "TCP loses nothing. With RSA key exchange there is no "
               "ServerKeyExchange."),
        Option("It is ECDHE with a large curve", "Then there would be a ServerKeyExchange with "
               "the server's share."),
        Option("It is RSA key exchange, and the server's key opens it",
               "No ServerKeyExchange, and 256 encrypted bytes: there is no forward secrecy here.",
               right=True),
        Option("The server did not prove who it is, so it must be an impostor",
               "It proves itself later: only with the private key can it compute its Finished."),
    ]),
    Question("08-quiz-keys", "Both ends of a connection hold the master secret. What else do they "
             "need to compute all keys?", [
        Option("The server's private key", "Only for RSA key exchange, and only to get the "
               "pre-master secret, which they already have turned into this."),
        Option("Nothing", "The seed of the key block is missing. The same master secret with "
               "other randoms gives other keys."),
        Option("The certificate chain", "It says whose key it is; no key is made from it."),
        Option("Both randoms", "And these are public: they were in the Hellos.", right=True),
    ]),
    Question("08-quiz-flip", "On the way, somebody removes the strongest cipher suites from the "
             "ClientHello of an ECDHE handshake. The share is signed and correct. When is it "
             "noticed?", [
        Option("At ServerKeyExchange: the signature covers the cipher suites",
               "It covers the randoms and the parameters, and no suites."),
        Option("At ServerHello: the client sees that a weak suite was chosen",
               "The client offered that suite itself, so it may be chosen."),
        Option("Never: this is how a downgrade works in TLS 1.2",
               "It would, without Finished. As long as the weaker suite cannot be broken during "
               "the handshake, Finished catches it."),
        Option("At Finished: the ends hash different ClientHellos",
               "The transcript is the only thing that covers the whole Hello.", right=True),
    ]),
    Question("08-quiz-stolen", "The server's private key is stolen today. Its site used ECDHE "
             "only. What can the thief do?", [
        Option("Read all connections that were recorded last year",
               "That is what forward secrecy prevents: the ephemeral keys are gone."),
        Option("Read connections from now on by only listening",
               "Listening is not enough: to get at a secret the thief must step in between and "
               "sign a share of its own."),
        Option("Nothing", "The key still proves who the server is: whoever holds it can sign."),
        Option("Pretend to be the site from now on, until the certificate is replaced",
               "Signing is what the key is for. Forward secrecy protects the past only.",
               right=True),
    ]),
]
