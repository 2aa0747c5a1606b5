"""Wrong tries at the exercises of lesson 01, as learners write them: (what, words of the help).

A value is what is handed in; a text after "= " is computed from what the starter has. For a
function it is the body.
"""


from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from helpers.experiments import intercepted
from helpers.sources import load


def xor(one: bytes, other: bytes) -> bytes:
    """As the lesson defines it."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def by_hand(key: bytes, nonce: bytes, sealed: bytes) -> bytes:
    """CTR with GCM's counter, and never a look at the tag."""
    counter = modes.CTR(nonce + (2).to_bytes(4, "big"))
    return Cipher(algorithms.AES(key), counter).decryptor().update(sealed[:-16])


_VISIT = load("tls13_ecdsa")
_REQUEST = _VISIT.find("application_data", "client")
NAMES: dict[str, object] = {
    "xor": xor, "AESGCM": AESGCM, "ChaCha20Poly1305": ChaCha20Poly1305, "by_hand": by_hand,
    "gcm": AESGCM(bytes(32)),
    "client_key": _VISIT.secret("client_application_write_key_0"),
    "client_iv": _VISIT.secret("client_application_write_iv_0"),
    "record_header": _REQUEST.wire[:5], "record_body": _REQUEST.wire[5:],
    "record_nonce": lambda iv, sequence_number: None,
}  # fmt: skip
PARAMETERS = {
    "01-equal-blocks": "ciphertext",
    "01-change-payment": "ciphertext, position, old, new",
    "01-record-nonce": "iv, sequence_number",
    "01-open-record": "key, iv, sequence_number, record",
}
STARTER = dict(zip(("first", "other", "text"), intercepted(), strict=True)) | {"xor": xor}

SECOND_MESSAGE = [
    (None, "call of xor"), ("= xor(first, other)", "XOR the one you know away"),
    ("= xor(first, text)", "That is the pad"), ("= xor(text, first)", "That is the pad"),
    ("= xor(other, text)", "The first ciphertext is missing"), ("= text", "which you knew"),
    ("= text.decode()", "which you knew"), ("= other", "still encrypted"),
    ("= first", "first ciphertext"), ("= [a ^ b for a, b in zip(first, other)]", "you know away"),
    ("= xor(xor(first, other), text)[:20]", "a part of it"), ("Friday", "a part of it"),
    ("= xor(xor(first, first), text)", "which you knew"), ("", "twice, with both"),
    ("the password is swordfish", "twice, with both"), ("= xor(xor(first, other), first)",
                                                        "still encrypted"),
    ("= xor(xor(first, other), b'x' * 40)", "Those bytes are no text"),
    ("= [1, 2, 3]", "Those bytes are no text"),
    ("= [first, other]", "xor(...) from the first"), ("= (first, 2)", "xor(...) from the first"),
    ("= 7", "the number 7"),
    ("= xor(first, other).hex()", "twice, with both"),
    ("= xor", "a function itself"), ("= print", "a function itself"),
]  # fmt: skip

KEY_BITS = [
    (None, "number of hours"), (16, "one hour more for each bit"), (17, "Far too few"),
    (32, "Each single one"),
    (256, "multiplied by itself"), (32768, "half-way"), (131072, "One doubling too many"),
    (56, "bits of the longer key"), (1.4, "ratio of the two lengths"), (2, "Far too few"),
    (40, "Far too few"), (2**56, "how many keys"), (2**40, "how many keys"),
    (2**56 - 2**40, "how many times as many"), (65536 * 60, "looks like minutes"),
    (2**32, "Too many doublings"), (1000, "Go on doubling"), (65535, "Go on doubling"),
    ("2 ** 16", "quotation marks"), ("many", "whole number"), (True, "truth value"),
    (0, "Far too few"), (1, "Far too few"), (28, "Far too few"), (2 ^ 16, "^ is XOR"),
    (2**16 / 24, "but in days"), (2731, "but in days"), (2**16 / 8766, "but in years"),
    ("sixty", "written in digits"), (2**16 / 168, "but in weeks"),
]  # fmt: skip

