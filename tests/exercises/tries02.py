"""Wrong tries at the exercises of lesson 02, as learners write them: (what, words of the help).

A value is what is handed in ("= ..." is computed). For a function a text is its whole body, and a
pair of texts is a change to the worked solution: what stood there, and what was put.
"""

import hmac
from hashlib import md5, sha1, sha256, sha384

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from helpers.experiments import stolen_digest
from helpers.sources import load
from helpers.toy import padding, resume

NAMES: dict[str, object] = {
    "hmac": hmac, "sha256": sha256, "sha384": sha384, "md5": md5, "sha1": sha1, "SHA256": SHA256,
    "HKDFExpand": HKDFExpand, "padding": padding, "resume": resume, "stolen": stolen_digest(),
    "GLOBAL_SECRET": load("tls13_x25519").secret("server_handshake_traffic_secret"),
}  # fmt: skip
PARAMETERS = {
    "02-forge": "tag, order, more, secret_length", "02-hmac": "key, message",
    "02-expand": "secret, info, length", "02-label": "secret, label, context, length",
    "02-finished": "traffic_secret, records, messages",
}  # fmt: skip
STEPS = {
    "02-forge": """
    hashed = secret_length + len(order)
    glue = padding(hashed)
    already = hashed + len(glue)
    return order + glue + more, resume(tag, already, more)
""",
    "02-hmac": """
    if len(key) > 64:
        key = sha256(key).digest()
    block = key + bytes(64 - len(key))
    inner = bytes(byte ^ 0x36 for byte in block)
    outer = bytes(byte ^ 0x5C for byte in block)
    return sha256(outer + sha256(inner + message).digest()).digest()
""",
    "02-expand": """
    block, output, number = b"", b"", 1
    while len(output) < length:
        block = hmac.digest(secret, block + info + bytes([number]), "sha256")
        output += block
        number += 1
    return output[:length]
""",
    "02-label": """
    full = b"tls13 " + label.encode()
    info = length.to_bytes(2, "big") + bytes([len(full)]) + full
    info += bytes([len(context)]) + context
    return HKDFExpand(SHA256(), length, info).derive(secret)
""",
    "02-finished": """
    clear = [record[5:] for record in records if record[0] == 22]
    transcript_hash = sha256(b"".join(clear + messages)).digest()
    info = b"\\x00\\x20" + b"\\x0e" + b"tls13 finished" + b"\\x00"
    finished_key = HKDFExpand(SHA256(), 32, info).derive(traffic_secret)
    return hmac.digest(finished_key, transcript_hash, "sha256")
""",
}

PIN = [
    (None, "from \"0000\" to"), ("= stolen", "That is a digest"),
    ("= stolen.hex()", "That is a digest"), ("= stolen.hex()[:4]", "first signs"),
    ("= stolen.hex()[-4:]", "last signs"), ("0000", "where a search begins"),
    ("9999", "where a search ends"), (1234, "begins with"), ("1234", "begins with"),
    ("0815", "begins with"), (42, "begins with"), (b"4711", "begins with"), ("12", "four digits"),
    ("12345", "four digits"), (123456, "four digits"), ("abcd", "four digits"), ("", "four digits"),
    (["1", "2", "3", "4"], "four digits"), (12.5, "four digits"), (True, "four digits"),
]  # fmt: skip

ALREADY = [
    ("122 bytes", "padding is not counted"),
    (None, "number of bytes"), (122, "padding is not counted"), (128, "nine bytes at least"),
    (76, "one of the three"), (46, "one of the three"), (70, "padding alone"), (1536, "in bits"),
    (3, "how many blocks"), (64, "One block"), (2, "whole number of blocks"), (174, "of the order"),
    (140, "of the secret alone"), (116, "one of the two"), (146, "one of the two"),
    (203, "addition has not"), (256, "not so many"), (200, "part of the padding"),
    (201, "part of the padding"), (131, "whole number of blocks"), (0, "Count bytes"),
    (-1, "Count bytes"), (b"\0", "number of bytes"), ("many", "number of bytes"), (96.5, "number"),
    ([46, 76, 70], "number of bytes"), (True, ""),
]  # fmt: skip

