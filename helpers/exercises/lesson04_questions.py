"""Lesson 04, key exchange: its predictions and its quiz (numbers in it are computed)."""

from __future__ import annotations

from .model import Option, Question

PREDICTIONS = [
    Question("04-what-crosses", "Alice keeps the number 6, Bob keeps 15, and in the end both hold "
             "the same secret. What has to cross the network for that?", [
        Option("The secret itself, encrypted", "With which key? They do not share one yet: that is "
               "the very problem."),
        Option("Two other numbers, made from the 6 and from the 15",
               "One number made from each. The secret itself never crosses, in no form.",
               right=True),
        Option("Alice's 6 and Bob's 15", "Then every listener would have them, and the secret "
               "too."),
        Option("Nothing: the secret was agreed on earlier", "They have never met. That is what "
               "this lesson is about."),
    ]),
    Question("04-twice-the-bits", "A listener finds a private number by trying 1, 2, 3, ... Now p "
             "gets twice as many bits: 20 instead of 10. How much more work is it?", [
        Option("Twice as much", "Twice the digits to write, but far more numbers to try."),
        Option("About 20 times as much", "The number of bits grew by 10, the number of "
               "candidates by a factor for each of these bits."),
        Option("About 100 times as much", "That would be so if each bit added 58 per cent. Each "
               "one doubles the candidates."),
        Option("About 1,000 times as much", "Ten more bits are ten doublings: 2 to the power of "
               "10, 1,024.", right=True),
    ]),
    Question("04-who-notices", "Mallory gives both ends a share of her own. Alice then sends an "
             "encrypted order to Bob. Who notices?", [
        Option("Nobody", "Each end shares a good secret, with the wrong person. The arithmetic is "
               "right everywhere.", right=True),
        Option("Both: their secrets differ", "They do differ, but each end only ever sees its "
               "own. Nobody compares them."),
        Option("Bob: Alice's message does not open",
               "It would not, if Mallory passed it on unchanged. She seals it anew with the "
               "secret she has with Bob."),
        Option("Alice: the share she gets is not a possible one",
               "Any number can be somebody's share, and nothing in it says whose."),
    ]),
    Question("04-jumps", "G, 2G, 3G, 4G, ...: we draw the first eight multiples of a point. How "
             "will they lie?", [
        Option("Along a curve, one behind the other", "So it would be with ordinary numbers. "
               "Remainders modulo 97 tear every curve to pieces."),
        Option("On a straight line", "The line is only drawn to find the next point; the next "
               "one lies on another line."),
        Option("All over the square, with no order to be seen",
               "That is what makes the way back hard: no point says how far from G it is.",
               right=True),
        Option("Left to right, in the order of x", "Nothing orders them by x. Look at where 2G "
               "went."),
    ]),
    Question("04-zero-share", "The other end's X25519 share is 32 zero bytes. What does "
             "`cryptography` do?", [
        Option("It refuses the share: it is no point of the curve",
               "X25519 accepts every 32 bytes as a share. It is the result that is looked at."),
        Option("It computes a secret like any other", "By the formula it would be 32 zeros, "
               "whatever the private key: no secret at all."),
        Option("It answers with a random secret", "Then the two ends would disagree, and find out "
               "later. X25519 ends it here."),
        Option("It computes, and refuses because of the result",
               "The result is 32 zeros for every private key, so it is refused (RFC 7748 section "
               "6.1).", right=True),
    ]),
    Question("04-same-key-pair", "A server uses Diffie-Hellman, but with the same key pair for "
             "every visit of a year. Its private number is stolen in December. What opens?", [
        Option("Every visit of the year that was recorded",
               "One number, every secret of the year. Only throwing the number away would "
               "have helped.", right=True),
        Option("Nothing: with Diffie-Hellman no secret ever crosses",
               "True, and yet: each secret can be computed again from a recorded share and the "
               "number that was kept. What was kept can be stolen."),
        Option("Only visits after the theft", "The recordings hold every client's share, and the "
               "stolen number turns each of them into the secret of that visit."),
        Option("Only visits whose client reused its key, too",
               "One of the two private numbers is enough for the secret."),
    ]),
    Question("04-which-opens", "Four visits were recorded: TLS 1.2 with RSA key exchange, TLS "
             "1.2 with ECDHE, TLS 1.3 with X25519, TLS 1.3 with a post-quantum hybrid. A year "
             "later the private key of the server's certificate is stolen. Which visits open?", [
        Option("All four: it is the server's private key", "Three of them used it to sign, and a "
               "signature opens nothing."),
        Option("The two TLS 1.2 visits", "One of them used ephemeral keys, and those are gone. "
               "The version number is not what counts."),
        Option("Only the one with RSA key exchange",
               "There the secret itself crossed, encrypted to that key. Nowhere else did it "
               "cross.", right=True),
        Option("All but the hybrid", "Quantum computers have nothing to do with a stolen key. "
               "Two more of them keep shut."),
    ]),
    Question("04-tomorrow", "Bob's signing key was stolen. Tomorrow Mallory sits between Alice and "
             "Bob. Both check the shares, Bob signs, all keys are ephemeral. What happens?", [
        Option("Nothing: ephemeral keys give forward secrecy",
               "Forward secrecy is about the past. Tomorrow's shares can be anybody's, signed "
               "with the stolen key."),
        Option("Mallory reads along, and nobody notices",
               "She signs her own share as if she were Bob. Only a new key and a certificate for "
               "it end this.", right=True),
        Option("Mallory reads along, but Bob notices",
               "Bob sees a visit from somebody he does not know anyway: browsers do not sign."),
        Option("Alice notices: the share is not Bob's",
               "All she can check is the signature, and that is right."),
    ]),
    Question("04-kem-sizes", "An X25519 share has 32 bytes. How large is the public key of "
             "ML-KEM-768?", [
        Option("32 bytes, too", "The secret has 32 bytes. The key is another matter."),
        Option("About 100 bytes", "That would be 768 bits. The 768 in the name counts something "
               "else, and not bits."),
        Option("About 1,200 bytes", "1,184: it is a long list of small numbers.", right=True),
        Option("About a million bytes", "There are KEMs like that (Classic McEliece), and this is "
               "why TLS does not use them."),
    ]),
    Question("04-kem-flip", "One bit of an ML-KEM ciphertext is flipped on its way. What does the "
             "receiver's `decapsulate` do?", [
        Option("It gives another secret, without a word",
               "Implicit rejection: 32 other bytes, and the next message does not open.",
               right=True),
        Option("It raises an error", "It has no way to say that something is wrong, on purpose: "
               "errors have helped attackers before (see lesson 03)."),
        Option("It gives the same secret: one bit is corrected",
               "It corrects noise that belongs to the scheme, and then checks the whole "
               "ciphertext."),
        Option("It gives the same secret with one bit flipped",
               "Then a change would be foreseeable. All 32 bytes are other ones."),
    ]),
    Question("04-name-order", "The group is called X25519MLKEM768, and its client share has 1,216 "
             "bytes. Where in it are the 32 bytes of X25519?", [
        Option("The first 32: so says the name", "The name has the other order, for historical "
               "reasons (RFC 10024). Other hybrids do follow their names."),
        Option("The last 32", "ML-KEM first, whatever the name says. The bytes tell, as you will "
               "see in the next cell.", right=True),
        Option("Spread over the share", "Then nobody could hand the parts to two different "
               "algorithms."),
        Option("Not in it: X25519 is sent in an entry of its own",
               "There is such an entry, too, for servers that know no hybrid. The hybrid has its "
               "own X25519 share."),
    ]),
    Question("04-half-broken", "One day X25519 is broken, and somebody who recorded a hybrid visit "
             "computes half of the 64 secret bytes. What do they get?", [
        Option("Half of the key's bytes", "The 64 bytes are hashed together. Half of the input "
               "gives nothing of the output."),
        Option("Everything: a chain is as weak as its weakest link",
               "This is no chain but two locks on one door: both have to be opened."),
        Option("The records from the server, but not those from the client",
               "Both directions come from the same 64 bytes."),
        Option("Nothing: the keys need both halves",
               "ML-KEM's 32 bytes are missing, and every key depends on them.", right=True),
    ]),
    Question("04-slowest", "Four ways to get one secret across. Which takes the server most "
             "computing time?", [
        Option("ML-KEM-768: it is new and its shares are large",
               "Large shares, quick arithmetic: it works with many small numbers. What it costs "
               "is bytes on the wire."),
        Option("Decrypting with an RSA key of 2,048 bits",
               "By far. And RSA key exchange had no forward secrecy, either.", right=True),
        Option("X25519", "It was made to be fast."),
        Option("P-256", "Not far from X25519, and far from the slowest."),
    ]),
]

