"""Wrong tries at the exercises of lesson 05, as learners write them: (what, words of the help).

A value is what is handed in; for a function it is the body. A pair of texts is a change to the
worked steps: what stood there, and what a learner put.
"""

from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from helpers.experiments import fits, verifies
from helpers.experiments.collisions import short_hash
from helpers.lab import key

_SHA_256 = hashes.SHA256()
NAMES: dict[str, object] = {
    "verifies": verifies, "fits": fits, "x509": x509, "sha256": sha256,
    "short_hash": short_hash, "rsa_key": key("server_rsa"),
    "shop_key": key("server_rsa").public_key(),
    "hashes": hashes, "padding": padding, "ec": ec, "sha_256": _SHA_256,
    "pss": padding.PSS(padding.MGF1(_SHA_256), salt_length=32),
}  # fmt: skip
PARAMETERS = {
    "05-right-verify": "public_key, scheme, signature, message",
    "05-collision": "harmless, nasty",
    "05-key-exchange": "client_hello, server_hello, message",
    "05-certificate-verify": "messages",
    "05-nonce-reuse": "z1, s1, z2, s2, r, n",
    "05-possession": "client_random, server_random, message, certificate",
}

WHICH = [
    (None, "in place of None"), (0, "says Anne"), (1, "capital E"), (3, "line feed"),
    (4, "count from 1"), (5, "first letter has the number 0"), (-1, "number 0 to number 4"),
    ([False, False, True, False, False], "place of the True"), (True, "truth value"),
    (b"Pay 100 euro to Ann", "number of the letter"), ("Pay 100 euro to Ann.", "number of the"),
    ([2], "number 0 to number 4"), (3.5, "number 0 to number 4"), ("third", "number of the letter"),
    ("4", "count from 1"), (17, "number 0 to number 4"), ((), "number 0 to number 4"),
    ({2}, "number 0 to number 4"), ("", "number of the letter"), (b"", "number of the letter"),
]  # fmt: skip

VERIFY_STEPS = """
    how = []
    if scheme == "rsa_pss_rsae_sha256":
        how = [pss, sha_256]
    if scheme == "ecdsa_secp256r1_sha256":
        how = [ec.ECDSA(sha_256)]
    return verifies(public_key, signature, message, *how)
"""
_MGF = "padding.PSS(padding.MGF1(sha_256), {})"
VERIFY = [
    ("...", "Look at `scheme`"), ("return True", "The key has to be asked"),
    ("return False", "The key was not asked"), ("return 1", "True or False"),
    ("return verifies(public_key, signature, message)", "the padding"),
    ("return verifies(public_key, message, signature, pss, sha_256)", "the signature first"),
    ("return verifies(public_key, signature, message, pss, sha_256)", "ec.ECDSA(hash)"),
    ("return {'RSA': pss}[scheme]", "KeyError"),
    ("return verifies(public_key, signature, sha256(message).digest(), pss, sha_256)", "no hash"),
    ("public_key.verify(signature, message, pss, sha_256)", "verify itself returns nothing"),
    (("return verifies(public_key, signature, message, *how)",
      "return public_key.verify(signature, message, *how)"), "verify itself returns nothing"),
    (("return verifies(public_key", "return verifies(shop_key"), "a key of your own"),
    ("return rsa_key.sign(message, pss, sha_256) == signature", "signed again and compared"),
    ("if scheme == 'rsa':\n        return verifies(public_key, signature, message, pss, sha_256)",
     "are spelled rsa_pss_rsae_sha256"),
    (("pss, sha_256", "padding.PKCS1v15(), sha_256"), "older padding"),
    (("pss, sha_256", "pss, hashes.SHA384()"), "ends in sha256"),
    (("pss, sha_256", "pss"), "told two things more"),
    (("pss, sha_256", "sha_256, pss"), "told two things more"),
    (("pss, sha_256", _MGF.format(20) + ", sha_256"), "as long as the hash"),
    (("pss, sha_256", "padding.PSS(padding.MGF1(hashes.SHA1()), 32), sha_256"), "inside MGF1"),
    (("ec.ECDSA(sha_256)", "ec.ECDSA(hashes.SHA384())"), "ec.ECDSA(hashes.SHA256())"),
    (("ec.ECDSA(sha_256)", "sha_256"), "ec.ECDSA(hash)"),
    (("[ec.ECDSA(sha_256)]", "[]"), "told one"),
    (("how = []", "how = [sha_256]"), "nothing to choose"),
    (("how = []", "how = [pss, sha_256]"), "nothing to choose"),
    (("return verifies", "return not verifies"), "verdict as it is"),
    (("verifies(public_key, signature, message, *how)",
      "str(verifies(public_key, signature, message, *how))"), "without quotes or str"),
    (("rsa_pss_rsae_sha256", "RSA"), "the padding"),
    (("ecdsa_secp256r1_sha256", "ecdsa"), "ec.ECDSA(hash)"),
    (("message, *how", "message, how"), "told two things more"),
    (("return verifies(public_key, signature, message, *how)",
      "return public_key.verify(signature, message, *how) or True"), "raises InvalidSignature"),
]  # fmt: skip