FORGE = [
    ("...", "Begin with the padding"), ("return order + more, tag", "kept the old tag"),
    ("return order + more", "two values"), ("return tag", "two values"),
    (("order + glue + more, ", "order + more, "), "padding has to be in the forged order"),
    (("order + glue + more, ", "order + glue + glue + more, "), "stands there twice"),
    (("order + glue + more, ", "order + more + glue, "), "very end"),
    (("order + glue + more, ", "glue + order + more, "), "in front of the order"),
    (("order + glue + more, ", "bytes(secret_length) + order + glue + more, "), "not yours to"),
    (("order + glue + more, ", "order[:-4] + glue + more, "), "begins with the old one"),
    (("order + glue + more, ", "order + bytes(len(glue)) + more, "), "not the padding of the old"),
    (("hashed = secret_length + len(order)", "hashed = len(order)"), "secret"),
    (("hashed = secret_length + len(order)", "hashed = secret_length"), "as long as the secret"),
    (("padding(hashed)", "padding(len(order))"), "whole number of blocks"),
    (("padding(hashed)", "padding(8 * hashed)"), "whole number of blocks"),
    (("padding(hashed)", "padding(hashed + len(more))"), "also counts the addition"),
    (("already = hashed + len(glue)", "already = hashed"), "padding is not counted in"),
    (("already = hashed + len(glue)", "already = len(order) + len(glue)"), "secret is not counted"),
    (("already = hashed + len(glue)", "already = secret_length + len(glue)"), "order is not count"),
    (("already = hashed + len(glue)", "already = len(glue)"), "Only the padding"),
    (("already = hashed + len(glue)", "already = hashed + len(glue) + len(more)"),
     "addition is not hashed yet"),
    (("already = hashed + len(glue)", "already = hashed + len(glue) + 1"), "something else"),
    (("already = hashed + len(glue)", "already = hashed + len(padding(len(order)))"),
     "order alone"),
    (("already = hashed + len(glue)", "already = None"), ""),
    ("pad = padding(secret_length + len(order) + len(more))\n    already = secret_length + "
     "len(order) + len(pad)\n    return order + more + pad, resume(tag, already, more)",
     "also counts the addition"),
    (("resume(tag, already, more)", "resume(sha256(order), already, more)"), ""),
    (("resume(tag, already, more)", "sha256(tag + sha256(more)).digest()"), ".digest()"),
    (("already = hashed + len(glue)", "already = 64"), "second argument of resume"),
    (("already = hashed + len(glue)", "already = 0"), "second argument of resume"),
    (("resume(tag, already, more)", "tag"), "That is the old tag"),
    (("resume(tag, already, more)", "sha256(order + glue + more).digest()"), "without the secret"),
    (("resume(tag, already, more)", "sha256(tag + more).digest()"), "The tag is a state"),
    (("resume(tag, already, more)", "resume(tag, already, order + glue + more)"), "Only the add"),
    (("resume(tag, already, more)", "resume(tag, already, glue + more)"), "already in the old tag"),
    (("resume(tag, already, more)", "resume(order, already, more)"), "first argument of resume"),
    ("return resume(tag, 64, more), order + padding(secret_length + len(order)) + more", "way ro"),
    (("return order", "return glued_order"), "spelling"),
]  # fmt: skip

