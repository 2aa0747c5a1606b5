"""Lesson 02, hashes, MACs and key derivation: its predictions and its quiz.

The numbers in the quiz are computed here from data that the lesson did not show.
"""

from __future__ import annotations

from helpers.sources import load
from helpers.tls.schedule13 import hkdf_label
from helpers.toy.sha256 import padding

from .model import Option, Question

PREDICTIONS = [
    Question("02-one-bit", "One bit of the order is flipped. How many of the 256 bits of its "
             "SHA-256 change?", [
        Option("One: one bit in, one bit out", "Then one could flip it back without knowing the "
               "rest. A hash mixes every bit into all of them."),
        Option("About eight: one byte of the digest", "No byte of the digest belongs to a byte of "
               "the message. Every bit goes everywhere."),
        Option("About half, roughly 128", "Like two unrelated numbers: each bit differs with a "
               "chance of one half.", right=True),
        Option("All 256", "If all of them changed, flipping them back would be easy. Each changes "
               "with a chance of one half."),
    ]),
    Question("02-rounds", "Bit 0, in the first letter, is flipped. After how many of the 64 rounds "
             "have more than 100 of the 256 bits of the digest changed?", [
        Option("Not before the last one, 64", "Set the rounds to 63, or to 10: long since."),
        Option("After about 32", "Half of the bits does not take half of the rounds: each round "
               "mixes what the one before has mixed."),
        Option("After 5", "The change spreads like a rumour: everybody who knows it tells two "
               "others. The other rounds are there against shortcuts.", right=True),
        Option("After 1", "One round changes a few bits of two words out of eight. It needs some "
               "more."),
    ]),
    Question("02-yes-or-no", "Anna sends only the SHA-256 of her answer, which is yes or no. What "
             "does an eavesdropper learn?", [
        Option("Nothing: a hash works in one direction only",
               "Nobody goes backwards here. With two possible answers one goes forward twice."),
        Option("The answer", "Hash “yes”, hash “no”, compare. A hash hides only what nobody can "
               "guess.", right=True),
        Option("Nothing without the key: the digest has to be decrypted",
               "There is no key and nothing encrypted. Anybody may compute a hash."),
        Option("Only how long the answer is", "A digest always has 32 bytes. But one may try all "
               "answers."),
    ]),
    Question("02-collision", "SHA-256, cut to its first 24 bits: 16,777,216 values. After about "
             "how many messages do two have the same one?", [
        Option("16.8 million: one for every value", "That is how many it takes to meet one "
               "given value. Here any two may agree."),
        Option("8.4 million: half of them", "Half of the values need not have come up. Every new "
               "message is compared with all those before it, so the pairs count, not the values."),
        Option("Some thousands", "The number of pairs grows with the square. About the root of "
               "16.8 million is enough.", right=True),
        Option("Some hundred thousand", "Far fewer: 5,000 messages already make 12 million "
               "pairs."),
    ]),
    Question("02-bare-hash", "The order travels with its SHA-256 behind it. On the way Mallory "
             "changes the price from 20 to 1. What does the shop's check say?", [
        Option("It fails: half of the digest's bits would be different",
               "They are. Mallory sends the different ones."),
        Option("It passes, if Mallory hashes her own order",
               "A bare hash protects against accidents and against nobody who means it.",
               right=True),
        Option("It fails: Mallory cannot compute SHA-256 of what she has not written",
               "Anybody can compute it of anything: that is what a hash is."),
    ]),
    Question("02-resume", "Somebody has only the digest of the order and the order's length, not "
             "the order. Can they compute the SHA-256 of order + padding + addition, for an "
             "addition of their choice?", [
        Option("Yes, from these two alone", "The digest is the state behind the padding. From "
               "there it takes in the addition.", right=True),
        Option("No: whoever hashes has to begin with the first byte",
               "One may begin at the end of a block, with the state that SHA-256 was in there. "
               "The digest is that state."),
        Option("No: one would have to invert SHA-256", "Nothing is inverted. It goes forward only: "
               "from the digest on."),
        Option("Yes, but only by trying orders until the digest fits",
               "That finds what can be guessed. Here the order need not be found at all."),
    ]),
    Question("02-extend", "Mallory knows the order and its tag, SHA-256(secret + order). She wants "
             "a valid tag for a longer order. What does she have to find out about the secret?", [
        Option("All of it", "She never hashes it: the tag is the state in which it has been taken "
               "in already."),
        Option("Only its length", "The padding depends on how much was hashed; nothing else of the "
               "secret is needed. And lengths can be tried out.", right=True),
        Option("Its first block of 64 bytes", "What the blocks did stands in the state, which is "
               "the tag. None of it is hashed again."),
        Option("Nothing at all", "Nearly. But the padding in the middle, which the shop will hash, "
               "depends on how long secret and order were."),
    ]),
    Question("02-guesses", "A careless check stops at the first wrong byte, and Mallory sees how "
             "long it took. How many guesses does she need at most for a tag of 32 bytes?", [
        Option("2 to the 256: all tags there are", "That is without the clock. The clock tells "
               "about each byte by itself."),
        Option("2 to the 128: the birthday bound", "That is for two tags that agree. She looks for "
               "one tag, byte by byte."),
        Option("8,192", "256 values for each of 32 bytes, one byte after the other.", right=True),
        Option("32", "One for each byte would need luck: a byte has 256 values."),
    ]),
    Question("02-times", "Now with a clock, on this machine: how much longer does the careless "
             "comparison take for a guess with 31 right bytes than for one with none?", [
        Option("No difference that could be measured", "A byte takes tens of billionths of a "
               "second here. That is little, but a clock sees it, and 31 of them add up."),
        Option("About a tenth longer", "The loop runs 31 times instead of not at all: nearly all "
               "of the time is spent in it."),
        Option("Several times as long", "Each right byte is one more turn of the loop.",
               right=True),
        Option("It takes less time: what is right needs no check",
               "What is right is what makes it go on."),
    ]),
    Question("02-longer", "HKDF-Expand, twice, with the same secret and the same info: once 16 "
             "bytes are asked for and once 32. How do the two outputs compare?", [
        Option("Unrelated: another length, another output",
               "HKDF-Expand does not look at the length, it only stops there. TLS has to write it "
               "into the info."),
        Option("The 16 bytes are the first half of the 32",
               "It makes blocks until there is enough. So the length belongs into the info, and "
               "TLS 1.3 puts it there.", right=True),
        Option("The 16 bytes are the last half of the 32", "It counts upwards: the first block "
               "comes first."),
        Option("The 32 bytes are the 16 twice", "Each block has its own count in it, so no block "
               "repeats."),
    ]),
    Question("02-no-error", "One end forgets the “tls13 ” in front of the label and derives its "
             "key. What does HKDF do?", [
        Option("It raises an error: there is no such label",
               "HKDF knows no labels. For it the info is just bytes."),
        Option("It gives another key, as long and as random-looking, without any error",
               "Nothing looks wrong until the first record does not open at the other end.",
               right=True),
        Option("It gives the same key: what counts is the secret",
               "The info counts as much: another info, unrelated bytes. That is its purpose."),
        Option("It gives a key that differs in a few bytes",
               "Nothing comes out nearly right: HMAC mixes everything into everything."),
    ]),
    Question("02-which-bytes", "Finished covers “every message of the handshake”. What of each "
             "message has to be hashed, so that a real Finished comes out?", [
        Option("The message with its 4-byte header, without the record's 5 bytes",
               "Letters, not envelopes. A sender may pack them in another way, and the hash stays "
               "the same.", right=True),
        Option("The whole record, as it crossed", "The record is an envelope: its 5-byte header is "
               "left out, and from EncryptedExtensions on it holds ciphertext."),
        Option("Only the message's body: headers carry no content",
               "Type and length are content, too: without them one could shift where a message "
               "ends."),
    ]),
    Question("02-client-finished", "The server's Finished comes before the client's. Which "
             "messages does the client's Finished cover?", [
        Option("Those that the client itself has sent", "Then the server could not tell whether "
               "the client received what it sent. Both directions count."),
        Option("The same as the server's: everything up to CertificateVerify",
               "One message has crossed since: the server's Finished. It counts like every other."),
        Option("All of them, itself included", "It cannot contain a hash of itself."),
        Option("All up to and including the server's Finished",
               "Every handshake message before it, whoever sent it.", right=True),
    ]),
    Question("02-changed-suite", "On its way one byte in the list of cipher suites of a "
             "ClientHello changes. Nothing in it is signed, and in this old form the keys do not "
             "depend on it. Who notices?", [
        Option("Nobody, as long as both ends know the chosen suite",
               "So it would be, were it not for Finished."),
        Option("The server, when the client's Finished arrives",
               "The two ends hashed different ClientHellos. The Finished opens, for the keys are "
               "right, and says another thing.", right=True),
        Option("The server at once: every message has a checksum",
               "TLS has none for messages in the clear, and TCP's is mended by whoever changes a "
               "byte."),
        Option("The client, when the ServerHello does not repeat its list",
               "A ServerHello names one suite and repeats no list."),
    ]),
]