_CUT = "[ciphertext[at:at + 16] for at in range(0, len(ciphertext), 16)]"
BLOCKS = [
    ("...", "Cut the ciphertext"), ("return len(set(ciphertext))", "different *bytes*"),
    ("return len(ciphertext)", "number of bytes"), ("return len(ciphertext) // 16", "how many b"),
    (f"return len({_CUT})", "how many b"),
    (f"return len({_CUT}) - len(set({_CUT}))", "been there before"),
    (f"return {_CUT}", "a list of"), (f"return set({_CUT})", "a set of"),
    ("return len({ciphertext[at:at + 16] for at in range(len(ciphertext))})", "overlap"),
    ("return len({ciphertext[at:at + 8] for at in range(0, len(ciphertext), 8)})", "shorter"),
    ("return len({ciphertext[at:at + 32] for at in range(0, len(ciphertext), 32)})", "longer"),
    ("return len({ciphertext[at] for at in range(0, len(ciphertext), 16)})", "a part of each"),
    (f"return sum({_CUT}.count(one) == 1 for one in {_CUT})", "exactly once"),
    ("return 30", "for every ciphertext"), ("return 2", "for every ciphertext"),
    ("return len({ciphertext[at:at + 16] for at in range(len(ciphertext) - 15)})", "overlap"),
    ("return len({ciphertext[at:at + 16] for at in range(16)})", "overlap"),
    ("return len({ciphertext[at:at + 16] for at in range(len(ciphertext) // 16)})", "overlap"),
    ("return len({ciphertext[at:at + 15] for at in range(0, len(ciphertext), 16)})",
     "a part of each"),
    ("return len({ciphertext[at:at + 15] for at in range(0, len(ciphertext), 15)})",
     "not of 16 bytes"),
    ("return len({ciphertext[at:at + 16] for at in range(0, len(ciphertext) + 1, 16)})",
     "One too many"),
    (f"cut = {_CUT}\n    return 1 + sum(a != b for a, b in zip(cut, cut[1:]))", "neighbour"),
    ("return len({ciphertext[at:at + 16] for at in range(0, ciphertext, 16)})", "range wants"),
    ("return len({list(ciphertext[at:at + 16]) for at in range(0, len(ciphertext), 16)})",
     "cannot hold lists"),
    ("print(ciphertext[:16])", "returns nothing"),
    ("return len({ciphertext[at, at + 16] for at in range(0, 32, 16)})", "has a colon"),
    ("return len(blocks)", "does not know that name"),
    ("return len(set(ciphertext.hex()))", "Leave out .hex()"),
    (f"return len(set({_CUT})) - 1", "One too few"),
    ("return len({ciphertext[at:at + 16] for at in range(0, len(ciphertext) - 16, 16)})",
     "One too few"),
    (f"return len(set({_CUT})) == len({_CUT})", "truth value"),
]  # fmt: skip

_END = "position + len(old)"
_PLACE = f"ciphertext[position:{_END}]"
_MASKED = f"xor(xor({_PLACE}, old), new)"
CHANGE = [
    ("...", "three parts"), (f"return {_MASKED}", "whole ciphertext is asked for"),
    (f"return ciphertext[:position] + new + ciphertext[{_END}:]", "wrote the new text"),
    (f"return ciphertext[:position] + xor({_PLACE}, new) + ciphertext[{_END}:]",
     "XORed the new text only"),
    (f"return ciphertext[:position] + xor({_PLACE}, old) + ciphertext[{_END}:]",
     "XORed the old text only"),
    (f"return ciphertext[:position] + {_MASKED}", "behind the change is missing"),
    (f"return {_MASKED} + ciphertext[{_END}:]", "in front of the change is missing"),
    ("return xor(old, new)", "difference of the two texts"),
    (f"return ciphertext[:position] + xor(old, new) + ciphertext[{_END}:]", "put the difference"),
    (f"return ciphertext[:position] + {_MASKED} + ciphertext[position:]", "do not insert or drop"),
    (f"return ciphertext[:position] + {_MASKED} + ciphertext[position + 1:]", "begins at"),
    ("return ciphertext", "Nothing is changed"),
    ("at = position\n    return ciphertext[:at] + xor(ciphertext[at:at + 1], xor(old, new)[:1]) "
     "+ ciphertext[at + 1:]", "XOR all of them"),
    ("at = position + 1\n    return ciphertext[:at] + xor(ciphertext[at:at + len(old)], "
     "xor(old, new)) + ciphertext[at + len(old):]", "one byte beside"),
    ("at = 0\n    return ciphertext[:at] + xor(ciphertext[at:at + len(old)], "
     "xor(old, new)) + ciphertext[at + len(old):]", "belongs at `position`"),
    ("return xor(ciphertext, xor(old, new))", "same length"),
    ("return xor(ciphertext[position:], new)", "same length"),
    ("return ciphertext[::-1]", "in front of `position` changed"),
    (f"return ciphertext[:position] + {_MASKED} + ciphertext[{_END}:][::-1]", "Something behind"),
    (f"return ciphertext[:position] + old + ciphertext[{_END}:]", "belong three things"),
    ("return ciphertext.replace(old, new)", "does not stand in the ciphertext"),
    ("ciphertext[position] = new", "in place"),
    (f"ciphertext[position:{_END}] = new\n    return ciphertext", "in place"),
    ("keystream = bytes(48)\n    return xor(ciphertext, keystream)", "same length"),
    ("return xor(ciphertext, keystream)", "has no keystream"),
    (f"return ciphertext[:position] + {_MASKED}.hex() + ciphertext[{_END}:]", "Only bytes"),
    ("return ciphertext[position] ^ old ^ new", "not on bytes"),
    (f"return ciphertext[:position] + bytes(len(old)) + ciphertext[{_END}:]", "three things"),
]  # fmt: skip