HMAC = [
    ("...", "First bring the key"), ("return sha256(key + message).digest()", "inner hash with"),
    ("return sha256(key + message)", ".digest()"),
    (("inner + message).digest()", "inner + message)"), "hash object"),
    ("block = key.ljust(64, b'\\0')\n    i, o = bytes(x ^ 0x36 for x in block), "
     "bytes(x ^ 0x5c for x in block)\n    return sha256(o + sha256(i + message).digest()).digest()",
     "longer than a block"),
    (("bytes(64 - len(key))", "b'0' * (64 - len(key))"), "byte 30 in hex"),
    (("byte ^ 0x5C for byte in block", "byte ^ 0x5C for byte in inner"), "from the filled key"),
    ("return sha256(key + sha256(key + message).digest()).digest()", "0x36 inside"),
    ("block = key + bytes(64 - len(key))\n    i, o = bytes(x ^ 36 for x in block), "
     "bytes(x ^ 5 for x in block)\n    return sha256(o + sha256(i + message).digest()).digest()",
     "both in hex"), (("0x36", "0x5C"), "opad goes outside only"),
    (("0x5C", "0x36"), "ipad inside and outside"), (("0x36", "36"), "0x36"),
    ("b = key + bytes(64 - len(key))\n    i, o = bytes(x ^ 0x5C for x in b), "
     "bytes(x ^ 0x36 for x in b)\n    return sha256(o + sha256(i + message).digest()).digest()",
     "pads are exchanged"),
    (("key + bytes(64 - len(key))", "key"), "before* the XOR"),
    (("64 - len(key)", "32 - len(key)"), "length of the digest"),
    (("64 - len(key)", "128 - len(key)"), "SHA-512's"),
    (("key + bytes(64 - len(key))", "bytes(64 - len(key)) + key"), "behind, not in front"),
    (("key = sha256(key).digest()", "key = key[:64]"), "not cut off"),
    (("key = sha256(key).digest()", "pass"), "nothing to fill"),
    (("if len(key) > 64:", "if len(key) > 200:"), "hashed first"),
    (("if len(key) > 64:", "if len(key) >= 64:"), "longer* than a block"),
    (("if len(key) > 64:", "if True:"), "longer* than a block"),
    (("return sha256(outer + sha256(inner + message).digest()).digest()",
      "return sha256(inner + message).digest()"), "the inner hash. On its own"),
    (("return sha256(outer + sha256(inner + message).digest()).digest()",
      "return sha256(sha256(inner + message).digest()).digest()"), "without the key"),
    (("inner + message).digest()", "inner + message).hexdigest().encode()"), "hex text"),
    (("inner + message).digest()", "message + inner).digest()"), "message behind it"),
    (("outer + sha256(inner + message).digest()", "sha256(inner + message).digest() + outer"),
     "inner digest behind"),
    (("sha256(inner + message).digest()", "inner + message"), "not the message itself"),
    (("bytes(byte ^ 0x36 for byte in block)", "block"), "takes 0x36"),
    (("bytes(byte ^ 0x5C for byte in block)", "block"), "outer key is not XORed"),
    (("sha256(outer + sha256(inner", "sha384(outer + sha384(inner"), "another hash's"),
    (("inner + message).digest()", "message).digest()"), "no key in it"),
    ("return block", "spelling"), ("return hmac.digest(message, key, 'sha256')", "exchanged"),
    ("return key ^ message", ""), ("return b''", ""),
]  # fmt: skip

EXPAND = [
    ("...", "first block"), (("b\"\", b\"\", 1", "b\"\", b\"\", 0"), "begins with 1"),
    ((" + bytes([number])", ""), "count is missing"), (("block + info", "info"), "before is miss"),
    (("block + info + bytes([number])", "bytes([number]) + block + info"), "not the first"),
    (("block + info + bytes([number])", "info + block + bytes([number])"), "order is"),
    (("block + info + bytes([number])", "block + bytes([number]) + info"), "count comes last"),
    (("bytes([number])", "bytes(number)"), "so many zeros"),
    (("bytes([number])", "str(number).encode()"), "not a digit"),
    (("bytes([number])", "number.to_bytes(2, 'big')"), "one byte"),
    (("bytes([number])", "number.to_bytes(4, 'big')"), "one byte"),
    (("bytes([number])", "number"), "Only bytes"), (("number += 1", "pass"), "stays 1"),
    (("output += block", "output = block"), "loop does not end"),
    (("output += block", "pass"), "loop does not end"),
    (("secret, block + info + bytes([number])", "info, block + secret + bytes([number])"),
     "exchanged them"),
    (("block, output, number = b\"\"", "block, output, number = bytes(32)"), "not with zeros"),
    (("output[:length]", "output"), "cut the output"),
    (("output[:length]", "output[length:]"), "further on"),
    (("output[:length]", "block"), "throws away"),
    (("output[:length]", "output[:16]"), "asked for"),
    ("return hmac.digest(secret, info + b'\\1', 'sha256')", "asked for"),
    ("return hmac.digest(secret, info + b'\\1', 'sha256')[:length]", "asked for"),
    (("secret, block + info + bytes([number])", "block + info + bytes([number]), secret"),
     "key of the HMAC"),
    (("hmac.digest(secret, block + info + bytes([number]), \"sha256\")",
      "sha256(secret + block + info + bytes([number])).digest()"), "not a SHA-256 of"),
    ("return sha256(secret + info + b'\\1').digest()[:length]", "not a SHA-256 of"),
    (("block + info", "block + length.to_bytes(2, 'big') + info"), "length is not hashed"),
    (("block + info", "block + info + length.to_bytes(2, 'big')"), "length is not hashed"),
    ("return secret", "one of the inputs"), ("return bytes(length)", "Zeros"),
    ("return HKDFExpand(SHA256(), length, info + b'x').derive(secret)", ""),
]  # fmt: skip

