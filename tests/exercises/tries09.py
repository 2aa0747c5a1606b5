"""Wrong tries at the exercises of lesson 09, as learners write them: (what, words of the help).

A value is what is handed in; for a function it is the body, or a change to the worked steps.
"""

import hmac
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.experiments import fits, server_share_of
from helpers.tls import derive_secret, hkdf_expand_label, hkdf_extract, nonce_of

NAMES: dict[str, object] = {
    "hmac": hmac, "sha256": sha256, "AESGCM": AESGCM, "X25519PrivateKey": X25519PrivateKey,
    "X25519PublicKey": X25519PublicKey, "fits": fits, "server_share_of": server_share_of,
    "derive_secret": derive_secret, "expand_label": hkdf_expand_label,
    "hkdf_extract": hkdf_extract, "nonce_of": nonce_of}
PARAMETERS = {
    "09-version": "server_hello",
    "09-inner": "plaintext",
    "09-transcript": "messages, last_type",
    "09-retry": "messages",
    "09-signed-content": "transcript_hash",
    "09-possession": "messages, public_key",
    "09-verify-data": "server_secret, transcript_hash",
    "09-client-finished": "client_secret, messages",
    "09-flight": "private_share, client_hello, server_hello, records",
}

FIRST_BYTE = [
    (None, "Put a number"), (120, "TCP has to be opened"), (360, "two round trips for the"),
    (480, "two flights, are one"), (180, "The client still waits"), (300, "arrives at the server"),
    (2, "Count the round trips"), (3, "Count the round trips"), (10, "of messages"),
    (0.24, "seconds"), ("0.24 s", "seconds"), ("120 * 2", "quotation marks"), (60, "Multiply by"),
    (0, "Multiply by"), (-240, "Multiply by"), (241, "Multiply by"), (True, "truth value"),
    ([120, 120], "Multiply by"), ("two", "Multiply by"), (600, "Multiply by"),
]  # fmt: skip

_WALK = """
    at = 39 + server_hello[38] + 2 + 1 + 2
    while at < len(server_hello):
        length = int.from_bytes(server_hello[at + 2:at + 4], "big")
        if server_hello[at:at + 2] == b"\\x00\\x2b":
            return server_hello[at + 4:at + 4 + length]
        at += 4 + length
    return server_hello[4:6]
"""
VERSION = [
    ("...", "Start behind the session id"), ("return server_hello[4:6]", "That is legacy_version"),
    ('return b"\\x03\\x04"', "it has no supported_versions"),
    ('return b"\\x00\\x2b"', "the extension's type"),
    ("at = server_hello.find(b'\\0\\x2b')\n    return server_hello[at + 4:at + 6] if at >= 0 else "
     "server_hello[4:6]", "search the whole message"),
    ("return server_hello[1:3]", "Behind the session id"),
    ("return server_hello[38:40]", "belong to the session id"),
    ("return server_hello[6:8]", "belong to the random"),
    (("server_hello[at + 4:at + 4 + length]", "server_hello[at:at + 2]"), "extension's type"),
    (("server_hello[at + 4:at + 4 + length]", "server_hello[at + 2:at + 4]"), "extension's length"),
    (("server_hello[at + 4:at + 4 + length]", "server_hello[at + 2:at + 4 + length]"),
     "Skip type (2 bytes) and length"),
    (("server_hello[at + 4:at + 4 + length]", "server_hello[at:at + 4 + length]"),
     "Skip type (2 bytes) and length"),
    (("at + 4:at + 4 + length]", "at + 4:at + 5]"), "two bytes"),
    (("at = 39 + server_hello[38] + 2 + 1 + 2", "at = 44"), "That is legacy_version"),
    (("at = 39 + server_hello[38] + 2 + 1 + 2", "at = 38 + server_hello[38] + 5"),
     "That is legacy_version"),
    (("        at += 4 + length\n", "        at += length\n"), "That is legacy_version"),
    (('== b"\\x00\\x2b"', '== b"\\x2b\\x00"'), "That is legacy_version"),
    (("== b", "== 43 or b'' == b"), "That is legacy_version"),
    (("    return server_hello[4:6]\n", "    return b''\n"), "You ran past the end"),
    (("return server_hello[4:6]\n", "return server_hello[0:2]\n"), "Behind the session id"),
    ("return server_hello[100000]", "ran past the end"),
    ("return server_hello.version", "in front of the dot"),
]  # fmt: skip

