"""Wrong tries at the exercises of lesson 08, as learners write them: (what, words of the help).

A value is what is handed in (text after "=" is computed from `other_hello`); for a function it is
the body. For the Finished it is a change to the worked steps.
"""

from hashlib import sha256

from helpers.sources import load
from tests.exercises.openfinished import AESGCM, p_sha256

OTHER_HELLO = load("tls12_ecdhe_ecdsa").find("server_hello").data.hex(" ")
NAMES: dict[str, object] = {"p_sha256": p_sha256, "AESGCM": AESGCM, "sha256": sha256}
PARAMETERS = {
    "08-server-share": "message",
    "08-signed-bytes": "client_random, server_random, message",
    "08-write-keys": "master_secret, client_random, server_random",
    "08-transcript": "records",
    "08-ticket": "ticket, ticket_key, client_random, server_random",
    "08-decrypt-finished": "pre_master_secret, client_random, server_random, record",
}

FIRST_BYTE = [
    (None, "Put a number"), (2, "each of them takes 80 ms"), (3, "each of them takes 80 ms"),
    (4, "number of round trips"), (5, "number of round trips"), (10, "number of round trips"),
    (80, "Only one round trip"), (120, "A flight takes 40 ms"), (160, "TCP has to be opened"),
    (200, "server's Finished, too"), (280, "arrives at the server"), (320, "the response"),
    (400, "one way only"), (800, "ten steps"), (0.24, "seconds"), (0.16, "seconds"),
    ("0.24 s", "seconds"), ("80 * 2", "quotation marks"), ("three", "Count the round trips"),
    (100, "Multiply by 80"), (0, "Multiply by 80"), (-240, "Multiply by 80"),
    (241, "Multiply by 80"), (True, "truth value"), ([80, 160], "Multiply by 80"),
]  # fmt: skip

