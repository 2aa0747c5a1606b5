"""Lesson 03, asymmetric encryption: its predictions and its quiz (whose numbers are computed)."""

from __future__ import annotations

from helpers import lab
from helpers.experiments.rsa_costs import MEGABYTE
from helpers.toy import RsaKey, close_factors
from helpers.toy.rsa import refusal
from helpers.toy.rsa_padding import pkcs1, room

from .model import Option, Question

PREDICTIONS = [
    Question("03-twice", "The block 948 is encrypted once more with the same public key. What "
             "comes out?", [
        Option("920: encrypting again undoes it",
               "So it is when a text is written backwards twice. A power of a power is a "
               "higher power: it does not lead back."),
        Option("Another number, neither 920 nor 948",
               "The key that locks does not unlock. To get back one needs another exponent.",
               right=True),
        Option("948: it is already encrypted", "Nothing in a number says that it is a ciphertext. "
               "It is taken to the power e like any other."),
    ]),
    Question("03-circle", "The powers of 5, each time modulo 33: what do these remainders do, one "
             "after the other?", [
        Option("They grow, slower and slower", "A remainder modulo 33 is below 33. It cannot grow "
               "for long."),
        Option("They jump about, without any order that repeats", "They look like it for ten "
               "steps. But there are only 33 remainders, and each decides the next one."),
        Option("They come back to 5, and then all begins again",
               "Every ten steps. That is what makes a way back possible.", right=True),
    ]),
    Question("03-bad-exponent", "p = 5, q = 11 and e = 5. Somebody encrypts all 55 messages with "
             "this e. What happens?", [
        Option("Encrypting stops with an error", "pow takes any exponent and gives a number. The "
               "harm shows only when somebody wants to read."),
        Option("Several messages get the same ciphertext",
               "5 divides q - 1 = 10. Messages fall together, and no private key can part them "
               "again.", right=True),
        Option("Nothing unusual: 5 is a prime number", "e need not be prime, and being "
               "prime does not help here: 5 divides q - 1 = 10."),
        Option("The private key is too easy to guess", "There is no private key at all for this "
               "choice."),
    ]),
    Question("03-factor-time", "Trial division takes a fraction of a second for a modulus of 44 "
             "bits. How much longer will one of 88 bits take, with the same method?", [
        Option("Twice as long: it has twice as many bits",
               "The number of divisors to try goes with the root of n, and that doubles with "
               "every two bits."),
        Option("Four times as long", "Four times as long is 48 bits: each two bits double it."),
        Option("About four million times as long",
               "44 bits more are 22 doublings: 2 ** 22 is about four million.", right=True),
        Option("It will never end", "It ends, after some days or weeks. Keys have far more bits "
               "than that."),
    ]),
    Question("03-longer", "Five devices, each with an RSA modulus of 2048 bits. How many of them "
             "can be taken apart here, in a second at most?", [
        Option("None: the record is below 900 bits", "The record is for a well-made modulus. Four "
               "of these were made carelessly."),
        Option("One, with luck", "Luck is not needed: each careless one falls to an attack of its "
               "own, at once."),
        Option("Four", "Two share a prime, one has neighbours for primes, one has a small factor. "
               "Length helps against none of that.", right=True),
        Option("All five", "One was made as it should be. It stands."),
    ]),
    Question("03-same-bid", "A sealed auction: bids from 1 to 999 are encrypted with a real public "
             "key of 2048 bits, as above. What does a rival learn who sees one ciphertext?", [
        Option("The exact bid, in less than a second",
               "999 encryptions with the public key, and one of them is the same number.",
               right=True),
        Option("Nothing without the private key", "The private key is not needed. The rival "
               "encrypts every possible bid with the public key and compares."),
        Option("Roughly how large the bid is", "Larger bids do not give larger ciphertexts. But "
               "there is a better way than looking at its size."),
    ]),
    Question("03-small-message", "A secret of 16 random bytes cannot be guessed. It is encrypted "
             "as it is, with 2048 bits and e = 3. How long does it take to read it without the "
             "private key?", [
        Option("Longer than the age of the universe", "That is for guessing 16 bytes or factoring "
               "2048 bits. Neither is needed."),
        Option("Some hours on a fast machine", "It is one root of a whole number."),
        Option("Less than a thousandth of a second", "Three times 128 bits are 384: the power "
               "never reaches n, so nothing is taken away. The cube root is the secret.",
               right=True),
    ]),
    Question("03-multiply", "The ciphertexts of 3 and of 5 are multiplied, and the product is "
             "decrypted. What comes out?", [
        Option("15, the product", "A power of a product is the product of the powers.",
               right=True),
        Option("Nonsense: a ciphertext that was tampered with", "Nothing in textbook RSA notices "
               "tampering, and the result is no nonsense at all."),
        Option("8, the sum", "That would be so if encrypting were a multiplication. It is a "
               "power."),
        Option("35: both numbers side by side", "Numbers side by side are no arithmetic that a "
               "power would keep."),
    ]),
    Question("03-length", "You encrypt one byte, then 190 bytes, with RSA-2048 and OAEP. How long "
             "are the two ciphertexts?", [
        Option("1 byte and 190 bytes", "So it would be if each byte were encrypted by itself. RSA "
               "always works on a whole block."),
        Option("256 bytes both", "2048 bits are 256 bytes: the padding fills the block, whatever "
               "the message is.", right=True),
        Option("256 and 512 bytes", "190 bytes still fit into one block; 191 do not, and there is "
               "no second block."),
        Option("17 and 206 bytes: 16 more each", "That is what AES-GCM adds, its tag."),
    ]),
    Question("03-first-bytes", "The pre-master secret is 48 bytes long. What are its first two "
             "bytes?", [
        Option("Random, like all the others", "46 of them are random. The first two have another "
               "task."),
        Option("00 02: they say which padding it is", "Those stand in front of the whole block, "
               "and are gone when the secret comes out."),
        Option("03 03: the highest version that the client offered",
               "TLS 1.2. With it the server notices if somebody lowered the version on the way.",
               right=True),
        Option("00 30: the length, 48", "The length is fixed, so nobody sends it."),
    ]),
    Question("03-answers", "A server with a key of 186 bits tells one thing about what it "
             "decrypts: whether the first byte is 00. How many questions until a stranger has "
             "read a message of 13 letters?", [
        Option("It cannot be done: yes or no about one byte says nothing about the letters",
               "One answer says little. But the stranger chooses the questions, and each answer "
               "halves what is left."),
        Option("About 185: one for each bit of the key", "Each answer halves the range of what "
               "the block may be.", right=True),
        Option("About 2 ** 104: as many as there are messages",
               "That is for guessing. Halving 104 times gets there in 104 steps, and the filler "
               "takes some more."),
    ]),
    Question("03-damaged", "One bit of an RSA ciphertext with PKCS#1 v1.5 padding is changed. The "
             "padding comes out wrong. What does OpenSSL 4 answer?", [
        Option("Bytes that look random, the same ones each time",
               "Made from the private key and the ciphertext: nobody outside can tell them from a "
               "message.", right=True),
        Option("An error: the padding is wrong", "So it was for a long time. It is what the "
               "stranger needs, so OpenSSL says it no longer."),
        Option("The message with one bit changed", "So it would be if each bit were "
               "encrypted by itself. In RSA every bit of the ciphertext counts for every bit of "
               "the block."),
        Option("Nothing at all, an empty message", "That would tell as much as an error does."),
    ]),
    Question("03-who-encrypts", "Two public keys out of certificates, one RSA, one ECDSA. With "
             "which can you encrypt a message to the owner?", [
        Option("With both: that is what public keys are for", "The ECDSA key has no such "
               "operation. It checks signatures, and that is all it does."),
        Option("With the RSA key only", "RSA can do both, encrypt and check signatures. An ECDSA "
               "key only checks.", right=True),
        Option("With neither: certificates are for signing", "In TLS 1.3 they are only used for "
               "that. But the RSA key could still encrypt."),
    ]),
    Question("03-megabyte", "A web page of 1 MB, once with AES-128-GCM and once in RSA-2048 blocks "
             "with OAEP. How much longer does it take to decrypt the RSA blocks?", [
        Option("About as long: both are fast on today's machines", "One block feels fast. There "
               "are more than five thousand of them."),
        Option("Ten times as long", "Far more: on most machines a single block of 190 bytes "
               "takes longer than AES needs for the whole page."),
        Option("A hundred times as long", "Still too little. Multiply one block by more than five "
               "thousand."),
        Option("More than a thousand times as long", "More than five thousand private operations, "
               "and on most machines each takes longer than all of AES's work.", right=True),
    ]),
]  # fmt: skip