INNER = [
    ("...", "Look from the end"), ("return plaintext", "has to go, too"),
    ("return plaintext[:-1]", "that is a zero"), ("return plaintext.rstrip(b'\\0')", "the type"),
    ("return plaintext.rstrip(b'\\0\\x16\\x17')", "Exactly one byte"),
    ("return plaintext.split(b'\\0')[0]", "first zero byte"),
    ("return plaintext[4:-1]", "in front"),
    ("return plaintext[5:]", "Cut at the end"), ("return plaintext[:-2]", "Too much is gone"),
    ("return plaintext.rstrip(b'\\0')[:-2]", "Too much is gone"),
    ("return plaintext.strip(b'\\0')[:-1].rstrip(b'\\0')", "took zeros off twice"),
    ("return plaintext.rstrip(b'\\0')[-1:]", "That is the type"),
    ("return plaintext.rstrip(b'\\0')[-1]", "index"),
    ("return plaintext.replace(b'\\0', b'')[:-1]", "Cut at the end"),
    ("return plaintext[:-17]", "Too much is gone"), ("return plaintext[:36]", "Too much is gone"),
    ("return plaintext.rstrip('\\0')[:-1]", "Bytes are wanted"),
    ("return plaintext.rstrip(b'\\0')[:-1].hex()[2:]", "Cut at the end"),
    ("return b''", "Too much is gone"), ("return plaintext.rstrip()[:-1]", "that is a zero"),
    ("return content", "Check its spelling"),
]  # fmt: skip

_STOP = """
    covered = b""
    for message in messages:
        covered += message
        if message[0] == last_type:
            break
    return sha256(covered).digest()
"""
STOP = [
    ("return ...", "Fill in"),
    ("return sha256(b''.join(messages)).digest()", "covers all messages"),
    (("            break\n", "            pass\n"), "covers all messages"),
    (("sha256(covered).digest()", "covered"), "joined"),
    (("sha256(covered).digest()", "sha256(covered)"), "digest"),
    (("sha256(covered).digest()", "sha256(message).digest()"), "the last message alone"),
    (("sha256(covered).digest()", "sha256(covered).hexdigest()[2:]"), "hash"),
    (("covered += message\n", "covered += message[4:]\n"), "own 4-byte headers"),
    (("covered += message\n", "covered += message[5:]\n"), "cut nothing off"),
    (("covered += message\n", "covered = message + covered\n"), "The order counts"),
    (("covered += message\n", "covered += sha256(message).digest()\n"), "hash once"),
    (("covered += message\n        if message[0] == last_type:\n            break",
      "if message[0] == last_type:\n            break\n        covered += message"),
     "One message too few"),
    (("message[0] == last_type", "message[0] > last_type"), "Your hash covers"),
    (("message[0] == last_type", "message[0] != last_type"), "Your hash covers 1"),
    (("for message in messages:", "for message in messages[1:]:"), "The ClientHello is missing"),
    (("message[0] == last_type", "message[0:1] == last_type"), "covers all messages"),
    (("sha256(covered).digest()", "sha256(sha256(covered).digest()).digest()"), "hashed twice"),
    (("sha256(covered).digest()", "sha256(covered.hex().encode()).digest()"), "hex text"),
    (("sha256(covered).digest()", "covered.digest()"), "in front of the dot"),
    ("return sha256(b'').digest()", "nothing at all"),
    ("return sha256(messages[last_type]).digest()", "behind the end"),
    (("break", "return sha256(covered)"), "digest"),
]  # fmt: skip