PAIR_STEPS = """
    known = {short_hash(text, 24): text for text in harmless}
    for text in nasty:
        if short_hash(text, 24) in known:
            return known[short_hash(text, 24)], text
"""
PAIR = [
    ("...", "for every text"), ("return harmless[0], nasty[0]", "first of each list"),
    ("return harmless[0]", "two texts"), ("return nasty[0], harmless[0]", "not the same"),
    ("return harmless[0], harmless[1]", "Both are harmless"), ("return harmless", "1000 texts"),
    ("return harmless[-1], nasty[-1]", "not the same"), ("return 17, 4", "not their hashes"),
    ("return short_hash(harmless[0], 24).to_bytes(3, 'big'), b'abc'", "texts themselves"),
    ("return []", "You returned 0 texts"), ("return {harmless[0], nasty[0]}", "This asks for"),
    (("known[short_hash(text, 24)], text", "text, known[short_hash(text, 24)]"), "comes first"),
    (("return known[short_hash(text, 24)], text", "return text"), "two texts"),
    (("short_hash(text, 24): text for", "short_hash(text, 16): text for"), "found no pair"),
    ("for a, b in zip(harmless, nasty):\n        if short_hash(a, 24) == short_hash(b, 24):\n"
     "            return a, b", "not only with the one in the same place"),
    (("24", "32"), "the first 24 bits"),
    (("short_hash(text, 24): text for", "text: short_hash(text, 24) for"), "from hash to text"),
    ("for a in harmless:\n        for b in harmless:\n            if a != b and short_hash(a, 24) "
     "== short_hash(b, 24):\n                return a, b", "ALL nasty ones"),
    (("short_hash(text, 24)", "(short_hash(text, 256) & 0xffffff)"), "the first 24 bits"),
    (("return known[short_hash(text, 24)], text", "return 3, 8"), "places in the lists"),
    (("return known[short_hash(text, 24)], text", "return known[short_hash(text, 24)], text, 1"),
     "the two texts themselves"),
    (("return known[short_hash(text, 24)], text", "return [(known[short_hash(text, 24)], text)]"),
     "list of pairs"),
    (("known[short_hash(text, 24)], text", "short_hash(text, 24), text"), "numbers in it"),
    (("return known[short_hash(text, 24)], text",
      "return [known[short_hash(text, 24)], text, text]"), "You returned 3 texts"),
    (("for text in nasty", "for text in harmless"), "Both are harmless"),
    (("text for text in harmless", "text for text in nasty"), "Both are nasty"),
    (("return known[short_hash(text, 24)], text", "print(text)"), "print shows it to you only"),
    (("24", "12"), "not the same"), (("24", "20"), "not the same"),
    (("short_hash(text, 24)", "short_hash(text)"), "how many arguments"),
]  # fmt: skip