_NUMBER = 'sequence_number.to_bytes(12, "big")'
NONCE = [
    ("...", "consist of"), ("return iv", "IV alone"),
    (f"return {_NUMBER}", "number in 12"),
    ('return xor(iv, sequence_number.to_bytes(12, "little"))', "turned round"),
    ('return xor(iv, sequence_number.to_bytes(8, "big"))', "in 12 bytes, too"),
    ('return bytes(a ^ b for a, b in zip(iv, sequence_number.to_bytes(8, "big")))', "Only 8"),
    ('return iv[:4] + sequence_number.to_bytes(8, "big")', "You joined two parts"),
    ('return iv + sequence_number.to_bytes(8, "big")', "behind the IV"),
    ('return xor(iv, sequence_number.to_bytes(8, "big") + bytes(4))', "zeros stand behind"),
    (f"return xor(iv, {_NUMBER})[::-1]", "turned round"),
    (f"return iv + {_NUMBER}", "24 bytes"), ("return iv[::-1]", "IV turned round"),
    ('return xor(iv, (sequence_number + 1).to_bytes(12, "big"))', "next record"),
    ('return xor(iv, (sequence_number - 1).to_bytes(12, "big"))', "beside this one"),
    ('number = int.from_bytes(iv, "big") + sequence_number\n'
     '    return number.to_bytes(12, "big")', "added the number"),
    (f"return bytes(a | b for a, b in zip(iv, {_NUMBER}))", "That is OR"),
    ("return iv[:-1] + bytes([iv[-1] ^ sequence_number % 256])", "Only the last byte"),
    ("return xor(iv, sequence_number)", "bytes on both sides"),
    ("return iv ^ sequence_number", "not on bytes"), (f"return iv ^ {_NUMBER}", "not on bytes"),
    ("return xor(iv, bytes([sequence_number]))", "One byte holds"),
    ("return iv[:11] + bytes([iv[11] ^ sequence_number])", "One byte holds"),
    ("return client_iv", "IV of the cells above"),
    (f"return xor(client_iv, {_NUMBER})", "IV of the cells above"),
    ("return str(sequence_number).zfill(12).encode()", "in letters"),
    ("return xor(iv, str(sequence_number).zfill(12).encode())", "in letters"),
    ('return xor(iv, sequence_number.to_bytes(2, "big"))', "does not fit"),
    ("return bytes(12)", "Twelve zeros"), ("return b''", "It has 0 bytes"),
    (f"return xor(iv, {_NUMBER})[4:]", "It has 8 bytes"),
    (f"return xor(iv, {_NUMBER}).hex()[:-2]", "11 bytes"),
    ('return xor(sequence_number, iv.to_bytes(12, "big"))', "are the two swapped"),
]  # fmt: skip

