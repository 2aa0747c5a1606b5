"""Wrong tries at the exercises of lesson 06, as learners write them: (what, words of the help).

A value is what is handed in; for a function it is the body. A pair of texts is a change to the
worked steps: what stood there, and what a learner put.
"""

from base64 import b64encode, urlsafe_b64encode
from datetime import datetime
from hashlib import sha1, sha256, sha512

from cryptography import x509

from helpers.experiments import issued, signed_by
from helpers.experiments.certificates import shop_parts
from helpers.pki.encode import tlv as der

NAMES: dict[str, object] = {
    "issued": issued, "signed_by": signed_by, "x509": x509, "sha256": sha256, "sha1": sha1,
    "sha512": sha512, "datetime": datetime,
    "b64encode": b64encode, "urlsafe_b64encode": urlsafe_b64encode, "der": der,
}  # fmt: skip
PARAMETERS = {
    "06-length": "data",
    "06-issuer": "certificate, candidates",
    "06-acme": "token, thumbprint",
    "06-sct": "stamps",
    "06-sign": "tbs, algorithm, sign",
    "06-chain": "leaf, sent, roots",
}

_ALL = list(shop_parts().parts)
_RIGHT = [_ALL[0], _ALL[1], _ALL[4], _ALL[6]]
INSIDE = [
    (None, "in place of None"), (_ALL, "Eight of eight"),
    ([name for name in _ALL if name not in _RIGHT], "NOT in it"),
    (["host name", "public modulus n"], "so are two more"),
    ([*_RIGHT, "private exponent d"], "something private"), ([*_RIGHT, "prime p"], "private"),
    ([*_RIGHT, "issuer's public key"], "Is the key there as well"),
    ([*_RIGHT, "root's name"], "the root did not sign"), ([], "An empty list"),
    (_RIGHT[:1], "3 more are in it"), (_RIGHT[:3], "1 more is in it"),
    ([True, True, False, False, True, False, True, False], "Those are verdicts"),
    ([shop_parts().parts[name] for name in _RIGHT], "Those are the bytes"),
    (list(shop_parts().parts.items()), "pairs of name and bytes"),
    (shop_parts().parts, "Eight of eight"), (["d"], "one of: host name"),
    ("host name", "That is one text"), (4, "says how many"),
    ("host name, public modulus n", "That is one text"),
    ((name for name in _RIGHT), "Square brackets"), (True, "a list of names"),
    (["hostname", "issuer"], "one of: host name"), (set(_RIGHT[:2]), "so are two more"),
    ([*_RIGHT, "certificate"], "one of: host name"), ((_ALL[2],), "something private"),
    ({name: name in _RIGHT for name in _ALL}, "verdicts with their names"),
]  # fmt: skip

LENGTH_STEPS = """
    if data[1] < 128:
        return 2 + data[1]
    more = data[1] - 128
    return 2 + more + int.from_bytes(data[2 : 2 + more], "big")
"""
_LONG = "return 2 + more + int.from_bytes(data[2 : 2 + more], \"big\")"
LENGTH = [
    ("...", "Look at data[1]"), ("return len(data)", "all the data there is"),
    ("return 4 + int.from_bytes(data[2:4], 'big')", "two bytes of length whatever"),
    ("return 2 + data[1]", "how many bytes of length"), ("return data[1]", "byte at 1 alone"),
    (("\"big\"", "\"little\""), "high byte comes first"),
    ((_LONG, "return int.from_bytes(data[2 : 2 + more], \"big\")"), "Tag and length bytes count"),
    ((_LONG, "return more + int.from_bytes(data[2 : 2 + more], \"big\")"), "bytes here, not one"),
    ((_LONG, "return 2 + int.from_bytes(data[2 : 2 + more], \"big\")"), "bytes here, not one"),
    ((_LONG, "return 1 + int.from_bytes(data[2 : 2 + more], \"big\")"), "count the tag"),
    (("return 2 + data[1]", "return data[1]"), "byte at 1 alone"),
    (("return 2 + data[1]", "return 1 + data[1]"), "count the tag"),
    (("data[1] - 128", "data[1]"), "huge number"), (("data[1] - 128", "2"), "of length"),
    (("data[1] - 128", "data[1] - 127"), "You read 3 bytes"), (("data[1] - 128", "data[1] - 129"),
     "You read 1 of the bytes"),
    (("return 2 + more", "return 1 + more"), "One byte too few"),
    (("return 2 + more", "return 3 + more"), "One byte too many"),
    (("int.from_bytes(data[2 : 2 + more], \"big\")", "int(data[2 : 2 + more])"), "from_bytes"),
    (("data[1] - 128", "4"), "take 128 away"), (("< 128", "> 128"), "of length"),
    (("< 128", "< 64"), "Below 128"), ("return data[1:2]", "turn into a number"),
    (("data[2 : 2 + more]", "data[1 : 1 + more]"), "They begin at 2"),
    (("data[2 : 2 + more]", "data[2 : more]"), "came out empty"),
    ("return int(data[2:4].hex())", "invalid literal"),
    ("return data[2] * 256 + data[3]", "Tag and length bytes"),
    ("return str(len(data))", "all the data there is"), ("return data[1] - 128", "many bytes of"),
    ("return 2 + data[2:4]", "calculate with bytes"),
    ("return data[2:4] + 4", "calculate with bytes"),
    ("if data[1] < 128:\n        return 2 + data[1]\n"
     "    return 4 + int.from_bytes(data[2:4], 'big')", "Below 128 there are none"),
    ("return data[5000]", "behind the end"), ("return data.index(0x30)", "take 128 away"),
]  # fmt: skip

