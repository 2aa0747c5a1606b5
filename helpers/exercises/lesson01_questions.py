"""Lesson 01, symmetric encryption: its predictions and its quiz.

The data of the quiz is computed here, with the same libraries as in the lesson, and is not in it.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from helpers.experiments.modes import deliver
from helpers.lab import seeded
from helpers.show.sealed import readable

from .model import Option, Question

PREDICTIONS = [
    Question("01-every-pad", "Somebody with endless computing time tries every possible pad on "
             "these 14 bytes. What does she find?", [
        Option("The message: only one pad makes readable text of it",
               "Only one pad makes *this* text of it. But another pad makes another text."),
        Option("Every text of 14 bytes, and no way to tell which one was sent",
               "To each text its pad. Trying all of them tells her nothing that she could not "
               "have made up.", right=True),
        Option("Nothing readable: every wrong pad gives noise",
               "Most pads do. But there is a pad for every text, so among all of them are all "
               "readable ones."),
        Option("The message, after about 2 to the power of 14 tries",
               "14 bytes are 112 bits, so there are 2 to the power of 112 pads. But the number "
               "is not what protects the message."),
    ]),
    Question("01-pad-twice", "A second message is encrypted with the same pad. An eavesdropper "
             "XORs the two ciphertexts. What comes out?", [
        Option("Noise: both ciphertexts look random, so their XOR does, too",
               "Two random-looking things, but made with the *same* randomness: it goes away."),
        Option("The pad", "The pad is in both, and what is in both disappears."),
        Option("The XOR of the two messages: the pad is gone",
               "Each bit of the pad meets itself, and a bit XOR itself is 0. Two texts are left, "
               "lying on top of each other.", right=True),
        Option("One of the two messages", "Not quite: two messages at once, mixed with each other. "
               "Whoever knows or guesses one has the other."),
    ]),
    Question("01-more-bits", "16 unknown bits took a moment. Now a billion "
             "computers, each a thousand times as fast as this one, share the work. How long do "
             "they need for all keys of 128 bits?", [
        Option("About eight times as long as for 16 bits, divided by all those computers",
               "128 bits are eight times as many bits, but not eight times as many keys: each "
               "single bit doubles their number."),
        Option("Some days", "So many computers make up for 40 bits. There are 72 more to go."),
        Option("About a hundred years", "That would be so with keys of some 90 bits. Every ten "
               "further bits take a thousand times as long."),
        Option("Longer than the universe is old, many times over",
               "2 to the power of 112 times as many keys as with 16 bits. A billion times a "
               "thousand takes off only 40 of those 112 doublings.", right=True),
    ]),
    Question("01-penguin", "The penguin is cut into blocks of 16 bytes, and each block is "
             "encrypted with AES-256. What does the result look like?", [
        Option("The penguin is still there to see, in strange colours",
               "What was equal stays equal, and flat areas are full of equal blocks.", right=True),
        Option("Noise, like a television set without a station",
               "Each single block looks like noise. But equal blocks look like the same noise."),
        Option("One even colour", "AES makes blocks that look random. Equal ones stay equal, but "
               "different ones stay different."),
        Option("Noise with AES-256; with a shorter key one would see something",
               "The length of the key plays no part in it: equal blocks give equal blocks with "
               "any key."),
    ]),
    Question("01-cbc-flip", "The penguin is sent in CBC mode: every block is mixed with the "
             "encrypted block before it. One bit is flipped on the way. What does the receiver "
             "see?", [
        Option("A good picture down to that place, and noise from there on",
               "What most people expect of a chain. But decrypting a block needs only two "
               "ciphertext blocks: this one and the one before."),
        Option("No picture: the receiver notices, and refuses it",
               "Nothing in CBC lets the receiver notice. It has no tag."),
        Option("Exactly one pixel changed", "That is CTR. In CBC a whole block goes through AES, "
               "and half of its bits come out wrong."),
        Option("One block of noise, and one bit flipped in the block after it",
               "Four pixels and one: the damaged block is decrypted to noise, and it is mixed "
               "into the next one.", right=True),
    ]),
    Question("01-pay-900", "The stranger in the café knows how such an order is laid out: byte 20 "
             "is the 1 of \"pay 100\". It is encrypted with AES-256 in CTR mode. Can he make it "
             "say 900?", [
        Option("No: he would need the key", "To read what he does not know, he would. To change "
               "what he does know, he needs only XOR."),
        Option("Yes, exactly that digit, and nothing shows it",
               "He XORs the difference between \"1\" and \"9\" into that byte. No key, and no "
               "trace.", right=True),
        Option("Only by chance: he can spoil the byte, but not choose what it becomes",
               "He can choose: what he XORs into the ciphertext arrives in the text."),
        Option("Yes, but the bytes around it turn to noise",
               "Not in CTR: every byte is on its own there."),
    ]),
    Question("01-gcm", "One order, one key, one nonce: once encrypted in CTR mode, once sealed "
             "with AES-GCM. How many of the 48 bytes of ciphertext are the same in both?", [
        Option("All of them, and AES-GCM adds 16 bytes",
               "GCM hides with the very keystream that CTR has. What it adds stands behind.",
               right=True),
        Option("None, but by chance: sealing mixes the text in another way",
               "A good guess, and not so: AES-GCM hides a text exactly as CTR does."),
        Option("The first 16: then the blocks depend on each other, as in CBC",
               "GCM does not chain blocks. It counts, as CTR does."),
        Option("All but the last 16, which make room for the tag",
               "The tag takes the place of nothing: the message grows."),
    ]),
    Question("01-covered", "The text is encrypted, the tag stands behind it, and the header goes "
             "along in the clear as additional data. In which of them does AES-GCM notice a "
             "flipped bit?", [
        Option("In the text only: that is what is encrypted",
               "Being encrypted and being protected are two things. The tag covers more."),
        Option("In all three, and then there is no text at all",
               "One bit anywhere, and decrypt raises InvalidTag instead of giving a text.",
               right=True),
        Option("In the text and in the tag; the header is not encrypted",
               "The header is not hidden, and yet the tag was computed over it, too."),
        Option("In all three; the text comes with a warning",
               "There is no text: what did not pass the test must not be looked at."),
    ]),
    Question("01-nonce-twice", "By mistake, two orders are sealed by AES-GCM with the same key and "
             "the same nonce. What can an eavesdropper without the key do?", [
        Option("Nothing: the key is secret, and a nonce may be known to everybody",
               "It may be known. It must not come twice under one key."),
        Option("Read the XOR of the two texts, but not forge anything: each has its tag",
               "The first half is right. The tags are made with that nonce, too, and two of them "
               "are enough to make more."),
        Option("Read the XOR of the two texts, and forge further orders that are accepted",
               "Both halves of AES-GCM fall at once. RFC 5116 calls the consequences quite "
               "serious.", right=True),
        Option("Nothing: the library refuses a nonce that was used before",
               "It cannot know. It keeps no list: you gave it a nonce, it used it."),
    ]),
    Question("01-tls-nonce", "Every TLS 1.3 record needs a nonce of 12 bytes of its own. Where in "
             "the record is it?", [
        Option("Nowhere: both ends compute it, by counting records",
               "It is neither random nor sent, and it need not be: it only has to be new each "
               "time.", right=True),
        Option("In front of the ciphertext: 12 random bytes",
               "Count: header, content, type and tag fill the record. No room is left. (TLS 1.2 "
               "sent 8 bytes of it with every AES-GCM record.)"),
        Option("In the header", "The header has 5 bytes: a type, two of version, two of length. "
               "No nonce."),
        Option("Nowhere: the ends agree on one nonce, and use it for all records",
               "You have just seen what one nonce for two messages gives away."),
    ]),
]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


_PAD = seeded("lesson 01: the quiz's pad")(4)
_FINE, _OTHER = _xor(b"fine", _PAD).hex(" "), _xor(b"no!!", _PAD).hex(" ")


def _text_in_blocks(mode: modes.Mode) -> str:
    key = seeded("lesson 01: the quiz's key")(16)
    text = b"yes, yes, yes,  " * 3
    sealed = Cipher(algorithms.AES(key), mode).encryptor().update(text)
    return " | ".join(sealed[at:at + 4].hex() + "…" for at in range(0, len(sealed), 16))


_STREAM = seeded("lesson 01: another keystream")(1)[0]
_SENT, _MASK = ord("2") ^ _STREAM, ord("2") ^ ord("7")
_IV = seeded("lesson 01: the quiz's IV")(12)


def _nonce(number: int, order: str = "big") -> str:
    return _xor(_IV, number.to_bytes(12, order)).hex(" ")


_LETTER = b"Dear Ann: my plane lands on Monday at 8. See you"


def _arrived(mode: str) -> str:
    """What is read of the letter when one bit of its byte 20 was flipped on the way."""
    read = deliver(mode, "C", _LETTER, 20, 4).read
    return "nothing" if read is None else f"“{readable(read)}”"


_READERS = dict(zip("ABCD", ("CTR", "AES-GCM", "CBC", "ECB"), strict=True))


def _order(*modes_named: str) -> str:
    return ", ".join(f"{reader} {mode}" for reader, mode in zip("ABCD", modes_named, strict=True))


QUIZ = [
    Question("01-quiz-pads", "Two messages of four letters went out under one pad: the first as "
             f"{_FINE}, the second as {_OTHER}. You know that the first says \"fine\". With which "
             "letter does the second begin?", [
        Option("o", "That is the second letter. Take the first byte of each."),
        Option("n", "Ciphertext XOR ciphertext takes the pad away, and the known letter leaves "
               "the other one.", right=True),
        Option("f", "Then the two ciphertexts would begin with the same byte."),
        Option("Nobody can tell without the pad", "The pad is the same in both and goes away: "
               "that is why it must be used only once."),
    ]),
    Question("01-quiz-mode", "The text \"yes, yes, yes,  \" (16 bytes) was sent three times in a "
             "row in one message. On the network, the first bytes of each block: "
             + _text_in_blocks(modes.ECB()) + ". "
             "What do you know without the key?", [
        Option("It is ECB: equal blocks stayed equal", "And an eavesdropper now knows that the "
               "message repeats itself.", right=True),
        Option("It is CTR: the three blocks have the same length",
               "Blocks always have. In CTR each block meets another counter, so equal ones come "
               "out different."),
        Option("It is CBC: each block depends on the one before",
               "Just because of that, equal blocks come out different in CBC."),
        Option("Nothing: ciphertext says nothing without the key",
               "It should not. But this says which blocks of the text are equal."),
    ]),
    Question("01-quiz-mask", "An encrypted order in CTR mode holds \"room 2\", and its ciphertext "
             f"byte for the 2 is 0x{_SENT:02x}. The receiver is to read \"room 7\". What do you "
             "send in its place?", [
        Option(f"0x{ord('7'):02x}", "That is the letter 7 itself. The receiver XORs it with the "
               "keystream: something else comes out."),
        Option(f"0x{_SENT + 5:02x}", "7 is five more than 2, but adding is not XOR: it carries "
               "into other bits."),
        Option(f"0x{_SENT ^ _MASK:02x}", f"0x{_SENT:02x} XOR \"2\" XOR \"7\": the difference of "
               "the letters goes through the XOR untouched.", right=True),
        Option("It cannot be done without the key", "Only reading takes the key. The text was "
               "known, so the change can be computed."),
    ]),
    Question("01-quiz-tag", "AES-GCM says InvalidTag for a message of 500 bytes. What may the "
             "receiver do with it?", [
        Option("Use the part in front of the change", "Nobody knows where the change is. The tag "
               "is for the whole."),
        Option("Decrypt it in CTR mode, and let a human judge",
               "AES-GCM would give the same text that way, and the stranger's change with it."),
        Option("Nothing, but throw it away",
               "It was changed, or made by somebody without the key, or one ingredient is not "
               "the same. None of it may be used.", right=True),
        Option("Use the text if it reads well and makes sense",
               "\"pay 900\" reads well, too. And the library gives no text to look at."),
    ]),
    Question("01-quiz-number", f"The server's IV is {_IV.hex(' ')}. What is the nonce of its "
             "record number 259 (0x0103) in TLS 1.3?", [
        Option(_nonce(259, "little"), "The number is at the wrong end: TLS writes the most "
               "significant byte first."),
        Option((_IV[:4] + (259).to_bytes(8, "big")).hex(" "),
               "Half of the IV is gone: in TLS 1.3 the number is XORed into it and replaces "
               "nothing."),
        Option(_IV.hex(" "), "That is the nonce of record number 0 only."),
        Option(_nonce(259), "The number, in 12 bytes with zeros in front, XOR the IV.",
               right=True),
    ]),
    Question("01-quiz-flip", f"“{_LETTER.decode()}” went out four times, each time in another "
             "mode, and each time one bit of byte 20 was flipped on the way. "
             + "; ".join(f"{reader} reads {_arrived(mode)}" for reader, mode in _READERS.items())
             + ". (A dot is a byte that is no letter.) Which reader used which mode?", [
        Option(_order("CTR", "GCM", "CBC", "ECB"), "One letter: CTR. Refused: only GCM notices. "
               "One block of noise: ECB; one block and a letter in the next: CBC.", right=True),
        Option(_order("CTR", "GCM", "ECB", "CBC"), "Two of them are right. Which mode mixes a "
               "damaged block into the one behind it?"),
        Option(_order("GCM", "CTR", "CBC", "ECB"), "CTR gives out whatever arrives, and changes "
               "one letter with it. Who gives out nothing?"),
        Option(_order("CBC", "GCM", "CTR", "ECB"), "In CBC the block with the flipped bit goes "
               "through AES, and comes out as noise. Who sees a single wrong letter?"),
    ]),
]