_R = "client_hello[6:38] + server_hello[6:38]"
_P = "message[4:8 + message[7]]"
EXCHANGE = [
    ("...", "Cut the random"), (f"return {_P}", "play it back"),
    (f"return client_hello[4:36] + server_hello[4:36] + {_P}", "start at the version"),
    (f"return client_hello[2:34] + server_hello[2:34] + {_P}", "from behind the header"),
    (f"return client_hello[5:37] + server_hello[6:38] + {_P}", "too early"),
    (f"return client_hello[7:39] + server_hello[6:38] + {_P}", "too late"),
    (f"return client_hello[6:32] + server_hello[6:38] + {_P}", "A random is 32 bytes long"),
    (f"return client_hello + server_hello + {_P}", "the whole client_hello"),
    ("return client_hello + server_hello + message", "the whole client_hello"),
    (f"return server_hello[6:38] + client_hello[6:38] + {_P}", "client's random comes first"),
    (f"return {_P} + {_R}", "Another order"), (f"return {_R}", "Something is missing: the param"),
    (f"return client_hello[6:38] + {_P}", "Something is missing: the server"),
    (f"return server_hello[6:38] + {_P}", "Something is missing: the client"),
    (f"return {_R} + message", "header of the ServerKeyExchange"),
    (f"return {_R} + message[4:]", "cannot sign itself"),
    (f"return {_R} + message[4:40]", "Read its length"),
    (f"return {_R} + message[8:8 + message[7]]", "somebody could change"),
    (f"return {_R} + message[4:4 + message[7]]", "too early"),
    (f"return {_R} + message[4:7 + message[7]]", "too early"),
    (f"return {_R} + message[4:9 + message[7]]", "too late"),
    (f"return {_R} + message[5:8 + message[7]]", "begin with the curve type"),
    (f"return sha256({_R} + {_P}).digest()", "You hashed it"), ("return b''", "nothing in it"),
    (f"return {_R} + message[4:8] + message[7]", "Only bytes can be joined"),
    ("return b'no such thing'", "None of this is in the input"),
    (f"return [{_R}, {_P}]", "first + second + third"),
    (f"return client_hello[6:38], server_hello[6:38], {_P}", "first + second + third"),
]  # fmt: skip

CONTENT_STEPS = """
    types = [message[0] for message in messages]
    covered = b"".join(messages[: types.index(15)])
    words = b"TLS 1.3, server CertificateVerify"
    return b" " * 64 + words + b"\\0" + sha256(covered).digest()
"""
_END = "return b\" \" * 64 + words + b\"\\0\" + sha256(covered).digest()"
CONTENT = [
    ("...", "message of type 15"), (("index(15)", "index(15) + 1"), "covers CertificateVerify"),
    (("index(15)", "index(11)"), "stops before Certificate"),
    (("server", "client"), "for a client"),
    ((' + b"\\0"', ""), "zero byte between"), (('b"\\0"', 'b"0"'), "digit"),
    (('b" " * 64 + ', ""), "64 spaces at the beginning"), (("64", "32"), "begins with 32 spaces"),
    (("64", "65"), "begins with 65 spaces"), (('b" " * 64', "bytes(64)"), "began with zero bytes"),
    (("sha256(covered).digest()", "covered"), "Their hash belongs there"),
    ((_END, "return sha256(covered).digest()"), "In front of it"),
    (("sha256(covered).digest()", "sha256(covered).hexdigest().encode()"), "hex text"),
    (("digest()", "digest()[:16]"), "you have 16"),
    (("1.3, server", "1.3 server"), "letter by letter"),
    (("TLS 1.3, server C", "tls 1.3, server c"), "letter by letter"),
    (("messages[: types.index(15)]", "messages"), "covers CertificateVerify"),
    (("messages[: types.index(15)]", "messages[:2]"), "covers 2 messages"),
    (("messages[: types.index(15)]", "messages[1:4]"), "the hash is not"),
    (("messages[: types.index(15)]", "m[4:] for m in messages[:4]"), "4-byte headers"),
    ((_END, "return sha256(b' ' * 64 + words + b'\\0' + sha256(covered).digest()).digest()"),
     "once more"),
    ((_END, "return b''"), "nothing in it"), (("b\"\".join", "\"\".join"), "joins bytes only"),
    ((_END, "return sha256(covered)"), ".digest()"),
    (("sha256(covered)", "sha256(messages)"), "byt"),
    (("messages[: types.index(15)]", "messages[:4]"), "stops before Certificate"),
    (("messages[: types.index(15)]", "m for m in messages if m[0] < 15"), "place in the list"),
    (("messages[: types.index(15)]", "m for m in messages if m[0] != 15"), "went on behind it"),
    (("sha256(covered).digest()", "sha256(covered)"), ".digest() at the end"),
    ((_END, "return messages[types.index(15)]"), "one of the messages"),
]  # fmt: skip

