"""Lesson 05, signatures: its quiz. Numbers in it are computed from what the lesson works with."""

from __future__ import annotations

from helpers.toy import SMALL, ecdsa

from .model import Option, Question

# Two signatures by a signer of the toy curve with one nonce: other numbers than in the lesson.
_KEY, _NONCE = 17, 44
_HASHES = (90, 11)
_FIRST, _SECOND = (ecdsa.sign(hashed, _KEY, _NONCE) for hashed in _HASHES)
_SMALL_HASH = 40  # bits
_CONTENT_384 = 64 + len("TLS 1.3, server CertificateVerify") + 1 + 48

QUIZ = [
    Question("05-quiz-refused", "A firmware update verifies under the maker's public key on your "
             "machine. On a friend's it is refused. What do you know?", [
        Option("The friend's public key is the wrong one",
               "Perhaps. It may as well be the message or the signature."),
        Option("The friend needs the maker's private key",
               "Nobody who verifies needs anything secret."),
        Option("Somebody tampered with the friend's update",
               "A bad disk or another version of the key gives the same answer. verify knows no "
               "reasons."),
        Option("At least one of three differs: message, signature or public key",
               "verify says yes or no about the three together; it cannot say which one is "
               "wrong.", right=True),
    ]),
    Question("05-quiz-verb", "Which sentence about Ed25519 is true?", [
        Option("The signer encrypts a hash with the private key, the verifier decrypts it",
               "Ed25519 cannot encrypt or decrypt anything: there are no such operations."),
        Option("The verifier checks an equation, with public key, message and signature",
               "That is all a verification is, for each of the algorithms you met.", right=True),
        Option("The signature hides the message from all who lack the public key",
               "It hides nothing. The message travels beside it."),
    ]),
    Question("05-quiz-nonce", f"Toy curve, order {SMALL.order}. Two signatures: z = {_HASHES[0]}, "
             f"r = {_FIRST.r}, s = {_FIRST.s}; and z = {_HASHES[1]}, r = {_SECOND.r}, "
             f"s = {_SECOND.s}. What is the nonce they share?", [
        Option(str(_NONCE), "(z1 - z2) times the inverse of (s1 - s2), modulo the order. One step "
               "more and the key is yours.", right=True),
        Option(str(-_NONCE % SMALL.order),
               "The right size, the wrong sign: z1 - z2 goes with s1 - s2."),
        Option(str((_HASHES[0] - _HASHES[1]) * (_FIRST.s - _SECOND.s) % SMALL.order),
               "You multiplied by s1 - s2. It has to be divided: times its inverse."),
        Option(str(_KEY), "That is the private key already. The question is about the nonce."),
    ]),
    Question("05-quiz-bits", f"Somebody signs {_SMALL_HASH}-bit hashes. About how many contracts "
             "of both kinds does a fraudster have to write for a collision?", [
        Option(f"{2**_SMALL_HASH:,}", "That many hashes there are. A collision needs far fewer: "
               "every pair is a chance."),
        Option(f"{2**(_SMALL_HASH // 2):,}", "The square root of the number of hashes, or a small "
               "multiple of it.", right=True),
        Option(f"{2**(_SMALL_HASH // 4):,}", "Too few: they make about a million pairs, and there "
               "are a million times a million hashes."),
    ]),
    Question("05-quiz-content", "A TLS 1.3 connection hashes with SHA-384 (48 bytes). How many "
             "bytes does the server sign in CertificateVerify?", [
        Option("48", "The hash is only the last part of it."),
        Option(str(_CONTENT_384), "64 spaces, 33 bytes of words, one zero byte, 48 of hash.",
               right=True),
        Option(str(_CONTENT_384 - 16), "That is with SHA-256. The hash is 48 bytes long here."),
        Option("As many as all messages so far have together",
               "They go in as their hash, whose length is fixed."),
    ]),
    Question("05-quiz-proof", "Which of these proves that the shop's key takes part in this very "
             "connection?", [
        Option("The certificate: it carries an authority's signature",
               "That signature is months old and public. It says whose key it is."),
        Option("A ServerKeyExchange whose signature fits, over randoms of another connection",
               "It is genuine and old: a recording."),
        Option("A signature that fits a key which the server sends along",
               "That proves possession of some key. Nobody has said whose."),
        Option("A signature that fits the certificate's key, over this client's fresh random",
               "Only the owner of the private key could make it, and only now.", right=True),
    ]),
    Question("05-quiz-rsa", "In 2026 a TLS 1.3 server has an RSA certificate. What is true?", [
        Option("Impossible: TLS 1.3 removed RSA",
               "It removed RSA key exchange. RSA signatures stayed."),
        Option("The client encrypts a secret with the RSA key",
               "Never in TLS 1.3. The key signs, and the secret comes from the key shares."),
        Option("It signs its CertificateVerify with RSA-PSS",
               "PKCS#1 v1.5 may still stand in certificates, not in a server's "
               "CertificateVerify.", right=True),
        Option("It signs its CertificateVerify with PKCS#1 v1.5, as the certificate does",
               "A server never may: in TLS 1.3 that padding is for certificates, and since 2026 "
               "for a client's signature (RFC 9846 section 4.3.3, RFC 9963)."),
    ]),
]