SUITE = [
    (None, "as hex between quotes"), ("", "no bytes in it"), ("c02f", "another visit"),
    ("C0 2F", "another visit"), ("009c", "RSA visit"), ("39", "a position"), ("71", "a position"),
    (71, "a position"), (39, "a position"), ("0000", "compression"), ("a900", "One byte too late"),
    ("A9 00", "One byte too late"), ("46cc", "One byte too early"), ("a9cc", "the wrong way round"),
    ("0303", "the version"), ("0200", "4-byte header"), ("f06a", "belong to the session id"),
    ("6446", "in the session id"), ("20f0", "length of the session id"),
    ("7b70", "in the random"), ("c02b", "first suite"), ("cca8", "do not stand in this"),
    ("000000", "after the suite"), ("= text[39:41]", "three characters"),
    ("= text[71:73]", "three characters"), ("= text[39:44]", "three characters"),
    ("= text[38:40]", "three characters"), ("= text[71:75]", "three characters"),
    ("= text[142:146]", "slice of the text"), ("= data[39:41]", "belong to the session id"),
    ("= data[71:]", "two bytes long"), ("= data", "in there somewhere"),
    ("= data[70:72]", "too early"),
    ("= data[72:74]", "too late"), ("= data[71]", "one index"), ("cc", "One byte only"),
    ("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "a name"), ("cc a", "three characters"),
    ("6cca", "cut a byte in two"), (["cc", "a9"], "holds whole numbers"),
]  # fmt: skip

SHARE = [
    ("...", "Replace the ..."), ("return message", "the whole message"),
    ("return message[7:39]", "length in front of the share"),
    ("return message[9:41]", "straight behind its length byte"),
    ("return message[9:]", "straight behind its length byte"),
    ("return message[8:40]", "Read its length"), ("return message[4:36]", "the curve"),
    ("return message[4:8 + message[7]]", "the curve"),
    ("return message[8:8 + message[7] - 1]", "one byte too early"),
    ("return message[8:9 + message[7]]", "one byte too late"),
    ("return message[9:9 + message[7]]", "straight behind its length byte"),
    ("return message[7:7 + message[7]]", "length in front of the share"),
    ("return message[7:8 + message[7]]", "starts one byte later"),
    ("return message[8:]", "the signature is in it"), ("return message[8:message[7]]", "where it"),
    ("return message[7]", "One index, x[7], gives a number"), ("return message[7:8]", "behind it"),
    ("return message[:8 + message[7]]", "message's header"),
    ("return message[-32:]", "straight behind its length byte"),
    ("return message[8:8 + message[6]]", "length byte says"),
    ("return message[8:8 + message[8]]", "length byte says"),
    ("return message[8:8 + message[7]].hex()[2:]", "straight behind"),
    ("return message[8:8 + message[7]][::-1]", "the wrong way round"),
    ("return message[8:8 + length]", "Check its spelling"), ("return message[1000]", "behind the"),
    ("return message[8:8 + message[7:8]]", "x[7:8]"), ("print(message)", "returns nothing"),
    ("return message.share", "in front of the dot"),
]  # fmt: skip

_C, _S, _M = "client_random", "server_random", "message"
_P = "message[4:8 + message[7]]"
SIGNED = [
    ("...", "Replace the ..."), (f"return {_C} + {_S} + {_M}", "the whole message"),
    (f"return {_M}", "Only bytes of the message"), (f"return {_C} + {_P}", "server's random is"),
    (f"return {_S} + {_P}", "client's random is"), (f"return {_P} + {_C} + {_S}", "Another order"),
    (f"return {_C} + {_P} + {_S}", "Another order"), (f"return {_C} + {_S}", "parameters are mis"),
    (f"return {_C} + {_S} + message[5:8 + message[7]]", "begin earlier"),
    (f"return {_C} + {_S} + message[5:]", "begin earlier"),
    (f"return {_C} + {_S} + message[3:8 + message[7]]", "header (4 bytes) is not"),
    (f"return sha256({_C} + {_S} + {_P}).digest()", "You hashed it"),
    (f"return sha256({_C} + {_S} + {_P})", ".digest()"),
    (f"return {_C} + {_S} + message[4:40]", "a fixed place"),
    ("return message[8 + message[7]:]", "the signature itself"),
    ("return message[12 + message[7]:]", "the signature itself"),
    (f"return {_C} + {_S} + message[4:7 + message[7]]", "one byte too early"),
    (f"return {_C} + {_S} + message[4:9 + message[7]]", "one byte too late"),
    (f"return {_C} + {_S} + message[4:]", "cannot sign itself"),
    (f"return {_C} + {_S} + message[8:8 + message[7]]", "The curve and the length"),
    (f"return {_S} + {_C} + {_P}", "client's random comes first"),
    (f"return {_P}", "impostor"), (f"return ({_C} + {_S} + {_P}).hex()[:-2]", "one byte too early"),
    (f"return {_C} + {_S} + message[4:8] + message[7]", "Only bytes can be joined"),
    ("return b''", "nothing in it"), ("return b'x' * 9", "None of this is in the input"),
]  # fmt: skip


def _block(seed: str, cut: str = "[16:32]", secret: str = "master_secret") -> str:
    return f"return p_sha256({secret}, {seed}, 120){cut}"


_K = 'b"key expansion"'
WRITE_KEYS = [
    ("...", "Make the key block"), (_block(f"{_K} + {_S} + {_C}", "[15:31]"), "one byte too early"),
    (_block(f"{_K} + {_S} + {_C}", "[17:33]"), "one byte too late"),
    (_block(f"{_K} + {_S} + {_C}", "[:16]"), "client's write key"),
    (_block(f"{_K} + {_S} + {_C}", "[32:48]"), "IVs"),
    (_block(f"{_K} + {_S} + {_C}", "[36:40]"), "IVs"),
    (_block(f"{_K} + {_S} + {_C}", ""), "not 120"),
    (_block(f"{_K} + {_S} + {_C}", "[16:]"), "a key has 16"),
    (_block(f"{_K} + {_S} + {_C}", "[8:24]"), "starts in the wrong place"),
    (_block(f"{_S} + {_C}"), "label is missing"), (_block(f"{_C} + {_S}"), "label is missing"),
    (_block(f'b"key_expansion" + {_S} + {_C}'), "letter by letter"),
    (_block(f'b"Key Expansion" + {_S} + {_C}'), "letter by letter"),
    (_block(f"{_S} + {_C} + {_K}"), "comes first in the seed"),
    (_block(f"{_K} + {_C} + {_S}"), "server's random comes first"),
    (_block(f"{_K} + {_C} + {_S}", "[:16]"), "server's random comes first"),
    (_block(f'b"master secret" + {_S} + {_C}'), '"key expansion"'),
    (_block(_K), "The randoms are missing"), (_block(f"{_K} + {_S}"), "Only one random"),
    ("return master_secret[16:32]", "cut from the master secret"),
    ("return master_secret", "cut from the master secret"),
    (_block(f'"key expansion" + {_S} + {_C}'), "needs a b in front"),
    (_block(f"{_K} + {_S} + {_C}", "[16]"), "no key block"),
    (_block(f'b"finished" + {_S} + {_C}'), "in no key block"),
    ("return p_sha256(master_secret, 16)", "how many arguments"),
    ("return prf_sha256(master_secret)", "run that cell first"),
    (f"return {_S} + {_C}", "randoms themselves"),
]  # fmt: skip

def _hashed(what: str, which: str = "if r[0] == 22", end: str = ".digest()") -> str:
    return f'return sha256(b"".join({what} for r in records {which})){end}'


TRANSCRIPT = [
    ("...", "which byte tells its type"), (_hashed("r[5:]", "if r[0] == '22'"), "hash of nothing"),
    (_hashed("r[5:]", "if r[0] == 0x22"), "hash of nothing"),
    (_hashed("r[5:]", "if r[0] == 16"), "hash of nothing"),
    (_hashed("r[5:]", "if r[0] == b'\\x16'"), "hash of nothing"),
    (_hashed("r[5:]", "if r[0] == 22", ""), ".digest()"),
    (_hashed("r[5:]", "if r[0] == 22", ".hexdigest()[:62]"), "32 bytes"),
    (_hashed("r[4:]"), "4 bytes off each"), (_hashed("r[6:]"), "6 bytes off each"),
    (_hashed("r[9:]"), "does count"), (_hashed("r"), "record headers too"),
    (_hashed("r", ""), "whole records"), (_hashed("r[5:]", ""), "ChangeCipherSpec as well"),
    (_hashed("r[5:]", "if r[0] != 22"), "only the ChangeCipherSpec"),
    (_hashed("r[5:]", "if r[0] == 20"), "only the ChangeCipherSpec"),
    ('return sha256(b"".join(r[5:] for r in records[::-1] if r[0] == 22)).digest()', "order"),
    ('return b"".join(r[5:] for r in records if r[0] == 22)', "Now hash them"),
    ('return b"".join(sha256(r[5:]).digest() for r in records if r[0] == 22)', "hash once"),
    ('return sha256(b"".join(records)[5:]).digest()', "only the first header"),
    ('return sha256(b"".join(r[5:] for r in records[:-3])).digest()', "last mess"),
    ('return sha256(b"".join(r[5:] for r in records[1:] if r[0] == 22)).digest()', "begins with"),
    ("return sha256(records[0][5:]).digest()", "ClientHello alone"),
    ("return sha256(records[5:]).digest()", "Bytes are wanted"), ("return b'x'", "32 bytes"),
    ("return records[0][5:]", "not hashed yet"), ("return sha256(b'x').digest()", "less 5"),
    (_hashed("r[:5]"), "kept the headers"), ("return sha256().digest()", "hash of nothing"),
    ("return records", "A list stands for"),
]  # fmt: skip

# Each is a pair of texts in the worked steps: what stood there, and what a learner put.
TICKET = [
    (("return p_sha256", "return; p_sha256"), "First open the ticket"),
    (("ticket_key)", "ticket)"), "AESGCM(ticket_key)"),
    (("ticket_key)", "client_random)"), "AESGCM(ticket_key)"),
    (("ticket[:12]", "ticket[:16]"), "first 12 bytes of the ticket; yours has 16"),
    (("ticket[:12]", "ticket[12:24]"), "very beginning"),
    (("ticket[:12]", "ticket[-12:]"), "very beginning"),
    (("ticket[:12]", "bytes(12)"), "very beginning"),
    (("ticket[:12], ticket[12:]", "ticket[12:], ticket[:12]"), "Nonce first"),
    (("ticket[12:]", "ticket"), "still in front of the ciphertext"),
    (("ticket[12:]", "ticket[12:-16]"), "The tag is cut off"),
    (("ticket[12:]", "ticket[16:]"), "everything behind the nonce"),
    ((", None)", ", client_random)"), "no additional data"),
    ((", None)", ", ticket[:12])"), "no additional data"), ((", None)", ")"), "how many arguments"),
    (("inside[5:53]", "inside[:48]"), "begins too early"),
    (("inside[5:53]", "inside[4:52]"), "begins too early"),
    (("inside[5:53]", "inside[6:54]"), "begins too late"),
    (("inside[5:53]", "inside[5:52]"), "You took 47 bytes"),
    (("inside[5:53]", "inside[5:48]"), "You took 43 bytes"),
    (("inside[5:53]", "inside[4:53]"), "You took 49 bytes"),
    (("inside[5:53]", "inside[5:]"), "all the rest of the ticket"),
    (("inside[5:53]", "inside"), "the whole of what is in the ticket"),
    (("inside[5:53]", "ticket[5:53]"), "sealed. Open it with"),
    (("inside[5:53]", "ticket_key"), "opens the ticket, and that is all"),
    (("inside[5:53]", "inside[5]"), "Bytes are wanted there"),
    (("server_random + client", "client_random + client"), "One random stands twice"),
    (("server_random + client_random", "client_random + server_random"), "server's random comes"),
    (("key expansion", "key_expansion"), "letter by letter"),
    (("key expansion", "master secret"), "label of the master secret"),
    (('b"key expansion" + ', ""), "label is missing"),
    (("[16:32]", "[:16]"), "client's write key"), (("[16:32]", "[15:31]"), "one byte too early"),
    (("[16:32]", "[32:36]"), "IVs"), (("[16:32]", ""), "not 40"),
    (("return p_sha256(master, seed, 40)[16:32]", "return master"), "not inside it"),
    (("return p_sha256(master, seed, 40)[16:32]", "return master[16:32]"), "not inside it"),
    (("return p_sha256(master, seed, 40)[16:32]", "return inside"), "no key is in it at all"),
    (("return p_sha256(master, seed, 40)[16:32]", "return inside[53:69]"), "no key is in it"),
    (("return p_sha256(master, seed, 40)[16:32]", "return ticket[:16]"), "as it is: sealed"),
]  # fmt: skip
TICKET_STEPS = """
    inside = AESGCM(ticket_key).decrypt(ticket[:12], ticket[12:], None)
    master = inside[5:53]
    seed = b"key expansion" + server_random + client_random
    return p_sha256(master, seed, 40)[16:32]
"""

FINISHED = [
    (("return AESGCM", "return; AESGCM"), "one after the other"),
    (("keys[0:16]", "keys[16:32]"), "server's write key"),
    (("keys[0:16]", "keys[1:17]"), "another"),
    (("master secret\" + c + s", "master secret\" + s + c"), "In the seed of the master secret"),
    (("expansion\" + s + c", "expansion\" + c + s"), "In the seed of the key block"),
    (("master secret\" + c", "mastersecret\" + c"), "label of the master secret"),
    (("key expansion", "key_expansion"), "label of the key block"),
    (("p_sha256(master,", "p_sha256(pre,"), "First make the master secret"),
    (("c + s, 48)", "c + s, 40)"), "48 bytes"), (("keys[0:16]", "keys[0:32]"), "place or length"),
    (("keys[0:16]", "master[0:16]"), "a secret itself"), (("keys[0:16]", "keys[0:15]"), "length"),
    (("keys[0:16]", "bytes(16)"), "Check both seeds"), (("keys[32:36]", "keys[36:40]"), "server's"),
    (("keys[32:36] + record[5:13]", "record[5:17]"), "all of it from the record"),
    (("keys[32:36] + record[5:13]", "record[5:13] + keys[32:36]"), "wrong order"),
    (("keys[32:36]", "keys[28:32]"), "where in the key block"), (("[5:13]", "[4:12]"), "explicit"),
    (("[5:13]", "[5:13][::-1]"), "turned round"), (("record[5:13]", "bytes(8)"), "sequence number"),
    (("keys[32:36] +", ""), "all of it from the record"),
    (("record[13:]", "record[5:]"), "explicit"),
    (("record[13:]", "record"), "whole record"), (("record[13:]", "record[13:-16]"), "tag is cut"),
    (("record[13:]", "record[12:]"), "too early"), (("record[13:]", "record[14:]"), "too late"),
    (("- 16)", ")"), "counts the tag"), (("bytes(8)", "bytes(7) + b'\\1'"), "counts encrypted"),
    (("len(sealed) - 16", "len(record) - 5"), "that of the record"),
    (("bytes(8) + record[0:3] + length", "bytes(8) + record[0:5]"), "that of the record"),
    (("bytes(8) + record[0:3] + length", "record[0:5]"), "header alone"),
    (("bytes(8) + record[0:3] + length", "None"), "It is missing"),
    (("bytes(8) + record[0:3] + length", "b''"), "It is missing"),
    (("bytes(8) + record", "record"), "should have 13"),
    (("(2, \"big\")", "(2, \"little\")"), "litt"),
    (("return AESGCM(key).decrypt(nonce, sealed, more)", "return sealed[:-16]"), "to be decrypted"),
    (("sealed, more)", "sealed, more)[4:]"), "4-byte header"),
    (("return AESGCM", "return AES"), "run"),
    (("return AESGCM(key).decrypt(nonce, sealed, more)", "return master"), "first of four steps"),
    (("nonce, sealed, more", "sealed, nonce, more"), "order of the arguments"),
    (("sealed, more)", "sealed)"), "how many arguments"),
]  # fmt: skip
FINISHED_STEPS = """
    pre, c, s = pre_master_secret, client_random, server_random
    master = p_sha256(pre, b"master secret" + c + s, 48)
    keys = p_sha256(master, b"key expansion" + s + c, 40)
    key, nonce, sealed = keys[0:16], keys[32:36] + record[5:13], record[13:]
    length = (len(sealed) - 16).to_bytes(2, "big")
    more = bytes(8) + record[0:3] + length
    return AESGCM(key).decrypt(nonce, sealed, more)
"""

TRIES = {
    "08-first-byte": FIRST_BYTE, "08-cipher-suite": SUITE, "08-server-share": SHARE,
    "08-signed-bytes": SIGNED, "08-write-keys": WRITE_KEYS, "08-transcript": TRANSCRIPT,
    "08-ticket": TICKET, "08-decrypt-finished": FINISHED,
}  # fmt: skip
STEPS = {"08-decrypt-finished": FINISHED_STEPS, "08-ticket": TICKET_STEPS}
STARTER = {"text": OTHER_HELLO, "data": bytes.fromhex(OTHER_HELLO)}