_RETRY = """
    covered = list(messages)
    if len(messages) > 1 and messages[1][6:38] == sha256(b"HelloRetryRequest").digest():
        first = sha256(messages[0]).digest()
        covered[0] = b"\\xfe\\0\\0\\x20" + first
    return sha256(b"".join(covered)).digest()
"""
_STAND_IN = 'b"\\xfe\\0\\0\\x20" + first'
RETRY = [
    ("...", "First ask"), ("return sha256(b''.join(messages)).digest()", "plain transcript"),
    ((_STAND_IN, "first"), "belongs a header"),
    ((_STAND_IN, 'b"\\xfe" + first'), "belongs a header"),
    ((_STAND_IN, 'b"\\xfe\\x20" + first'), "belongs a header"),
    ((_STAND_IN, 'b"\\x01\\0\\0\\x20" + first'), "The type of the stand-in"),
    ((_STAND_IN, 'b"\\xff\\0\\0\\x20" + first'), "The type of the stand-in"),
    ((_STAND_IN, 'b"\\xfe\\0\\0\\x24" + first'), "header's length"),
    ((_STAND_IN, 'b"\\xfe\\0\\0\\x20" + messages[0]'), "Its hash stands there"),
    (("first = sha256(messages[0])", "first = sha256(messages[0][4:])"), "its 4-byte header"),
    (("covered[0] =", "covered[2] ="), "Print what you hash"),
    (("covered[0] =", "covered[1] ="), "Print what you hash"),
    (("len(messages) > 1 and ", ""), "may hold the ClientHello alone"),
    (('messages[1][6:38] == sha256(b"HelloRetryRequest").digest()', "True"),
     "no HelloRetryRequest"),
    (('messages[1][6:38] == sha256(b"HelloRetryRequest").digest()', "len(messages) > 3"),
     "no HelloRetryRequest"),
    (("messages[1][6:38]", "messages[1][2:34]"), "plain transcript"),
    (("messages[1][6:38]", "messages[0][6:38]"), "plain transcript"),
    (('b"".join(covered)', 'b"".join(covered[:1])'), "the stand-in alone"),
    (('b"".join(covered)', 'b"".join(covered[:1] + covered[2:])'), "It stays"),
    (('b"".join(covered)', 'b"".join(covered[2:])'), "began with the second"),
    (('b"".join(covered)', 'b"".join(covered[1:])'), "gone altogether"),
    (('sha256(b"".join(covered)).digest()', 'b"".join(covered)'), "not hashed yet"),
    (('sha256(b"".join(covered)).digest()', 'sha256(b"".join(covered))'), "digest"),
    (("covered = list(messages)", "covered = [one[4:] for one in messages]"), "Print what you"),
]  # fmt: skip

_S, _W, _H = 'b" " * 64', 'b"TLS 1.3, server CertificateVerify"', "transcript_hash"
CONTENT = [
    ("return ...", "Join the four"), (f"return {_H}", "the transcript hash alone"),
    (f"return {_S} + {_W} + {_H}", "one zero byte"), (f"return {_S} + {_W} + b'\\0'", "is missing"),
    (f"return {_H} + {_S} + {_W} + b'\\0'", "The hash comes last"),
    (f"return {_W} + {_S} + b'\\0' + {_H}", "The 64 spaces come first"),
    (f"return {_S} + b'\\0' + {_H}", "The words are missing"),
    (f"return {_S} + {_W} + b'0' + {_H}", "one zero byte"),
    (f"return {_S} + {_W} + b'\\0\\0' + {_H}", "something more"),
    (f"return {_S} + {_W} + bytes(1) + {_H}.hex().encode()", "hex text"),
    (f"return b'\\0' * 64 + {_W} + b'\\0' + {_H}", "zero bytes"),
    (f"return b' ' * 63 + {_W} + b'\\0' + {_H}", "63 spaces"),
    (f"return b' ' + {_W} + b'\\0' + {_H}", "1 spaces"),
    (f"return {_S} + b'TLS 1.3, client CertificateVerify' + b'\\0' + {_H}", "words for a client"),
    (f"return {_S} + b'TLS 1.3 server CertificateVerify' + b'\\0' + {_H}", "letter by letter"),
    (f"return {_S} + {_W}.lower() + b'\\0' + {_H}", "letter by letter"),
    (f"return sha256({_S} + {_W} + b'\\0' + {_H}).digest()", "You hashed all"),
    (f"return {_S} + {_W} + b'\\0' + sha256({_H}).digest()", "as it was given"),
    (f"return {_S} + {_W} + 0 + {_H}", "joined"), (f"return {_S} + {_W} + '\\0' + {_H}", "joined"),
    (f"return [{_S}, {_W}, b'\\0', {_H}]", "holds"),
]  # fmt: skip

