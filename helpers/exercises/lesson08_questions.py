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
    Question("08-server-random", "Our eight recordings hold sixteen randoms, a client's and a "
             "server's each. How many of the sixteen are prime numbers?", [
        Option("All sixteen: a random has to be prime",
               "No rule asks for it, and none of them passed the test."),
        Option("The servers' eight: theirs go into the key exchange",
               "Both go into the keys, and as plain bytes. Nobody calculates with them, so nobody "
               "minds whether they are prime."),
        Option("None, or one by luck", "About 1 in 177 numbers of this size is prime by chance, "
               "and chance is all there is.", right=True),
        Option("About half: those that are odd", "Odd numbers are seldom prime when they are as "
               "long as these."),
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
    Question("08-one-way", "The handshake has four flights; the second ended with ServerHelloDone. "
             "Which end can send sealed data first, and when?", [
        Option("The client, after flight 2: it has the server's public key",
               "A public key can hold one short secret and no more, and only in the RSA lane is it "
               "used for that. No traffic key exists yet: OpenSSL refused."),
        Option("The server, after flight 2: it has proved who it is",
               "The server has no key yet with which it could encrypt for this client."),
        Option("The server, after flight 3: it has checked the client's Finished",
               "The client has to wait for the server's Finished, half a round trip longer.",
               right=True),
        Option("Both, after flight 4: not before both Finished messages were checked",
               "The client, yes. The server has checked all there is to check one flight "
               "earlier."),
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
    Question("08-unnoticed", "Is there any byte in the handshake whose change nobody notices?", [
        Option("No: everything is covered by a hash or a tag",
               "Everything but some envelopes: record headers in the clear are not in the "
               "transcript."),
        Option("Yes: everything before ChangeCipherSpec is unprotected",
               "It is in the clear, and yet protected: afterwards, by Finished."),
        Option("Yes, in a few record headers", "A version that nobody minds: it belongs to the "
               "envelope and not to the letter.", right=True),
    ]),
    Question("08-struck-out", "Somebody strikes the client's first cipher suite out of the "
             "ClientHello on its way. Randoms and shares arrive unchanged. Will both ends compute "
             "the same keys?", [
        Option("Yes: keys come from shares and randoms, and nobody touched those",
               "So it was without the extended master secret. Switch it off in the widget, and "
               "the keys are the same."),
        Option("No: each end takes another cipher suite",
               "ServerHello names the one suite that both take. It is another one than without "
               "the change, and the client offered it, too."),
        Option("No: the master secret depends on all messages so far",
               "The extended master secret takes the hash of all messages up to "
               "ClientKeyExchange. One end hashed another ClientHello.", right=True),
        Option("It never comes to that: the server refuses the ClientHello",
               "A shorter list is a good list. The server cannot know what was struck out."),
    ]),
    Question("08-annas-name", "The server asks for a client certificate, and Anna's has her name "
             "in it. Who can read the name?", [
        Option("The server alone: the client encrypts it to the server's public key",
               "Nothing but a pre-master secret is ever encrypted to that key, and that only in "
               "the RSA lane."),
        Option("The server alone: the keys are there by then",
               "They are nearly there: encryption begins behind ChangeCipherSpec, and Certificate "
               "comes before it."),
        Option("Everybody on the way", "The client's Certificate comes before ChangeCipherSpec, so "
               "it crosses in the clear.", right=True),
        Option("Nobody: a certificate has a key in it, and a signature proves the rest",
               "A certificate says whose key it is. That is what it is for."),
    ]),
    Question("08-no-certificate", "The server insists on a client certificate, and the client has "
             "none. How does it end?", [
        Option("The client says so and hangs up when it reads CertificateRequest",
               "TLS has a politer way: the client's Certificate message, with no certificate in "
               "it. Then it goes on."),
        Option("The client sends an empty Certificate and its whole flight; then the server stops",
               "It is the server that insists, so it is the server that must say no: after the "
               "client's Certificate, with the alert handshake_failure.", right=True),
        Option("The server stops after the ClientHello: it holds no certificate",
               "A ClientHello never holds one, and does not say whether there is one. The server "
               "has to ask."),
        Option("The handshake ends well, and the server answers the request with an error page",
               "That is what a server may do that asks without insisting. This one insists."),
    ]),
    Question("08-come-back", "The client comes back with its ticket. How does the server prove "
             "this time that it is the shop?", [
        Option("With its certificate and a new signature, as before",
               "Neither is sent. That is what the ticket saves."),
        Option("With the certificate; the old signature still counts",
               "An old signature would be a replay: it covers the old randoms. And no certificate "
               "is sent either."),
        Option("Not at all: whoever has the old connection's address is trusted",
               "An address proves nothing. There is a proof, and it is the last message of the "
               "server's flight."),
        Option("With its Finished: only who can open the ticket has the keys for it",
               "The ticket is sealed with a key of the server's. Whoever cannot open it has no "
               "master secret, and so no Finished.", right=True),
    ]),
    Question("08-same-keys", "Both visits have the same master secret. Which keys and IVs of the "
             "first visit come back with it?", [
        Option("All of them: they are cut from what comes out of the master secret",
               "They are cut from the key block, and that has a seed: both randoms of *this* "
               "handshake."),
        Option("The write keys, but not the IVs", "Both come from the same key block, with the "
               "same seed."),
        Option("None: new randoms make a new key block", "The randoms stand in its seed, and "
               "each handshake has its own.", right=True),
        Option("Those of the server, whose ticket it is",
               "Server and client compute the same key block, and cut it in the same places."),
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
    Question("08-ticket-key", "A client made two visits with ECDHE, the second by ticket. A year "
             "later somebody steals no private key, but the 16 bytes of the ticket key. What can "
             "the thief read in the recording?", [
        Option("Nothing: with ECDHE the ephemeral keys are gone",
               "They are gone. But the ticket holds what was made from them: the master secret."),
        Option("The second visit only: the first was made without the ticket",
               "The ticket was *given* in the first visit, and the master secret in it is the "
               "first visit's own."),
        Option("Both visits, from the first byte of the request on",
               "The ticket crossed in the clear, twice. What is in it opens both.", right=True),
        Option("The ticket, but no visit: the randoms are missing",
               "The randoms are public. They stand in the Hellos."),
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
    Question("08-quiz-flip", "On the way, somebody changes the list of signature schemes in the "
             "ClientHello. Certificate and signature are in order all the same, and the extended "
             "master secret is used. Which of these is the first that differs at the two ends?", [
        Option("The pre-master secret", "It comes from the two shares, and those arrived as they "
               "were sent."),
        Option("The transcript hash", "From the ClientHello on. The master secret follows it, and "
               "at Finished it comes out.", right=True),
        Option("The signature in ServerKeyExchange: it does not fit",
               "It covers the randoms and the parameters. The list of schemes is not in it."),
        Option("The verify_data in the server's Finished", "It never comes to that: the client's "
               "Finished is earlier, and the hash in it earlier still."),
    ]),
    Question("08-quiz-short", "A recording of TLS 1.2 shows ClientHello, ServerHello, then "
             "ChangeCipherSpec and Finished from the server, and the same two from the client. "
             "What do you know?", [
        Option("The server is an impostor: it showed no certificate",
               "It could make a Finished that the client took. Without the master secret of an "
               "earlier visit it could not."),
        Option("It is RSA key exchange: there is no ServerKeyExchange",
               "There is no ClientKeyExchange either, and no Certificate: no key exchange at all."),
        Option("The client came back: no certificate, and one round trip less",
               "It showed a ticket. Both ends went on with the old master secret.", right=True),
        Option("Messages are missing in the recording", "Nothing is missing: this is the short "
               "handshake of a client that was here before."),
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