ISSUER_STEPS = """
    for place, candidate in enumerate(candidates):
        named = certificate.issuer == candidate.subject
        if named and signed_by(certificate, candidate):
            return place
"""
_IF = "if named and signed_by(certificate, candidate):"
ISSUER = [
    ("...", "each candidate"), (("if named and signed_by", "if signed_by"), "signature alone"),
    ((_IF, "if named:"), "the name alone"), (("return place", "return place + 1"), "from 1"),
    (("named and", "named or"), "name alone"), ("return 1", "neither the name"),
    ("return 0", "neither the name"),
    (("return place", "return candidate"), "the candidate itself"),
    (("return place", "return True"), "truth value"), ("return len(candidates)", "Counted from 1"),
    (("certificate.issuer == candidate.subject", "certificate.subject == candidate.issuer"),
     "no candidate came through"),
    (("signed_by(certificate, candidate)", "signed_by(candidate, certificate)"),
     "the signed one comes first"),
    (("certificate.issuer == candidate.subject", "certificate.subject == candidate.subject"),
     "subject with subject"),
    (("certificate.issuer == candidate.subject", "candidate.issuer == certificate.issuer"),
     "issuer with issuer"),
    ("return -1", "You found nobody"), ("return 17", "number 0 to 7"),
    (("            return place", "            return str(candidate.subject)"), "whole number"),
    ("for place in candidates:\n        if issued(certificate, candidates[place]):\n"
     "            return place", "enumerate(candidates)"),
    ("for place, one in enumerate(candidates):\n        certificate.verify_directly_issued_by(one)"
     "\n        return place", "raises an error"),
    ("return candidates.index(certificate.issuer)", "not in tuple"),
    (("certificate.issuer == candidate.subject", "certificate.issuer is candidate.subject"),
     "return"),
    ("for place, one in enumerate(candidates):\n        if issued(one, certificate):\n"
     "            return place\n    return -1", "the other way round"),
    ("return [place for place, one in enumerate(candidates) if issued(certificate, one)]",
     "That is a list"), ("return None", "each candidate"),
    (("signed_by(certificate, candidate)", "signed_by(certificate, candidate.public_key())"),
     "the two certificates, not a key"),
    (("            return place", "            return place\n        else:\n"
      "            return -1"), "Do you give up at the first"),
    (("return place", "print(place)"), "return"), ("return 2", "Counted from 1"),
]  # fmt: skip