# --- new data ----------------------------------------------------------------------------------

_P, _G, _A, _B = 47, 5, 11, 30
_ALICE, _BOB = pow(_G, _A, _P), pow(_G, _B, _P)
_SECRET = pow(_BOB, _A, _P)
_ORDER, _J, _K = 103, 44, 72  # of the course's small curve
_TOGETHER = _J * _K % _ORDER

QUIZ = [
    Question("04-quiz-small", f"p = {_P}, g = {_G}. Alice keeps {_A} and gets the share {_BOB} "
             "from Bob. How does she compute the secret?", [
        Option(f"pow({_G}, {_A}, {_P}), which is {_ALICE}", "That is her own share, which she "
               "sends to Bob in the open."),
        Option(f"{_ALICE} * {_BOB} % {_P}, which is {_ALICE * _BOB % _P}",
               "The product of two public shares: any listener has it."),
        Option(f"pow({_BOB}, {_A}, {_P}), which is {_SECRET}",
               f"Bob's share to her own number. Bob gets the same from her share {_ALICE}.",
               right=True),
        Option(f"pow({_A}, {_BOB}, {_P}), which is {pow(_A, _BOB, _P)}",
               "Turned round: the share is the base, her number the exponent."),
    ]),
    Question("04-quiz-curve", "On the course's small curve 103 times any point is infinity. Alice "
             f"keeps {_J}, Bob keeps {_K}. Which point do they share?", [
        Option(f"{_J + _K - _ORDER}G", f"That is {_J}G + {_K}G, and a listener can add the two "
               "shares."),
        Option(f"{_TOGETHER}G", f"{_J} times {_K} is {_J * _K}, and {_ORDER}G is infinity: so the "
               f"remainder of {_J * _K} counts.", right=True),
        Option(f"({_J}, {_K})", "Private numbers are no coordinates. They say how often G is "
               "added to itself."),
        Option("It cannot be told: points are not multiplied",
               "Points are added. A number times a point is the sum of that many copies."),
    ]),
    Question("04-quiz-phone", "Alice and Bob agree on a secret by Diffie-Hellman. Then they read "
             "the hash of their secret to each other over the phone, and know each other's voice. "
             "What does that find out?", [
        Option("Nothing: a listener hears the hash", "A hash of a good secret gives nothing away. "
               "What counts is whether both ends hold the same one."),
        Option("Mallory in every case", "Play once more with the number 1 in both directions: "
               "which secrets do the ends have?"),
        Option("Whether somebody listened", "Listening changes nothing, so nothing can show it."),
        Option("Mallory with shares of her own, but not Mallory who passed on the number 1",
               "With her own shares the secrets differ. With the number 1 both hold 1, and the "
               "hashes agree: that takes the check of the shares.", right=True),
    ]),
    Question("04-quiz-stolen", "The private key of a TLS 1.3 server's certificate was stolen "
             "yesterday. Which visits are in danger?", [
        Option("Visits from yesterday on, to a thief who steps in between",
               "The thief can sign as the server. That takes being on the way, not only "
               "listening, and ends when the certificate is replaced and revoked.", right=True),
        Option("All visits recorded before yesterday", "Their ephemeral keys are gone. Forward "
               "secrecy is about exactly these."),
        Option("None: TLS 1.3 has forward secrecy", "It protects the past. The key still says who "
               "the server is, now also for the thief."),
        Option("Visits from yesterday on, to anybody who listens",
               "A listener lacks the ephemeral keys as before. The thief has to take part."),
    ]),
    Question("04-quiz-bytes", "A ServerHello answers with group 0x11ec and a share of "
             f"{1088 + 32:,} bytes. What are bytes 0 to 1,087?", [
        Option("The server's ML-KEM public key", "Only the client has an ML-KEM key pair here. A "
               "public key would have 1,184 bytes."),
        Option("The shared secret, encrypted with X25519",
               "X25519 encrypts nothing: it gives both ends a secret of its own."),
        Option("An ML-KEM ciphertext, to be opened with the client's private key",
               "The server encapsulated a secret to the client's public key. The last 32 bytes "
               "are its X25519 share.", right=True),
        Option("The server's certificate, in the new format",
               "Certificates come later, encrypted, and are not post-quantum yet."),
    ]),
    Question("04-quiz-quantum", "A visit of 2026 with X25519 and AES-128-GCM was recorded. Suppose "
             "a large quantum computer exists in 2045. What breaks?", [
        Option("AES-128: quantum computers break all encryption of today",
               "The best known quantum attack on AES is a search that is still hopeless in "
               "practice. It is not AES that falls."),
        Option("Nothing: the ephemeral keys were erased in 2026",
               "Erased, but they can be computed again from the shares: that is the difference "
               "between stealing a key and breaking the arithmetic."),
        Option("Only the server's signature, so the visit stays secret",
               "The signature falls, too, but forging one in 2045 changes nothing about 2026. "
               "The key exchange is what hurts."),
        Option("X25519, and through it this visit: its keys come from that secret",
               "Both shares are in the recording. That is harvest now, decrypt later; a hybrid "
               "share prevents it.", right=True),
    ]),
    Question("04-quiz-zero", "An end computes an X25519 secret of 32 zero bytes. What must it "
             "do?", [
        Option("End the handshake", "RFC 9846 section 7.4.2: check for the all-zero value and "
               "abort.", right=True),
        Option("Go on: one secret is as good as another",
               "This one does not depend on the private key, so everybody knows it."),
        Option("Ask for another share and try again", "An honest end never sends such a share. "
               "There is nothing to wait for."),
        Option("Use ML-KEM's half only", "Even in a hybrid the check holds, and the handshake "
               "ends (RFC 10024)."),
    ]),
]
