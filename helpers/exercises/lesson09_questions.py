"""Lesson 09, the TLS 1.3 handshake: its predictions."""

from __future__ import annotations

from .model import Option, Question

PREDICTIONS = [
    Question("09-in-the-clear", "A TLS 1.3 visit, up to and including the client's Finished. Which "
             "handshake messages can somebody on the way read?", [
        Option("None: TLS 1.3 encrypts from the first byte",
               "With which key? When the client speaks first, there is none yet."),
        Option("All but the two Finished, as in TLS 1.2",
               "The keys are there much earlier now: as soon as both shares are known."),
        Option("ClientHello and ServerHello, nothing else",
               "Both shares are in the hellos, so everything after them can be encrypted: the "
               "certificate, too.", right=True),
        Option("Both hellos and the certificate: the client needs it before it can decrypt",
               "The certificate's key decrypts nothing. The keys come from the two shares."),
    ]),
    Question("09-guess", "The client sends its share before the server has said a word. How does "
             "it know for which group (X25519, P-256, a hybrid ...) the server wants one?", [
        Option("It sends a share for every group it can do",
               "That would be long: one hybrid share alone has 1,216 bytes."),
        Option("From the server's certificate, which it has seen before",
               "The certificate says nothing about groups, and a new client has never seen it."),
        Option("The server's address in the DNS says so",
               "There was a draft of that kind. Here nobody asked the DNS for groups."),
        Option("It does not know: it guesses",
               "One or two likely groups, and usually it is right. What happens when it is wrong "
               "comes in a moment.", right=True),
    ]),
    Question("09-wrong-guess", "A server takes P-256 only. The client can do P-256, but sent "
             "shares for X25519MLKEM768 and X25519. What happens?", [
        Option("The handshake fails: no share fits",
               "Both can do P-256. It would be a pity to give up."),
        Option("They fall back to TLS 1.2, where the server speaks first about groups",
               "Falling back is what an attacker would love. TLS 1.3 has a way of its own."),
        Option("The server computes with the X25519 share all the same",
               "A share is a point of one group. It means nothing in another one."),
        Option("The server asks once more, and the client sends another ClientHello",
               "One round trip more. The message is called HelloRetryRequest.", right=True),
    ]),
    Question("09-0304", "The number of TLS 1.3 is 0304. In how many of these four places of a "
             "TLS 1.3 visit does it stand: the record header of the ClientHello, its version "
             "field, the record header of the ServerHello, its version field?", [
        Option("In all four", "Then no equipment of 2010 would have let it through."),
        Option("In both version fields; record headers are older",
               "The headers are old, that is true. The version fields are frozen, too."),
        Option("In the ServerHello's version field alone: the server decides",
               "It does decide, but it says so elsewhere."),
        Option("In none of them",
               "All four say 0303 or 0301. The truth stands in an extension.", right=True),
    ]),
    Question("09-one-bit", "In TLS 1.2 both randoms went into the PRF by themselves. Suppose one "
             "bit of the client random were different in TLS 1.3, with the same shares. Which is "
             "the first secret that changes?", [
        Option("The early secret: everything starts there",
               "Without an earlier session it is made of zeros, always the same."),
        Option("The handshake secret: the randoms are mixed with the shared secret",
               "No random goes in there, only the shared secret and the early secret."),
        Option("The handshake traffic secrets: they are derived over the ClientHello's bytes",
               "The random has no place of its own in this schedule. It counts because it stands "
               "in a message, like every other byte.", right=True),
        Option("None: the randoms are only there for the signature",
               "They are covered by the signature, and by much more."),
    ]),
    Question("09-how-many-keys", "How many different keys encrypt records in one ordinary TLS 1.3 "
             "visit, from ServerHello to goodbye?", [
        Option("One: both ends share a key", "With one key a record could be sent back to its "
               "author, and nonces would meet twice."),
        Option("Two: one for each direction", "That is TLS 1.2. TLS 1.3 also changes keys on the "
               "way."),
        Option("Four: for each direction one for the handshake, one for the data",
               "And each with an IV of its own.", right=True),
        Option("A new one for each record", "The nonce is new for each record. The key stays."),
    ]),
    Question("09-outer-type", "Which type stands in the header of the record that carries "
             "EncryptedExtensions?", [
        Option("23, application data", "Every sealed record of TLS 1.3 says 23, whatever is in "
               "it.", right=True),
        Option("22, handshake: that is what is in it", "That would tell a listener what it is. "
               "The true type is hidden."),
        Option("A new one, for encrypted handshake messages", "Middleboxes know no new types."),
        Option("None: the header is encrypted, too", "A receiver has to know where the record "
               "ends before it can open it."),
    ]),
    Question("09-who-could", "Server's Finished has just arrived, and it fits. Who, besides the "
             "server, could have computed these 32 bytes?", [
        Option("Nobody: it is signed with the key of the certificate",
               "It is no signature. The certificate's key is not used for it at all."),
        Option("The client itself",
               "It is an HMAC under a secret that both ends have. That is exactly what lets the "
               "client check it.", right=True),
        Option("Whoever has the certificate's private key",
               "That key makes CertificateVerify. For Finished it is of no use."),
        Option("Everybody who saw all the messages",
               "They have the transcript hash. They do not have the key of the HMAC."),
    ]),
    Question("09-changed", "Somebody on the way flips one bit of the ClientHello's random. Who "
             "notices in TLS 1.3, and when?", [
        Option("The server, when the client's Finished arrives",
               "That was the RSA lane of TLS 1.2. Here the client does not get so far."),
        Option("The client, when it checks the signature in CertificateVerify",
               "The signature would not fit, that is true. But can the client read that message?"),
        Option("The client, when the first encrypted record arrives",
               "The two ends hash different ClientHellos, so they have different keys, and the "
               "first tag does not fit.", right=True),
        Option("Nobody: the random is not protected",
               "Every byte of a handshake message goes into the keys."),
    ]),
    Question("09-downgrade", "Mallory makes the client's list of versions unreadable, so the "
             "server answers in TLS 1.2. Both ends can do 1.2, and in 1.2 nothing is protected "
             "before Finished. Who notices first?", [
        Option("Nobody: they speak TLS 1.2, and Mallory looks for its weak spots",
               "That was the danger. The ServerHello has a place in it for exactly this."),
        Option("Both, at Finished: their transcripts differ",
               "They do. But somebody notices much earlier."),
        Option("The client, when it reads the ServerHello",
               "A server that can do 1.3 and is asked for 1.2 writes so into its random.",
               right=True),
        Option("The server: a browser of today always offers 1.3",
               "It cannot know. Old clients without 1.3 do exist, and must be served."),
    ]),
    Question("09-marker", "Now Mallory overwrites the warning in the server's random, too. The "
             "handshake is TLS 1.2 with ECDHE. Who notices?", [
        Option("Nobody: the warning is gone, and the rest is an ordinary TLS 1.2 handshake",
               "The server sent another random than the client got. Where does that random go?"),
        Option("The client, at the server's signature in ServerKeyExchange",
               "Both randoms are signed there, with the real ones as the server knows them.",
               right=True),
        Option("The client, when it checks the certificate",
               "The certificate is genuine and says nothing about randoms."),
        Option("Both, but only at Finished", "It would show there, too. ECDHE shows it earlier."),
    ]),
    Question("09-stolen", "A TLS 1.3 visit was recorded. A year later the private key of the "
             "server's certificate is stolen. How many of the visit's encrypted records does it "
             "open?", [
        Option("None", "It signed once, a year ago. Signing again does not help with the past.",
               right=True),
        Option("All of them", "The key of the certificate has encrypted nothing."),
        Option("Those of the handshake: the certificate's key protects them",
               "Handshake records have keys of their own, and they come from the shares."),
        Option("Those from the server: it is the server's key",
               "Each direction has keys of its own, but none of them comes from the certificate."),
    ]),
    Question("09-sni", "A café's network records a visit with TLS 1.3. Does the café know which "
             "site it was?", [
        Option("No: in TLS 1.3 the certificate is encrypted, and with it the name",
               "The certificate is. The name also stands somewhere else."),
        Option("No: everything but the IP address is encrypted",
               "Both hellos are not, and the first one says a lot."),
        Option("Yes: the name stands in the ClientHello",
               "The server must know whose certificate to show before any key exists. That is the "
               "SNI. Encrypted Client Hello changes it, where it is used.", right=True),
        Option("Only if it breaks X25519", "It need not break anything to read the first message."),
    ]),
]