NONCE_STEPS = """
    nonce = (z1 - z2) * pow(s1 - s2, -1, n) % n
    return (s1 * nonce - z1) * pow(r, -1, n) % n
"""
_LAST = "return (s1 * nonce - z1) * pow(r, -1, n) % n"
_FIRST = "(z1 - z2) * pow(s1 - s2, -1, n) % n"
NONCE = [
    ("...", "First the nonce"), ("return (z1 - z2) * pow(s1 - s2, -1, n) % n", "half of the way"),
    (("z1 - z2", "z2 - z1"), "wrong sign"), (("pow(r, -1, n)", "r"), "divided by r"),
    (("nonce - z1", "nonce + z1"), "taken away"), (("- z1) *", "- z2) *"), "mixed the two"),
    ((_LAST, _LAST[:-4]), "not reduced"),
    ((_LAST, "return (nonce - z1) * pow(r, -1, n) % n"), "s1"),
    ((_LAST, "return (s1 * nonce - z1) % n"), "r · d"),
    ((_LAST, "return nonce"), "half of the way"),
    ((_FIRST, "(z1 - z2) // (s1 - s2) % n"), "Dividing modulo n"),
    (("nonce = " + _FIRST + "\n    " + _LAST, "return (z1 - z2) // (s1 - s2) % n"), "rounds"),
    ((_FIRST, "(z1 - z2) / (s1 - s2)"), "Dividing modulo n"),
    ((_FIRST, "(z1 - z2) * pow(s1 - s2, -1) % n"), "all three arguments"),
    ((_FIRST, "(z1 + z2) * pow(s1 - s2, -1, n) % n"), "two differences"),
    ((_FIRST, "(z1 - z2) * pow(s1 + s2, -1, n) % n"), "two differences"),
    ((_FIRST, "(z1 + z2) * pow(s1 + s2, -1, n) % n"), "two differences"),
    ((_FIRST, "(s1 - s2) * pow(z1 - z2, -1, n) % n"), "upside down"),
    ((_FIRST, "(z1 - z2) * (s1 - s2)^-1 % n"), "XOR"),
    ((_LAST, "return (s2 * nonce - z1) * pow(r, -1, n) % n"), "mixed the two"),
    ((_LAST, "return (s1 * nonce - z1 * pow(r, -1, n)) % n"), "brackets round"),
    ((_LAST, _LAST.replace("n)", "103)").replace("% n", "% 103")), "is 103, or the answer"),
    ((_LAST, "return (s1 * nonce - z1) * pow(r, -1) % n"), "all three arguments"),
    ((_LAST, "return (s1 * nonce - z1) // r % n"), "Dividing modulo n"),
    ("return 61", "is 103, or the answer"), ("return 61.0", "decimal point"),
    ((_FIRST, "(z1 - z2) * (s1 - s2) % n"), "You multiplied by s1 - s2"),
    (("pow(s1 - s2, -1, n)", "pow(s1 - s2, n, -1)"), "another order"),
    (("s1 * nonce - z1", "z1 - s1 * nonce"), "wrong sign"), ((_LAST, "return 0"), "Check both"),
    ((_LAST, "return n"), "not between"), ((_LAST, "return str(nonce)"), "half of the way"),
    ((_LAST, "return -5"), "not between 0 and n"), ((_LAST, "return d"), "run that cell first"),
    (("s1 * nonce", "s2 * nonce"), "mixed the two"),
    (("pow(s1 - s2, -1, n)", "pow(s1 - s1, -1, n)"), "found no inverse"),
    ((_LAST, "return (s1 * nonce - z1) / r % n"), "Dividing modulo n"),
    (("pow(s1 - s2, -1, n)", "pow(s1 - s2, n - 1, n)"), "always 1"),
    ((_FIRST + "\n    " + _LAST, "(z1 - z2) * pow(s1 - s2, n - 1, n) % n\n    "
      "return (s1 * nonce - z1) * pow(r, n - 1, n) % n"), "always 1"),
    ((_FIRST, "z1 - z2"), "Nothing was divided"),
]  # fmt: skip