_OWN = """
    last = messages[-1]
    scheme, signature = int.from_bytes(last[4:6], "big"), last[8:]
    covered = sha256(b"".join(messages[:-1])).digest()
    content = b" " * 64 + b"TLS 1.3, server CertificateVerify" + b"\\0" + covered
    return fits(public_key, scheme, signature, content)
"""
POSSESSION = [
    ("...", "Take the last message apart"), ("return True", "says True whatever"),
    ("return False", "never got as far"), ("return messages[15]", "15 is the type"),
    (("messages[:-1]", "messages"), "cannot cover itself"),
    (("messages[:-1]", "messages[:-2]"), "goes up to EncryptedExtensions"),
    (("messages[:-1]", "messages[:2]"), "goes up to ServerHello"),
    (("messages[:-1]", "messages[-2:-1]"), "Behind the zero byte"),
    (("last[8:]", "last[4:]"), "only what comes last"), (("last[8:]", "last"), "only what comes"),
    (("last[8:]", "last[10:]"), "first 8 bytes"),
    (("last[4:6]", "last[2:4]"), "scheme is not right"),
    (('int.from_bytes(last[4:6], "big")', "last[4:6]"), "scheme is a number"),
    (('last[4:6], "big"', 'last[4:6], "little"'), "the wrong way round"),
    (("b\" \" * 64 + ", ""), "begins with 0 spaces"), (('+ b"\\0" ', ""), "one zero byte"),
    (("server Cert", "client Cert"), "words for a client"),
    (('b"".join(messages[:-1])', 'b"".join(one[4:] for one in messages[:-1])'),
     "own 4-byte headers"),
    (("signature, content)", "content, signature)"), "first 8 bytes"),
    (("signature, content)", "signature, covered)"), "more than the transcript hash"),
    (("return fits", "return not fits"), "Return what fits says"),
    (("fits(public_key, scheme, signature, content)", "'yes'"), "True or False"),
    (("messages[-1]", "messages[4:5]"), "scheme"),
]  # fmt: skip

_MAC = """
    finished_key = expand_label(server_secret, "finished", b"", 32)
    return hmac.digest(finished_key, transcript_hash, "sha256")
"""
SERVER = [
    ("return ...", "Fill in"), (("hmac.digest(finished_key, transcript_hash, \"sha256\")",
                                 "finished_key"), "What does it go over"),
    (("digest(finished_key, transcript_hash", "digest(server_secret, transcript_hash"),
     "not the traffic secret"),
    (("digest(finished_key, transcript_hash", "digest(transcript_hash, finished_key"), "exchanged"),
    (('"sha256")', '"sha256")[:12]'), "Only TLS 1.2"),
    ("return transcript_hash", "over it is asked"),
    ("return server_secret", "the traffic secret itself"),
    (('"finished", b""', '"server finished", b""'), "the one word"),
    (('"finished", b""', '"Finished", b""'), "the one word"),
    (('"finished", b""', '"key", b""'), "the one word"),
    (('"finished", b""', '"finished", transcript_hash'), "context of the label is empty"),
    (('b"", 32)', 'b"", 16)'), "as many bytes as the hash"),
    (('b"", 32)', 'b"", 48)'), "as many bytes as the hash"),
    (("finished_key, transcript_hash,", "finished_key, sha256(transcript_hash).digest(),"),
     "hashed already"),
    (("finished_key, transcript_hash,", "finished_key, transcript_hash.hex().encode(),"),
     "not as hex"),
    ("return sha256(server_secret + transcript_hash).digest()", "One HMAC"),
    ("return expand_label(server_secret, 'finished', transcript_hash, 32)", "HKDF again"),
    (("return hmac", "return b'\\x14\\0\\0\\x20' + hmac"), "the whole message"),
    (('"sha256")', '"sha384")'), "verify_data has"),
    (("hmac.digest(finished_key, transcript_hash, \"sha256\")",
      "hmac.new(finished_key, transcript_hash, 'sha256')"), "digest"),
    (("return hmac.digest(finished_key", "return hmac.digest(finished"), "Check its spelling"),
]  # fmt: skip