OPEN_STEPS = """
    nonce = xor(iv, sequence_number.to_bytes(12, "big"))
    header, sealed = record[:5], record[5:]
    inner = AESGCM(key).decrypt(nonce, sealed, header)
    return inner.rstrip(b"\\0")[:-1]
"""
# Each is a pair of texts in the worked steps: what stood there, and what a learner put.
OPEN = [
    ((".rstrip(b\"\\0\")[:-1]", ""), "Decrypted!"), (("[:-1]", ""), "the content type"),
    ((".rstrip(b\"\\0\")", ""), "take them off first"), (("[:-1]", "[:-2]"), "One byte too many"),
    (("[:-1]", "[:-6]"), "end of the content is missing"),
    (("inner.rstrip(b\"\\0\")[:-1]", "inner[:-1].rstrip(b\"\\0\")"), "content type"),
    (("inner.rstrip(b\"\\0\")[:-1]", "inner[:-21]"), "end of the content"),
    (("inner.rstrip(b\"\\0\")[:-1]", "sealed"), "still encrypted"),
    (("inner.rstrip(b\"\\0\")[:-1]", "sealed[:-16]"), "still has to be decrypted"),
    (("\"big\"", "\"little\""), "turned round"), (("to_bytes(12", "to_bytes(8"), "in 12 bytes"),
    (("xor(iv, sequence_number.to_bytes(12, \"big\"))", "iv"), "IV alone"),
    (("xor(iv, sequence_number.to_bytes(12, \"big\"))", "sequence_number.to_bytes(12, \"big\")"),
     "number alone"),
    (("xor(iv, sequence_number.to_bytes(12, \"big\"))",
      "iv[:4] + sequence_number.to_bytes(8, \"big\")"), "You joined IV and number"),
    (("nonce, sealed, header", "sealed, nonce, header"), "order of the arguments"),
    (("nonce, sealed, header", "nonce, sealed, None"), "It is missing"),
    (("nonce, sealed, header", "nonce, sealed, b''"), "It is missing"),
    (("nonce, sealed, header", "nonce, record, header"), "whole record"),
    (("nonce, sealed, header", "nonce, sealed, record"), "whole record"),
    (("nonce, sealed, header", "nonce, sealed"), "how many arguments"),
    (("record[5:]", "record[5:-16]"), "tag is cut off"), (("record[5:]", "record[13:]"), "TLS 1.2"),
    (("record[5:]", "record[4:]"), "begins in the wrong place"),
    (("record[5:]", "record[5:-1]"), "ends too early"),
    (("record[:5]", "record[:3]"), "type and version only"),
    (("record[:5]", "bytes(8) + record[:5]"), "as in TLS 1.2"),
    (("record[:5]", "record[:4]"), "5 bytes, exactly"),
    (("record[:5]", "record[:3] + bytes(2)"), "as it was sent"),
    (("AESGCM(key)", "ChaCha20Poly1305(key)"), "sealed with AES-GCM"),
    (("AESGCM(key)", "gcm"), "made outside your function"),
    ((".decrypt", ".encrypt"), "call encrypt"),
    (("nonce, sealed, header", "nonce, header, sealed"), "order of the arguments"),
    (("AESGCM(key).decrypt(", "AESGCM.decrypt(key, "), "First make a cipher"),
    ((".rstrip(b\"\\0\")[:-1]", ".rstrip(b\"\\x17\\0\")"), "whatever it is"),
    (("AESGCM(key).decrypt(nonce, sealed, header)", "by_hand(key, nonce, sealed)"), "does not fit"),
    (("AESGCM(key)", "AESGCM(iv + bytes(4))"), "key is not the one"),
    (("sequence_number.to", "(sequence_number + 1).to"), "beside this one"),
    (("return inner", "return; inner"), "Four steps"),
    (("return inner.rstrip(b\"\\0\")[:-1]", "return inner.decode()"), "Leave out .decode()"),
    ("return ChaCha20Poly1305(client_key).decrypt(client_iv, record_body, record_header)",
     "record of the cells above"),
    ("return ChaCha20Poly1305(client_key).decrypt(client_iv, record_body, record_header)[:-1]",
     "record of the cells above"),
    ("return AESGCM(key).decrypt(record_nonce(iv, sequence_number), record[5:], record[:5])",
     "Is record_nonce solved"),
]  # fmt: skip

TRIES = {
    "01-second-message": SECOND_MESSAGE, "01-key-bits": KEY_BITS, "01-equal-blocks": BLOCKS,
    "01-change-payment": CHANGE, "01-record-nonce": NONCE, "01-open-record": OPEN,
}  # fmt: skip
STEPS = {"01-open-record": OPEN_STEPS}