# --- the quiz: new numbers, computed -----------------------------------------------------------

_KEY, _MESSAGE = RsaKey(7, 13, 5), 10
_SEALED = _KEY.encrypt(_MESSAGE)
_BLOCK = pkcs1(b"hi", 16, lab.seeded("quiz block")).content
_CLOSE = close_factors(10007 * 10009)
_BLOCK_MS, _AES_MS, _PAGES = 8, 10, 3
_BLOCKS = -(-_PAGES * MEGABYTE // room("OAEP", 256))
_HYBRID_MS, _ALONE = _BLOCK_MS + _PAGES * _AES_MS, round(_BLOCKS * _BLOCK_MS / 1000)


def _exponent(e: int) -> Option:
    why = refusal(_KEY.p, _KEY.q, e)
    return Option(f"e = {e}", why or f"{e} shares no factor with 6 and none with 12. The private "
                  f"exponent is {pow(e, -1, (_KEY.p - 1) * (_KEY.q - 1))}.", right=not why)


QUIZ = [
    Question("03-quiz-key", f"p = {_KEY.p} and q = {_KEY.q}. Which of these makes a key?",
             [_exponent(e) for e in (3, 4, 5, 9)]),
    Question("03-quiz-encrypt", f"The public key is n = {_KEY.n}, e = {_KEY.e}. What is the "
             f"ciphertext of {_MESSAGE}? (Use pow.)", [
        Option(str(_MESSAGE * _KEY.e % _KEY.n), "That is the message times e. It is taken to the "
               "power e."),
        Option(str(_SEALED), f"{_MESSAGE} to the power {_KEY.e}, modulo {_KEY.n}.", right=True),
        Option(str(pow(_KEY.e, _MESSAGE, _KEY.n)), "Base and exponent are in each other's place."),
        Option(str(_MESSAGE**_KEY.e), "The remainder modulo n is missing."),
    ]),
    Question("03-quiz-close", f"Somebody makes a modulus of 4096 bits from two neighbouring "
             f"primes. (In small: {10007 * 10009} falls to Fermat's search after {_CLOSE[2]} "
             "step.) How safe is it?", [
        Option("Safer than 2048 bits: longer is better", "Only against searches that get slower "
               "with length. Primes that lie close together are found from the root of n at once."),
        Option("As safe as 2048 bits", "Far less: look next to the root of n."),
        Option("Not at all: it falls in a few steps", "How a key is made counts as much as how "
               "long it is. Choose both primes at random.", right=True),
    ]),
    Question("03-quiz-forge", "A bank accepts textbook RSA orders, and somebody overhears the "
             "ciphertext of an amount. What can that person do without the private key?", [
        Option("Nothing but copy it", "Copy, and change: ciphertexts can be multiplied."),
        Option("Send the ciphertext of the tripled amount", "Multiply it by the encryption of 3. "
               "The amount itself stays unknown.", right=True),
        Option("Add 3 to the amount", "Adding does not survive the power. Multiplying does."),
        Option("Compute the private key", "For that one has to factor n."),
    ]),
    Question("03-quiz-block", f"A decrypted block is {_BLOCK.hex(' ')}. What was the message?", [
        Option(_BLOCK[-2:].hex(" "), "00 02, filler without a 00, one 00, and then the message: "
               "the letters h and i.", right=True),
        Option(_BLOCK[-3:].hex(" "), "The 00 only ends the filler."),
        Option(_BLOCK[2:].hex(" "), "That is the filler, too. It goes up to the first 00."),
        Option(_BLOCK[1:].hex(" "), "02 says what kind of padding follows. It is no message."),
    ]),
    Question("03-quiz-oracle", "A server decrypts PKCS#1 v1.5 and answers \"bad padding\" or \"bad "
             "request\". What should be changed first?", [
        Option("A longer key: the attack takes too long then", "It takes some more questions. "
               "A longer key is no answer to a server that talks."),
        Option("One answer, and the same time, for whatever comes out", "Then a question tells "
               "nothing. Better still is to use another padding, or no RSA encryption.",
               right=True),
        Option("Shorter error messages, without details", "Two kinds of short message still tell "
               "them apart."),
    ]),
    Question("03-quiz-hybrid", f"A slower machine decrypts one RSA-2048 block in {_BLOCK_MS} ms "
             f"and, with AES-128-GCM, 1 MB in {_AES_MS} ms. A page of {_PAGES} MB: how long to "
             "decrypt it, hybrid, and how long if all of it came in RSA blocks with OAEP?", [
        Option(f"{_HYBRID_MS} ms, and about {_ALONE} seconds", "One block brings the AES key, AES "
               "does the rest. That difference is why it is done so.", right=True),
        Option(f"{_PAGES * _BLOCK_MS + _PAGES * _AES_MS} ms, and about {_ALONE} seconds", "Hybrid "
               "needs one RSA block, however long the page is: it carries the key."),
        Option(f"{_HYBRID_MS} ms, and {_PAGES * _BLOCK_MS} ms", "A block holds "
               f"{room('OAEP', 256)} bytes, not a megabyte: {_BLOCKS:,} blocks are needed."),
        Option(f"about {_ALONE} seconds both ways: RSA is in both", "In a hybrid package RSA "
               "touches only the AES key, never the page."),
    ]),
]  # fmt: skip