LABEL = [
    ("...", "piece by piece"), (("b\"tls13 \" + ", ""), "begins with “tls13 ”"),
    (("tls13 ", "tls13"), "space is missing"), (("tls13 ", "TLS13 "), "not right"),
    (("tls13 ", "tls 1.3 "), "not right"),
    (("tls13 ", "tls 13 "), "not right"),
    (("return HKDFExpand(SHA256(), length, info).derive(secret)",
      "return hmac.digest(secret, info, 'sha256')[:length]"), "a count goes behind"),
    (("tls13 ", "tls13_"), "not right"),
    (("length.to_bytes(2, \"big\")", "length.to_bytes(2, \"little\")"), "wrong way round"),
    (("length.to_bytes(2, \"big\")", "bytes([length])"), "takes two bytes"),
    (("length.to_bytes(2, \"big\")", "length.to_bytes(4, \"big\")"), "two bytes"),
    (("length.to_bytes(2, \"big\") + ", ""), "lacks the output's length"),
    (("length.to_bytes(2, \"big\")", "b\"\\0\\x20\""), "fixed number"),
    (("bytes([len(full)]) + ", ""), "byte with the label's length"),
    (("bytes([len(full)])", "bytes([len(label)])"), "counts “tls13 ”"),
    (("bytes([len(full)])", "bytes([len(full) + 1])"), "not count itself"),
    (("bytes([len(full)])", "bytes([9])"), "for “tls13 key” only"),
    (("bytes([len(full)])", "len(full).to_bytes(2, 'big')"), "from byte 2 on"),
    (("bytes([len(context)]) + context", "context"), "context's length is missing"),
    (("bytes([len(context)]) + context", "b'\\0'"), "context is missing"),
    (("bytes([len(full)])", "bytes(len(full))"), "from byte 2 on"),
    (("label.encode()", "label"), "Only bytes"),
    (("return HKDFExpand(SHA256(), length, info).derive(secret)", "return info"), "it is right"),
    (("return HKDFExpand(SHA256(), length, info).derive(secret)", "return full"), "not quite"),
    (("HKDFExpand(SHA256(), length, info)", "HKDFExpand(SHA256(), length, label.encode())"),
     "label alone"),
    (("HKDFExpand(SHA256(), length, info)", "HKDFExpand(SHA256(), length, full)"), "nothing in it"),
    (("HKDFExpand(SHA256(), length, info)", "HKDFExpand(SHA256(), info, length)"), ""),
    (("length.to_bytes(2, \"big\") + bytes([len(full)]) + full", "full"), "from byte 0 on"),
    (("bytes([len(context)]) + context", "bytes([len(context)]) + context + b'\\0'"), "end there"),
    (("label.encode()", "label.upper().encode()"), "from byte 3 on"),
    ("return HKDFExpand(SHA256(), length, f'tls13 {label}'.encode()).derive(secret)", "nothing in"),
]  # fmt: skip