_ANSWER = """
    covered = sha256(b"".join(messages)).digest()
    finished_key = expand_label(client_secret, "finished", b"", 32)
    verify_data = hmac.digest(finished_key, covered, "sha256")
    return b"\\x14\\0\\0\\x20" + verify_data
"""
_HEAD = 'b"\\x14\\0\\0\\x20" + '
CLIENT = [
    ("...", "Four steps"), ((_HEAD, ""), "Asked for is the whole message"),
    (('b"".join(messages)', 'b"".join(messages[:-1])'), "stops at CertificateVerify"),
    (('b"".join(messages)', 'b"".join(messages[:2])'), "stops at ServerHello"),
    (('b"".join(messages)', 'b"".join(messages[:4])'), "stops at Certificate"),
    (('b"".join(messages)', 'b"".join(messages[1:])'), "begins with the ClientHello"),
    (('b"".join(messages)', 'b"".join(one[4:] for one in messages)'), "4-byte headers count"),
    (('b"".join(messages)', 'b"".join(one[5:] for one in messages)'), "messages, not records"),
    (('b"".join(messages)', 'b"".join(messages[::-1])'), "The order counts"),
    (('sha256(b"".join(messages)).digest()', 'b"".join(messages)'), "Hash them first"),
    (('sha256(b"".join(messages)).digest()', 'sha256(b"".join(messages))'), "digest"),
    (("hmac.digest(finished_key", "hmac.digest(client_secret"), "not the traffic secret"),
    (('"finished", b""', '"client finished", b""'), "the one word"),
    (('"finished", b""', '"c finished", b""'), "the one word"),
    (('"finished", b""', '"finished", covered'), "context of the label is empty"),
    (('b"\\x14\\0\\0\\x20"', 'b"\\x14\\0\\x20"'), "its header is not"),
    (('b"\\x14\\0\\0\\x20"', 'b"\\x20\\0\\0\\x20"'), "its header is not"),
    (('b"\\x14\\0\\0\\x20"', 'b"\\x16\\x03\\x03\\x20"'), "its header is not"),
    (('b"\\x14\\0\\0\\x20" + verify_data', 'b"\\x14\\0\\0\\x20" + verify_data[:12]'),
     "Only TLS 1.2"),
    (("+ verify_data", "+ finished_key"), "What does it go over"),
    (("+ verify_data", "+ covered"), "The HMAC over it"),
    (('b"", 32)', 'b"", 16)'), "as many bytes as the hash"),
    (("digest(finished_key, covered,", "digest(covered, finished_key,"), "exchanged"),
]  # fmt: skip