ACME_STEPS = """
    digest = sha256(f"{token}.{thumbprint}".encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
"""
_JOIN, _OUT = "f\"{token}.{thumbprint}\"", "return urlsafe_b64encode(digest).decode().rstrip(\"=\")"
ACME = [
    ("...", "Begin with the text"), ("return f'{token}.{thumbprint}'", "key authorization"),
    ((".rstrip(\"=\")", ""), "padding off"), (("urlsafe_b64encode", "b64encode"), "plain base64"),
    ((_OUT, "return b64encode(digest).decode()"), "plain base64"),
    ((_OUT, "return digest.hex()"), "hexadecimal"), ((_OUT, "return digest"), "bytes of the hash"),
    ((_JOIN, "(token + thumbprint)"), "dot between"), ((_JOIN, "token"), "the token alone"),
    ((_JOIN, "f\"{thumbprint}.{token}\""), "token first"), ((_JOIN, "thumbprint"), "alone"),
    ((_JOIN, "f\"{token}:{thumbprint}\""), "not a colon"), (("sha256", "sha1"), "SHA-1"),
    (("sha256", "sha512"), "SHA-512"), ("return token", "one of the two inputs"),
    ((_OUT, "return str(urlsafe_b64encode(digest)).rstrip('=')"), ".decode()"),
    (("sha256(f\"{token}.{thumbprint}\".encode()).digest()", "f\"{token}.{thumbprint}\".encode()"),
     "Hash it first"),
    ((".digest()", ".hexdigest().encode()"), "hexadecimal text"),
    ((".encode()", ""), "what you join is text"),
    ((_OUT, _OUT + ".upper()"), "capitals"), ((_OUT, "return urlsafe_b64encode(digest.hex())"),
     "with .digest()"),
    ((".decode()", ""), "byt"), ((_OUT, "return 7"), "a text"), ((_OUT, "return 'abc'"), "43"),
    ((_JOIN, "f\"{token}. {thumbprint}\""), "blank behind"), ((".digest()", ""), "digest"),
    ((_JOIN, "f\"{token}.{thumbprint}\\n\""), "line feed"),
    ((_JOIN, "f\"{token}-{thumbprint}\""), "stands a dot"), ((_OUT, "return ''"), "43 letters"),
    ((_OUT, "return [digest]"), "a text"), ((_JOIN, "f\"{token}..{thumbprint}\""), "another text"),
]  # fmt: skip

SCT_STEPS = """
    times, position = [], 2
    while position < len(stamps):
        size = int.from_bytes(stamps[position : position + 2], "big")
        stamp = stamps[position + 2 : position + 2 + size]
        times.append(int.from_bytes(stamp[33:41], "big"))
        position += 2 + size
    return times
"""
SCT = [
    ("...", "Write a loop"), (("    return times", "    return times[:1]"), "more of them"),
    (("stamp[33:41], \"big\"", "stamp[33:41], \"little\""), "high byte"),
    (("stamp[33:41]", "stamp[32:40]"), "too early"), (("stamp[33:41]", "stamp[34:42]"), "too late"),
    (("stamp[33:41]", "stamp[33:37]"), "eight"), (("stamp[33:41]", "stamp[33:40]"), "one later"),
    (("    return times", "    return times[::-1]"), "other way round"),
    (("return times", "return times[0]"), "a list of times"), ("return []", "An empty list"),
    (("], \"big\"))", "], \"big\") // 1000)"), "seconds"),
    (("], 2", "], 0"), "only one of them"),
    (("position += 2 + size", "position += size"), "the next is not"),
    (("position += 2 + size", "pass"), "Move on"), (("stamp[33:41]", "stamp[1:33]"), "log's id"),
    (("position += 2 + size", "position += 121"), "behind the end"),
    ("return [int.from_bytes(stamps[35:43], 'big')]", "only one of them"),
    ("return [int.from_bytes(stamps[33:41], 'big')]", "beginning of the list"),
    (("times.append(int.from_bytes(stamp[33:41], \"big\"))", "times.append(stamp[33:41])"),
     "int.from_bytes"),
    (("    return times", "    return times + [0]"), "behind the end"),
    (("stamps[position + 2 : position + 2 + size]", "stamps[position : position + size]"),
     "only one of them"),
    (("stamp[33:41], \"big\")", "stamp[33:41], \"big\") / 1000"), "fractions"),
    (("int.from_bytes(stamp[33:41], \"big\")", "stamp[33:41].hex()"), "without .hex()"),
    (("int.from_bytes(stamp[33:41], \"big\")",
      "datetime.fromtimestamp(int.from_bytes(stamp[33:41], \"big\") / 1000)"), "There are dates"),
    (("int.from_bytes(stamps[position : position + 2], \"big\")", "stamps[position + 1]"),
     "more than 255 bytes"),
    (("int.from_bytes(stamps[position : position + 2], \"big\")", "stamps[position]"),
     "came out as 0"),
    ("return len(stamps)", "a list of times"), ("return [1537995393769]", "more of them"),
    (("    return times", "    print(times)"), "behind the loop"),
    (("while position", "if position"), "more of them"),
]  # fmt: skip

