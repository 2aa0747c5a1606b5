"""Lesson 05, signatures: its predictions."""

from __future__ import annotations

from .model import Option, Question

PREDICTIONS = [
    Question("05-twice", "One key, one letter, signed twice with each algorithm. Where are the two "
             "signatures the same bytes?", [
        Option("Everywhere: same key and same letter give the same signature",
               "Two of the three put something random into every signature."),
        Option("Nowhere: a signature must be different each time",
               "Nothing says that it must. Ed25519 needs no randomness at all when it signs."),
        Option("Only with RSA: it is just a power modulo n",
               "The power is the same each time, but PSS mixes a fresh random salt into what is "
               "raised to it."),
        Option("Only with Ed25519",
               "Ed25519 computes what the other two draw at random: a salt (PSS), a nonce (ECDSA).",
               right=True),
    ]),
    Question("05-who-can-encrypt", "A certificate holds a public key. With which kinds of key can "
             "anybody encrypt a message for the owner?", [
        Option("Only with RSA",
               "RSA happens to do both. That is where the mix-up comes from.", right=True),
        Option("With all three: that is what a public key is for",
               "Look for a method called encrypt. Only one of the three has it."),
        Option("With RSA and ECDSA: Ed25519 is for signing only",
               "The key of ECDSA has no encrypt either. (With the same kind of point one can "
               "exchange keys: that is a third thing.)"),
        Option("With none: public keys only check signatures",
               "RSA keys can do more, and for a long time TLS used it (RSA key exchange)."),
    ]),
    Question("05-undo", "We undo the private operation of an RSA-PSS signature with the public "
             "exponent e. What comes out?", [
        Option("The letter: that is what was encrypted with the private key",
               "The letter may be a gigabyte long, the signature has 256 bytes. It is not in "
               "there."),
        Option("The hash of the letter",
               "With the older PKCS#1 v1.5 padding the hash would stand there in the clear. PSS "
               "hides even that under a mask."),
        Option("A scrambled block, with neither the letter nor its hash in it",
               "The verifier builds the check out of the block and of the letter it already has. "
               "Nothing is decrypted.", right=True),
    ]),
    Question("05-contracts", "The hash has 32 bits: 4.3 billion values. How many contracts must "
             "the fraudster write until a harmless and a nasty one share a hash?", [
        Option("About 4 billion", "That is for a given contract whose hash has to be met. Here any "
               "harmless one may meet any nasty one."),
        Option("About 2 billion", "Half of 4.3 billion would be right for one given hash. Here the "
               "number of pairs counts."),
        Option("About 100,000", "50,000 of each kind make 2.5 billion pairs: the birthday effect.",
               right=True),
        Option("About 32,000 for each bit, so a million", "It does not grow with the number of "
               "bits: each two bits more double the work."),
    ]),
    Question("05-moved", "Ann reads the harmless contract and signs its short hash, with a key "
             "that nobody else has. Mallory holds her signature against the nasty contract, which "
             "has the same short hash. What does verify say?", [
        Option("Accepted", "What was signed is the hash, and both texts have it.", right=True),
        Option("Refused: it is another text, and a signature belongs to exactly one",
               "It belongs to what was signed. The text itself never went into it."),
        Option("Refused: only Ann's private key could make a signature for it",
               "Mallory makes none. He takes the one that is there."),
    ]),
    Question("05-md5", "Two texts of 128 bytes have the same MD5 and different SHA-256. The shop's "
             "real RSA key of 2048 bits signs the first, once with each hash. Which of the two "
             "signatures fits the second text, too?", [
        Option("Neither: that was a toy hash, and RSA with 2048 bits is not broken",
               "RSA is not broken, and is not asked: it sees the hash only."),
        Option("The one with MD5", "The same hash, hence the same signature: the strength of RSA "
               "does not come into it.", right=True),
        Option("Both: texts that collide once collide always",
               "A collision belongs to one hash. Another hash of the same two texts differs."),
    ]),
    Question("05-suite", "On the way somebody changes one cipher suite in the ClientHello's list. "
             "Does the server's signature still fit what the client saw?", [
        Option("In TLS 1.2 it fits, in TLS 1.3 it does not",
               "TLS 1.3 signs a hash of every message so far. In TLS 1.2 only Finished, at the "
               "end, notices.", right=True),
        Option("In neither version: the server signs the handshake",
               "In TLS 1.2 it signs two randoms and its share, and nothing else."),
        Option("In TLS 1.3 it fits, in TLS 1.2 it does not",
               "The other way round: the older one signs less."),
        Option("In both: a signature covers the server's own messages only",
               "Even TLS 1.2 signs the client's random, which came from the other side."),
    ]),
    Question("05-same-nonce", "A random generator is stuck: two ECDSA signatures, same key, same "
             "nonce, different messages. k never left the machine. What does a stranger learn from "
             "the two signatures?", [
        Option("Nothing: k is still secret, and r and s look random",
               "The same k gives the same r: that alone can be seen. And it goes on from there."),
        Option("That k was repeated, and no more: k and d are safe behind the curve",
               "r does tell that it was repeated. But s has k and d in it, too, and no curve in "
               "front of them."),
        Option("k, but not d: the nonce is lost, the key is not",
               "Whoever has k of one signature has d: there is only one unknown number left."),
        Option("Everything: the private key follows by school algebra",
               "Two equations, two unknown numbers, k and d. The curve is not even touched.",
               right=True),
    ]),
    Question("05-deterministic", "Now the nonce is computed from key and message (RFC 6979). What "
             "has to change at the verifier?", [
        Option("Nothing at all", "The signature has the same form and solves the same equation. "
               "A verifier cannot even tell.", right=True),
        Option("It has to compute the nonce, too, and compare",
               "It cannot: the private key goes into that computation."),
        Option("It needs a new name of the scheme, or it refuses",
               "The scheme is still ecdsa_secp256r1_sha256: how a signer finds its nonce is its "
               "own business."),
    ]),
    Question("05-show", "An impostor shows a perfect copy of the shop's certificate, and signs the "
             "randoms of today with a key of its own. Which check stops it?", [
        Option("The certificate: a copy is not the original",
               "A copy of bytes is the bytes. The certificate is genuine, and public."),
        Option("The signature: it does not fit the key in the certificate",
               "The certificate names a key; whoever cannot sign with it is somebody else.",
               right=True),
        Option("Finished, at the very end",
               "It would pass that one: it made the share itself and so knows the keys."),
        Option("None: name, dates and chain are right",
               "They are, and they say nothing about who sent them. There is one more check."),
    ]),
    Question("05-size", "How large are an ML-DSA-44 public key and signature together, compared "
             "with those of ECDSA on P-256?", [
        Option("About the same", "That would be welcome. They are far larger: one reason why "
               "certificates have not been exchanged for new ones yet."),
        Option("About 4 times as large", "That is about RSA-2048, beside ECDSA."),
        Option("More than 20 times as large", "Nearly 4 kilobytes for one pair, and a handshake "
               "carries several.", right=True),
        Option("About 1000 times as large", "Then nobody would think of using it. There are "
               "schemes with megabytes, but not this one."),
    ]),
    Question("05-fastest-check", "A signature is made once and checked by many. Which of these is "
             "the fastest to check?", [
        Option("Ed25519: the most modern one", "Its check takes a few times as long as RSA's. "
               "(Its signing is much faster.)"),
        Option("ECDSA with P-256", "It signs fast. Its check takes longer than RSA's."),
        Option("RSA with 2048 bits",
               "The public exponent is small (65,537): 17 multiplications. Signing is another "
               "matter.", right=True),
        Option("ML-DSA-44: made for the future", "Fast for what it does, and still not the "
               "fastest."),
    ]),
]