POSSESSION_STEPS = """
    end = 8 + message[7]
    signed = client_random + server_random + message[4:end]
    scheme = int.from_bytes(message[end : end + 2], "big")
    public_key = x509.load_der_x509_certificate(certificate).public_key()
    return fits(public_key, scheme, message[end + 4 :], signed)
"""
_ASK = "return fits(public_key, scheme, message[end + 4 :], signed)"
POSSESSION = [
    ("...", "Rebuild the signed bytes"), ("return True", "everybody for the owner"),
    ("return False", "fits(...) was not asked"), ("return certificate", "True or False"),
    (("8 + message[7]", "40"), "need not be 32"),
    (("client_random + server_random", "client_random[6:38] + server_random[6:38]"),
     "randoms already"),
    (("x509.load_der_x509_certificate(certificate).public_key()", "shop_key"),
     "another public key"),
    (("scheme, message[end + 4 :], signed", "scheme, signed, message[end + 4 :]"),
     "other way round"),
    (("message[end + 4 :], signed)", "message[end + 4 :], sha256(signed).digest())"),
     "hashes on its own"),
    (("load_der", "load_pem"), "DER"),
    (("int.from_bytes(message[end : end + 2], \"big\")", "'rsa_pss_rsae_sha256'"), "not a name"),
    ((_ASK, "return public_key.verify(message[end + 4 :], signed, pss, sha_256)"),
     "says True or False"),
    ((_ASK, "public_key.verify(message[end + 4 :], signed, *([pss, sha_256] if scheme == 0x804 "
      "else [ec.ECDSA(sha_256)]))\n    return True"), "raises InvalidSignature"),
    (("8 + message[7]", "4 + message[7]"), "two bytes straight"),
    (("8 + message[7]", "message[7]"), "straight behind the share"),
    (("int.from_bytes(message[end : end + 2], \"big\")", "0x0804"), "is fixed"),
    (("int.from_bytes(message[end : end + 2], \"big\")", "0x0403"), "another handshake"),
    (("int.from_bytes(message[end : end + 2], \"big\")", "message[end : end + 2]"),
     "is a number here"),
    (("\"big\"", "\"little\""), "wrong way round"),
    (("end + 4 :", "end + 2 :"), "two bytes of length"),
    (("end + 4 :", "end:"), "Skip both"), (("end + 4 :", "end + 5 :"), "not cut right"),
    (("client_random + server_random", "server_random + client_random"), "client's random comes"),
    (("client_random + server_random", "client_random"), "three parts"),
    (("message[4:end]", "message[:end]"), "go from byte 4"),
    (("message[4:end]", "message[8:end]"), "go from byte 4"),
    (("message[4:end]", "message[4:]"), "byte 4"),
    ((".public_key()", ""), "public key:"),
    (("x509.load_der_x509_certificate(certificate).public_key()", "certificate"), "public key:"),
    (("return fits", "return not fits"), "verdict as it is"),
    (("scheme, message[end + 4 :], signed", "message[end + 4 :], scheme, signed"),
     "is a number here"),
    (("public_key, scheme,", "public_key,"), "fits takes four things"),
    (("message[4:end]", "message[4:end].hex()"), "Only bytes can be joined"),
]  # fmt: skip

TRIES = {
    "05-which-letter": WHICH, "05-right-verify": VERIFY, "05-collision": PAIR,
    "05-key-exchange": EXCHANGE, "05-certificate-verify": CONTENT, "05-nonce-reuse": NONCE,
    "05-possession": POSSESSION,
}  # fmt: skip
STEPS = {
    "05-right-verify": VERIFY_STEPS, "05-collision": PAIR_STEPS,
    "05-certificate-verify": CONTENT_STEPS, "05-nonce-reuse": NONCE_STEPS,
    "05-possession": POSSESSION_STEPS,
}  # fmt: skip