_KEY = "HKDFExpand(SHA256(), 32, info).derive(traffic_secret)"
FINISHED = [
    ("...", "Three steps"), (("record[5:]", "record"), "5-byte headers"),
    ((" if record[0] == 22", ""), "ChangeCipherSpec"),
    (("[record[5:] for record in records if record[0] == 22]", "records"), "whole records"),
    (("[record[5:] for record in records if record[0] == 22]", "[]"), "messages in the clear"),
    (("record[0] == 22", "record[0] == 20"), "ChangeCipherSpec is the one"),
    (("record[0] == 22", "record[0] == '22'"), "messages in the clear"),
    (("record[0] == 22", "record[0] == 0x22"), "messages in the clear"),
    (("record[5:]", "record[9:]"), "too much"), (("record[5:]", "record[4:]"), "exactly 5"),
    (("record[5:]", "record[6:]"), "exactly 5"),
    (("join(clear + messages)).digest()", "join(clear + messages)).hexdigest().encode()"),
     "not .hexdigest()"),
    (("join(clear + messages)).digest()", "join(clear + messages))"), ".digest()"),
    (("derive(traffic_secret)", "derive(GLOBAL_SECRET)"), "of a cell above"),
    (("record[0] == 22", "record[0] == b'\\x16'"), "is a number"),
    (("b\"\".join(clear + messages)", "b''.join(sha256(one).digest() for one in clear + messages)"),
     "every message by itself"),
    (("sha256(b\"\".join(clear + messages)).digest()",
      "b''.join(sha256(one).digest() for one in clear + messages)"), "every message by itself"),
    (("finished_key = " + _KEY, "finished_key = hmac.digest(traffic_secret, info, 'sha256')"),
     "a count goes behind"),
    (("b\"\".join(clear + messages)",
      "b''.join([one for one in records if one[0] == 22] + messages)[5:]"), "from all records"),
    (("clear + messages", "clear + [one[5:] for one in messages]"), "cut nothing off"),
    (("clear + messages", "clear + [one[4:] for one in messages]"), "4 bytes count"),
    (("clear + messages", "messages + clear"), "order counts"),
    (("clear + messages", "clear"), "opened messages are missing"),
    (("clear + messages", "messages"), "messages in the clear"),
    (("clear + messages", "clear + messages[:-1]"), "last messages"),
    (("clear + messages", "clear + messages[1:]"), "Some of the opened"),
    (("clear + messages", "clear[:1] + messages"), "ServerHello is missing"),
    (("finished_key = " + _KEY, "finished_key = traffic_secret"), "Expand it first"),
    (("transcript_hash, \"sha256\")", "b''.join(clear + messages), 'sha256')"), "themselves"),
    (("return hmac.digest(finished_key, transcript_hash, \"sha256\")", "return transcript_hash"),
     "Now the HMAC"),
    (("return hmac.digest(finished_key, transcript_hash, \"sha256\")", "return finished_key"),
     "key of the HMAC"),
    (("finished_key, transcript_hash,", "transcript_hash, finished_key,"), "exchanged key"),
    (("hmac.digest(finished_key, transcript_hash, \"sha256\")",
      "sha256(finished_key + transcript_hash).digest()"), "bare hash"),
    (("b\"\\x0e\" + b\"tls13 finished\"", "b\"\\x15\" + b\"tls13 server finished\""), "one word"),
    (("b\"\\x0e\" + b\"tls13 finished\"", "b\"\\x09\" + b\"tls13 key\""), "one word"),
    (("b\"\\x00\\x20\"", "b\"\\x00\\x10\""), "from byte 0 on"),
    (("SHA256(), 32, info", "SHA256(), 16, info"), "three steps"),
    (("transcript_hash, \"sha256\")", "transcript_hash, 'sha256')[:12]"), "Only TLS 1.2"),
    (("return hmac", "return b'\\x14\\0\\0\\x20' + hmac"), "verify_data alone"),
    (("sha256(b\"\".join(", "sha384(b\"\".join("), "Both hashes"),
    ("return sha256(b''.join(records + messages)).digest()", "whole records"),
]  # fmt: skip

TRIES = {"02-pin": PIN, "02-already": ALREADY, "02-forge": FORGE, "02-hmac": HMAC,
         "02-expand": EXPAND, "02-label": LABEL, "02-finished": FINISHED}
STARTER = NAMES