SIGN_STEPS = """
    signature = der(0x03, b"\\0" + sign(tbs))
    return der(0x30, tbs + algorithm + signature)
"""
_WHOLE = "return der(0x30, tbs + algorithm + signature)"
SIGN = [
    ("...", "Begin with the signature"), (("b\"\\0\" + ", ""), "how many bits"),
    ((_WHOLE, "return tbs + algorithm + signature"), "SEQUENCE around them"),
    (("b\"\\0\" + sign(tbs)", "sign(tbs) + b\"\\0\""), "in front of the signature"),
    (("0x03", "0x04"), "OCTET STRING"), (("0x30", "0x31"), "SET"), (("0x30", "0x10"), "inside"),
    (("der(0x03, b\"\\0\" + sign(tbs))", "sign(tbs)"), "has to be wrapped"),
    (("tbs + algorithm + signature", "algorithm + tbs + signature"), "The order"),
    (("tbs + algorithm + signature", "tbs + signature + algorithm"), "The order"),
    (("tbs + algorithm + signature", "tbs + signature"), "algorithm is missing"),
    (("tbs + algorithm + signature", "algorithm + signature"), "comes first"),
    (("tbs + algorithm + signature", "tbs + algorithm"), "signature is missing"),
    (("sign(tbs)", "sign(sha256(tbs).digest())"), "hashes on its own"),
    (("sign(tbs)", "sign(tbs + algorithm)"), "covers tbs alone"),
    (("sign(tbs)", "sign(tbs[4:])"), "tag and length are signed"),
    (("tbs + algorithm + signature", "der(0x30, tbs) + algorithm + signature"), "whole element"),
    (("tbs + algorithm + signature", "tbs + der(0x30, algorithm) + signature"), "whole element"),
    ((_WHOLE, "return signature"), "all three parts"), ((_WHOLE, "return sign(tbs)"), "bare"),
    ((_WHOLE, "return tbs"), "what is to be signed"), (("0x03, b\"\\0\"", "0x04, b\"\\0\""), "03"),
    ((_WHOLE, "return der(0x30, [tbs, algorithm, signature])"), "join the parts"),
    (("b\"\\0\" + sign(tbs))", "sign(tbs))"), "how many bits"),
    ((_WHOLE, "return der(0x30, tbs + algorithm + b\"\\0\" + der(0x03, sign(tbs)))"),
     "outside the BIT STRING"),
    ((_WHOLE, "return der(0x30, tbs + algorithm + der(0x03, b\"\\0\") + sign(tbs))"),
     "Both are its contents"),
    ((_WHOLE, "return True"), "asks for bytes"),
    (("sign(tbs)", "sign"), "call it with what is to be signed"),
    (("b\"\\0\" + sign(tbs)", "sign"), "call it with what is to be signed"),
    (("b\"\\0\"", "b\"0\""), "is a letter"), (("b\"\\0\"", "b\"00\""), "two letters"),
    (("0x30", "30"), "number thirty"), (("0x30", "\"30\""), "a number as tag"),
    (("0x30", "b\"\\x30\""), "a number as tag"),
    ((_WHOLE, "return der(0x30, der(0x30, tbs + algorithm + signature))"), "only once"),
    ((_WHOLE, "return der(0x30, tbs) + algorithm + signature"), "around all three"),
    (("b\"\\0\" + sign(tbs)", "b\"\\0\" + der(4, sign(tbs))"), "without an OCTET STRING"),
    (("b\"\\0\"", "bytes([len(sign(tbs)) % 8])"), "It is no length"),
    (("sign(tbs)", "sign(der(0x30, tbs))"), "as it is"),
    (("sign(tbs)", "sign(tbs).hex().encode()"), "hex text"),
]  # fmt: skip