def _number(value: int) -> str:
    return f"{value:,}"


_SHORT = 40
_ROOT = _number(2 ** (_SHORT // 2))
_ORDER_LENGTH, _SECRET_LENGTH = 100, 16
_GLUE = len(padding(_ORDER_LENGTH + _SECRET_LENGTH))
_GLUE_ALONE = len(padding(_ORDER_LENGTH))


def _hex(info: bytes) -> str:
    return info.hex(" ")


_RIGHT_INFO = hkdf_label("iv", b"", 12)


def _hellos() -> Question:
    """How much of a conversation that the lesson did not use has been hashed after both hellos."""
    visit = load("tls13_mlkem")
    hellos = [visit.find("client_hello"), visit.find("server_hello")]
    records = sum(len(one.wire) for one in hellos)
    messages = sum(len(one.data) for one in hellos)
    sizes = " and ".join(_number(len(one.wire)) for one in hellos)
    return Question("02-quiz-transcript", f"In another conversation ClientHello and ServerHello "
                    f"cross as records of {sizes} bytes, one message in each. How many bytes have "
                    "gone into the transcript hash when both have been seen?", [
        Option(_number(records), "You hashed the envelopes: each record has a header of 5 bytes."),
        Option(_number(messages), "Both records, less 5 bytes of header each.", right=True),
        Option(_number(messages - 8), "The 4 bytes of type and length belong to the message: they "
               "count."),
        Option("32", "That is how many come out. Any number goes in."),
    ])


QUIZ = [
    Question("02-quiz-birthday", f"A service names its files by the first {_SHORT} bits of their "
             "SHA-256. After about how many files do two have the same name?", [
        Option(_number(2**_SHORT), "That is how many names there are. Two meet long before."),
        Option(_ROOT, "About the root of the number of names, at which the chance is near one "
               "half.", right=True),
        Option(_number(2 ** (_SHORT - 1)), "Half of the names: for one given name, perhaps. Here "
               "any two may agree."),
        Option(_number(2 ** (_SHORT // 4)), "Too few: that many make far fewer pairs than there "
               "are names."),
    ]),
    Question("02-quiz-padding", f"A shop's tag is SHA-256(secret + order): a secret of "
             f"{_SECRET_LENGTH} bytes, an order of {_ORDER_LENGTH}. Mallory adds something. How "
             "many bytes of padding does she put in between?", [
        Option(_number(_GLUE_ALONE), "That is for the order alone. The secret was hashed in front "
               "of it."),
        Option("none", "The tag is the state behind the padding: without it the shop's hash never "
               "gets there."),
        Option(_number(_GLUE), f"{_SECRET_LENGTH + _ORDER_LENGTH} bytes and the padding fill whole "
               "blocks of 64.", right=True),
        Option(_number(_GLUE + 64), "One block too many: it fills up to the next end of a "
               "block."),
    ]),
    Question("02-quiz-mac", "A message crosses with its HMAC behind it. Nothing else was done to "
             "it. What can somebody who listens, without the key, do?", [
        Option("Read it, but not change it without being noticed",
               "Integrity without secrecy. For both one takes an AEAD, as in lesson 01.",
               right=True),
        Option("Read nothing: the MAC hides the message", "The message stands there in the clear. "
               "A MAC says that it is unchanged; it hides nothing."),
        Option("Read it, and change it if the tag is computed anew",
               "The tag cannot be computed without the key."),
        Option("Check that it is unchanged", "That takes the same key as making the tag: checking "
               "is computing it again."),
    ]),
    Question("02-quiz-random", "You see 32 bytes that look entirely random. What follows?", [
        Option("They were made with a key", "A bare SHA-256 of the word “yes” looks just like it."),
        Option("They are encrypted", "A digest looks like this, too, and there is nothing in it to "
               "decrypt."),
        Option("They are safe to use as a key", "If they are the hash of something guessable, they "
               "are as guessable as that."),
        Option("Nothing: a hash anybody can compute looks the same",
               "How bytes look says nothing about who could have made them.", right=True),
    ]),
    Question("02-quiz-info", "TLS 1.3 makes an IV of 12 bytes from a traffic secret. Which info "
             "does HKDF-Expand get?", [
        Option(_hex(b"iv"), "That is the bare label. Around it stand two lengths, a prefix and the "
               "context."),
        Option(_hex(b"\0\x0c\x02iv\0"), "Right in form, but every label begins with “tls13 ”."),
        Option(_hex(_RIGHT_INFO), "Length 12, a label of 8 bytes, “tls13 iv”, and an empty "
               "context.", right=True),
        Option(_hex(_RIGHT_INFO[:-1]), "Nearly: the context's own length, 0 here, is missing at "
               "the end."),
    ]),
    _hellos(),
    Question("02-quiz-repair", "Mallory changes a byte of the ClientHello. Suppose she could even "
             "read every message and compute the transcript hashes. Why can she still not mend "
             "the Finished?", [
        Option("SHA-256 cannot be computed backwards", "She does not need to: she has all that "
               "goes in."),
        Option("Finished is signed with the certificate's key", "It is a MAC, not a signature. The "
               "key is made from the handshake's own secret."),
        Option("The transcript hash is secret", "Anybody who sees the messages can compute it. "
               "What protects is the key."),
        Option("She lacks the key of the HMAC", "It comes from a secret that only the two ends "
               "have. The hash alone would have protected nothing.", right=True),
    ]),
]