_FLIGHT = """
    private = X25519PrivateKey.from_private_bytes(private_share)
    server_share = X25519PublicKey.from_public_bytes(server_share_of(server_hello))
    shared_secret = private.exchange(server_share)
    early_secret = hkdf_extract(bytes(32), bytes(32))
    salt = derive_secret(early_secret, "derived", b"")
    handshake_secret = hkdf_extract(salt, shared_secret)
    secret = derive_secret(handshake_secret, "s hs traffic", client_hello + server_hello)
    key = expand_label(secret, "key", b"", 16)
    iv = expand_label(secret, "iv", b"", 12)
    flight = b""
    for number, record in enumerate(records):
        plaintext = AESGCM(key).decrypt(nonce_of(iv, number), record[5:], record[:5])
        flight += plaintext.rstrip(b"\\0")[:-1]
    return flight
"""
FLIGHT = [
    ("return ...", "Write the steps"), (("return flight", "return key"), "That is the key"),
    (("return flight", "return b''.join(record[5:] for record in records)"), "still sealed"),
    (("return flight", "return plaintext.rstrip(b'\\0')[:-1]"), "one message only"),
    (('plaintext.rstrip(b"\\0")[:-1]', "plaintext"), "something is left behind"),
    (('plaintext.rstrip(b"\\0")[:-1]', 'plaintext.rstrip(b"\\0")'), "something is left behind"),
    (('plaintext.rstrip(b"\\0")[:-1]', "plaintext[:-1]"), "something is left behind"),
    (('plaintext.rstrip(b"\\0")[:-1]', 'plaintext.rstrip(b"\\0")[4:-1]'), "own 4-byte headers"),
    (('"s hs traffic"', '"c hs traffic"'), "the client's secret"),
    (('"s hs traffic"', '"s ap traffic"'), "application secret"),
    (('"s hs traffic"', '"server hs traffic"'), "letter by letter"),
    (("client_hello + server_hello", "server_hello + client_hello"), "comes first"),
    (("client_hello + server_hello", "client_hello"), "ServerHello is missing"),
    (("client_hello + server_hello", "sha256(client_hello + server_hello).digest()"),
     "hashes the messages itself"),
    (("hkdf_extract(salt, shared_secret)", "hkdf_extract(shared_secret, salt)"), "salt first"),
    (("hkdf_extract(salt, shared_secret)", "hkdf_extract(early_secret, shared_secret)"),
     "left out the step"),
    (("hkdf_extract(salt, shared_secret)", "hkdf_extract(bytes(32), shared_secret)"),
     "salt of the second Extract"),
    (('"derived", b""', '"derived", client_hello + server_hello'), "no messages at all"),
    (('"derived", b""', '"derive", b""'), "between both Extracts"),
    (("derive_secret(handshake_secret,", "derive_secret(shared_secret,"), "extract once only"),
    (("shared_secret = private.exchange(server_share)", "shared_secret = private_share"),
     "itself went in"),
    (('expand_label(secret, "key", b"", 16)', "secret[:16]"), "That is the traffic secret"),
    (('expand_label(secret, "key", b"", 16)', 'expand_label(secret, "key", b"", 32)'),
     "AES-128 takes 16"),
    (("nonce_of(iv, number)", "iv"), "right for record 0 only"),
    (("nonce_of(iv, number)", "nonce_of(iv, number + 1)"), "counted from 0"),
    (("nonce_of(iv, number)", "iv[:4] + number.to_bytes(8, 'big')"), "than by XOR"),
    (("record[5:], record[:5]", "record, record[:5]"), "the whole record"),
    (("record[5:], record[:5]", "record[5:-16], record[:5]"), "tag is cut off"),
    (("record[5:], record[:5]", "record[13:], record[:5]"), "no nonce along"),
    (("record[5:], record[:5]", "record[5:], b''"), "additional data is not"),
    (("server_share_of(server_hello)", "server_hello"), "has 32 bytes"),
]  # fmt: skip

STEPS = {"09-version": _WALK, "09-transcript": _STOP, "09-retry": _RETRY, "09-possession": _OWN,
         "09-verify-data": _MAC, "09-client-finished": _ANSWER, "09-flight": _FLIGHT}
TRIES = {
    "09-first-byte": FIRST_BYTE, "09-version": VERSION, "09-inner": INNER, "09-transcript": STOP,
    "09-retry": RETRY, "09-signed-content": CONTENT, "09-possession": POSSESSION,
    "09-verify-data": SERVER, "09-client-finished": CLIENT, "09-flight": FLIGHT,
}