CHAIN_STEPS = """
    for root in roots:
        if issued(leaf, root):
            return [leaf, root]
    for one in sent:
        if issued(leaf, one):
            others = [other for other in sent if other != one]
            rest = learner(one, others, roots)
            if rest:
                return [leaf] + rest
    return []
"""
_FLAT = """
    chain, left = [leaf], list(sent)
    while True:
        for root in roots:
            if issued(chain[-1], root):
                return chain + [root]
        step = [one for one in left if issued(chain[-1], one)]
        if not step:
            return []
        left.remove(step[0])
        chain.append(step[0])
"""
_DIRECT = "for root in roots:\n        if issued(leaf, root):\n            return [leaf, root]\n"
_TWO_STEPS = (f"{_DIRECT}"
              "    for one in sent:\n        for root in roots:\n"
              "            if issued(leaf, one) and issued(one, root):\n"
              "                return [leaf, one, root]\n    return []")
CHAIN = [
    ("...", "Begin with the easiest case"), (_FLAT.strip("\n").lstrip(), "never goes back"),
    ("return [leaf, *sent, *roots]", "everything into the chain"),
    ("return [leaf, *sent]", "what the server sent"), ("return []", "Begin smaller"),
    ("return leaf", "you gave one"), ("return [leaf]", "does not end at one of the roots"),
    (("return [leaf] + rest", "return rest"), "leaf itself is missing"),
    (("return [leaf, root]", "return [leaf]"), "own store"),
    (("return [leaf] + rest", "return [leaf, rest]"), "list inside your list"),
    (("return [leaf] + rest", "return rest + [leaf]"), "does not end at"),
    (("    return []", "    return None"), "[] behind the loop"),
    (("others, roots", "sent, roots"), "used yet"),
    (("(one, others, roots)", "(leaf, sent, roots)"), "go up to another"),
    (("            if rest:\n                return [leaf] + rest",
      "            return [leaf] + rest"), "does not end at"),
    (("issued(leaf, one)", "leaf.issuer == one.subject"), "right name and the wrong key"),
    (("issued(leaf, one)", "issued(one, leaf)"), "issued the one in"),
    (("issued(leaf, root)", "issued(root, leaf)"), "issued the root"),
    (("[leaf, root]", "[leaf].append(root)"), ".append"),
    (("[leaf] + rest", "[leaf].append(rest)"), ".append"),
    (("return [leaf] + rest", "return [leaf].extend(rest)"), "every branch"),
    (("others = [other for other in sent if other != one]",
      "sent.remove(one); others = sent"), "jumps over"),
    (_TWO_STEPS, "One intermediate you find"),
    (_DIRECT + "    return []", "not one with an intermediate"),
    (("issued(leaf, root)", "issued(root, root)"), "did not issue"),
    (("issued(leaf, root)", "leaf.issuer == root.subject"), "the wrong key"),
    ("return [1, 2]", "certificates"),
    ("return [str(leaf.subject)]", "asks for certificates"), ("return True", "a list of"),
    ("return [leaf, sent[0], roots[0]]", "did not issue"), ("return roots", "did not issue"),
    (("return [leaf, root]", "return [root, leaf]"), "does not end at"),
    (("return [leaf, root]", "return [leaf, leaf, root]"), "twice"), ("return [None]", "None in"),
    (("    return []", "    return [leaf]"), "own store"),
    ("for root in [*roots, *sent]:\n        if issued(root, root):\n            for one in sent:\n"
     "                if issued(leaf, one) and issued(one, root):\n"
     "                    return [leaf, one, root]\n    return []", "root itself signed"),
]  # fmt: skip

STEPS = {"06-length": LENGTH_STEPS, "06-issuer": ISSUER_STEPS, "06-acme": ACME_STEPS,
         "06-sct": SCT_STEPS, "06-sign": SIGN_STEPS, "06-chain": CHAIN_STEPS}
TRIES = {"06-inside": INSIDE, "06-length": LENGTH, "06-issuer": ISSUER, "06-acme": ACME,
         "06-sct": SCT, "06-sign": SIGN, "06-chain": CHAIN}
