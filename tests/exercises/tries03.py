"""Wrong tries at the exercises of lesson 03, as learners write them: (what, words of the help).

A value is what is handed in; for a function it is the body.
"""

from math import gcd

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers.sources import load

oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
SECRET = load("tls12_rsa").secret("pre_master_secret")
NAMES: dict[str, object] = {"gcd": gcd, "SECRET": SECRET, "padding": padding, "hashes": hashes,
                         "oaep": oaep, "AESGCM": AESGCM}  # fmt: skip
PARAMETERS = {
    "03-decrypt": "ciphertext, p, q, e",
    "03-break": "n, e, ciphertext",
    "03-ten-times": "ciphertext, n, e",
    "03-open": "message, n, d",
    "03-hybrid": "public_key, aes_key, nonce, page",
}

ENCRYPT = [
    (None, "Put pow"), (1200, "the block as it is"), (1200 * 17, "a product"),
    (1200 * 17 % 2773, "times e"), (1200**17, "whole power"), (pow(17, 1200, 2773), "base"),
    (pow(1200, 2773, 17), "each other's place"), (1200**17 // 2773, "how often"),
    (pow(1200, 157, 2773), "public one"), (948, "the cell above"), (2342, "another of the ten"),
    (pow(12, 17, 2773), "12, one letter"), (-5, "between 0 and n - 1"), (2773, "between 0"),
    ("pow(1200, 17, 2773)", "quotation marks"), ("1200**17 % 2773", "quotation marks"),
    (1200**17 / 2773, "third argument"), (0, "Only three numbers"), (1443, "One off"),
    (pow(948, 17, 2773), "948 encrypted once more"), (pow(1200, 16, 2773), "one multiplication"),
    (pow(1200, 17, 33), "modulo 33"), (pow(2100, 17, 2773), "Only three numbers"),
    (1445, "One off"), (1200 ^ 17 % 2773, "no power"), ("L ", "whole number"),
    ([1444], "whole number"), (True, "truth value"),
]  # fmt: skip

_D = "pow(e, -1, (p - 1) * (q - 1))"
DECRYPT = [
    ("...", "Compute d"), ("return pow(ciphertext, e, p * q)", "encrypts a second time"),
    ("return pow(ciphertext, -e, p * q)", "another number"),
    ("return pow(ciphertext, pow(e, -1, p * q), p * q)", "inverse of e modulo n"),
    ("return pow(ciphertext, pow(e, -1, p * q - 1), p * q)", "modulo n - 1"),
    ("return pow(ciphertext, pow(e, -1, p - 1 + q - 1), p * q)", "added"),
    (f"return {_D}", "private exponent"), (f"return ciphertext * {_D} % (p * q)", "multiplied"),
    (f"return pow({_D}, ciphertext, p * q)", "the base"),
    (f"return pow(ciphertext, {_D}, (p - 1) * (q - 1))", "modulo n = p * q"),
    ("return pow(ciphertext, pow(e, -1, (p + 1) * (q + 1)), p * q)", "not one more"),
    (f"return pow(ciphertext, {_D}, p)", "Check the steps"),
    ("return pow(ciphertext, 157, 2773)", "the key of the cells above"),
    ("return pow(ciphertext, 157, p * q)", "d = 157"),
    ("return pow(ciphertext, ((p - 1) * (q - 1) + 1) // e, p * q)", "by luck"),
    ("return pow(ciphertext, pow(e, -1, p - 1 * q - 1), p * q)", "Put brackets"),
    (f"return pow(ciphertext, {_D}, p * q) + 1", "Check the steps"),
    ("return pow(ciphertext, pow(p, -1, (p - 1) * (q - 1)), p * q)", "Check the steps"),
    ("return pow(ciphertext, pow(e, -1, p), p * q)", "Check the steps"),
    ("return pow(ciphertext, d, p * q)", "Check its spelling"),
    (f"return pow(ciphertext, {_D})", "between 0 and n - 1"),
    ("return pow(ciphertext, pow(e, -1, e * 2), p * q)", "no such inverse"),
    (f"print(pow(ciphertext, {_D}, p * q))", "Compute d"),
    ("return pow(ciphertext, 1 / e, p * q)", "wants whole numbers"),
    ("return 'IT'", "whole number"),
    ("return ciphertext", "Check the steps"),
]  # fmt: skip

_P = "p = next(number for number in range(2, n) if n % number == 0); q = n // p; "
_B = _P + "d = pow(e, -1, (p - 1) * (q - 1)); "
BREAK = [
    ("...", "with a loop"), (_P + "return p", "one of the primes"), (_P + "return q", "larger"),
    (_B + "return d", "nobody gave it to you"), ("return pow(ciphertext, e, n)", "You used e"),
    (_P + "return (p - 1) * (q - 1)", "Next comes d"),
    ("return pow(ciphertext, pow(e, -1, n - 1), n)", "as if n were a prime"),
    (_B + "return pow(ciphertext, d, p)", "one of the primes"),
    (_P + "return pow(ciphertext, pow(e, -1, (p - 1) + (q - 1)), n)", "added"),
    (_B + "return ciphertext ** d % n", "three arguments in its place"),
    (_B + "return pow(ciphertext, d)", "third argument"),
    (_B + "ciphertext **= d; return ciphertext % n", "three arguments in its place"),
    (_B.replace("range(2", "range(1") + "return pow(ciphertext, d, n)", "no such inverse"),
    (_P.replace("n // p", "n / p") + "d = pow(e, -1, (p - 1) * (q - 1)); return d", "whole num"),
    (_B.replace("pow(e", "pow(ciphertext") + "return pow(ciphertext, d, n)", "no such inverse"),
    (_P + "return pow(ciphertext, pow(e, -1, p * q), n)", "inverse of e modulo n."),
    (_B + "return pow(ciphertext, d, (p - 1) * (q - 1))", "only exponents"),
    (_P + "return pow(ciphertext, pow(e, -1, (p + 1) * (q + 1)), n)", "one less"),
    (_P + "return pow(ciphertext, pow(e, -1, (p - 1) * (n - 1)), n)", "not n."),
    ("return pow(ciphertext, 157, n)", "paper's key only"),
    ("return pow(ciphertext, pow(e, -1, 46 * 58), 2773)", "numbers of its own"),
    (_B + "return ciphertext * d % n", "multiplied by d"),
    (_P + "return p, q", "whole number"),
    (_B + "return pow(d, ciphertext, n)", "the base"),
    ("return next(a for a in range(2, 9) if n % a == 0)", "went past"),
    ("return ciphertext", "ciphertext itself"),
    (_B + "return pow(ciphertext, e * d, n)", "with d alone"),
    (_B + "return pow(ciphertext, d, n) + 1", "one by one"), ("return factor(n)", "Check its"),
]  # fmt: skip

TEN = [
    ("...", "has to be encrypted"), ("return 10 * ciphertext % n", "Encrypt the 10 first"),
    ("return 10 * ciphertext", "has to be encrypted like"),
    ("return (ciphertext + pow(10, e, n)) % n", "added"),
    ("return pow(ciphertext, 10, n)", "tenth power"), ("return ciphertext * pow(10, e, n)", "larg"),
    ("return pow(10, e, n)", "a bid of 10"),
    ("return pow(10 * ciphertext, e, n)", "ciphertext again"),
    ("return ciphertext", "the same bid"), ("return ciphertext * 10 * e % n", "multiplied by e"),
    ("return ciphertext * pow(11, e, n) % n", "times 11"),
    ("return ciphertext * pow(100, e, n) % n", "times 100"),
    ("return ciphertext * pow(10, n, e) % n", "no multiple"),
    ("return 10 ** e % n", "a bid of 10"), ("return pow(ciphertext, e, n) * 10", "0 to n"),
    ("return ciphertext * ciphertext % n", "times itself"), ("return -ciphertext", "0 to n"),
    ("return ciphertext / pow(10, e, n)", "whole number"),
    ("return ciphertext + 10", "no multiple"),
    ("return ciphertext ** n**3 % n", "three arguments"), ("return bid * 10", "Check its spelling"),
    ("return pow(ciphertext, d, n) * 10", "Check its spelling"),
    ("return [ciphertext]", "whole number"),
    ("return pow(10 * pow(ciphertext, 157, n), e, n)", "paper's private exponent"),
]  # fmt: skip

_K = 'block = pow(int.from_bytes(message[6:], "big"), d, n).to_bytes(256, "big"); '
OPEN = [
    ("...", "Three steps"), ("return message[6:]", "That is the ciphertext"),
    (_K + "return block", "with its padding"), (_K + "return block[2:]", "still there"),
    (_K + "return block[block.index(0, 2):]", "One byte too many"),
    (_K + "return block[block.index(0) + 1:]", "more than the secret"),
    (_K + "return block[-46:]", "first two bytes"), (_K + "return block[-47:]", "too late"),
    (_K + "return block[-48:-1]", "too early"), (_K + "return block[-48:][::-1]", "wrong way"),
    (_K.replace("[6:]", "[4:]") + "return block[-48:]", "length"),
    (_K.replace("[6:]", "") + "return block[-48:]", "byte 0"),
    (_K.replace("[6:]", "[7:]") + "return block[-48:]", "byte 7"),
    (_K.replace('[6:], "big"', '[6:], "little"') + "return block[-48:]", "significant"),
    (_K.replace("d, n", "65537, n") + "return block", "private exponent is"),
    (_K.replace("256", "48") + "return block", "fewer do not"),
    (_K.replace("pow(int.from_bytes(message[6:], \"big\"), d, n)",
                "int.from_bytes(message[6:], \"big\") ** d % n") + "return block",
     "third one is n"),
    (_K.replace("d, n)", "d)") + "return block", "third one is n"),
    (_K.replace("d, n", "65537, n") + "return block[-48:]", "You took e"),
    (_K.replace("d, n", "n, d") + "return block[-48:]", "each other's place"),
    (_K.replace('256, "big"', '256, "little"') + "return block[-48:]", "back to front"),
    (_K + "return block[:48]", "beginning of the block"),
    (_K + "return block[2:50]", "beginning of the block"),
    ("return SECRET", "first recording"),
    (_K + "return block.split(bytes(1))[1]", "first 00 behind the filler"),
    (_K + "return block.rsplit(bytes(1), 1)[1]", "first 00"),
    ("return pow(int.from_bytes(message[6:], 'big'), d, n)", "whole numbers"),
    ("return pow(message[6:], d, n)", "gives a number"),
    (_K + "return block[999:]", "nothing in it"),
    ("return decrypt(message, n, d)", "Check its spelling"),
]  # fmt: skip

_W, _S = "public_key.encrypt(aes_key, oaep)", "AESGCM(aes_key).encrypt(nonce, page, None)"
HYBRID = [
    ("...", "three pieces"), (f"return {_W} + {_S}", "nonce is missing"),
    (f"return nonce + {_W} + {_S}", "stands first"), (f"return {_W} + {_S} + nonce", "last"),
    (f"return {_S} + nonce + {_W}", "wrong way round"),
    (f"return {_W.replace('oaep', 'padding.PKCS1v15()')} + nonce + {_S}", "PKCS#1 v1.5"),
    ("return public_key.encrypt(page + bytes(1000), oaep)", "190 bytes"),
    (f"return {_S}", "how does the receiver"), (f"return nonce + {_S}", "how does the receiver"),
    (f"return {_W}", "two pieces more"), (f"return aes_key + nonce + {_S}", "in the clear"),
    (f"return {_W} + nonce + page", "page is in there in the clear"),
    (f"return {_W} + nonce + AESGCM(bytes(16)).encrypt(nonce, page, None)", "does not open"),
    (f"key = bytes(16); return {_W.replace('aes_key', 'key')} + nonce + "
     "AESGCM(key).encrypt(nonce, page, None)", "another AES key"),
    (f"nonce = bytes(12); return {_W} + nonce + {_S}", "another nonce"),
    (f"page = page[:5]; return {_W} + nonce + {_S}", "page inside"),
    (f"return {_W} + nonce + {_S.replace('None', 'nonce')}", "third argument of encrypt"),
    (f"return {_W.replace('aes_key', 'nonce')} + nonce + {_S}", "256 bytes of"),
    (f"return [{_W}, nonce, {_S}]", "with +"), (f"return {_W}, nonce, {_S}", "with +"),
    (f"return {_W} + nonce + AESGCM(nonce).encrypt(aes_key, page, None)", "first argument"),
    (f"return {_W} + nonce + AESGCM(aes_key).encrypt(page, nonce, None)", "does not open"),
    (f"return {_W} + nonce + {_S.replace('.encrypt', '.decrypt')}", "Nothing has to be decrypted"),
    ("return oaep.encrypt(aes_key)", "no such part"),
    (f"return {_W} + {_S} + _", "Check its spelling"),
    (f"return {_W} + nonce + nonce + {_S}", "twice"),
    (f"return {_W} + nonce + {_S}[:-16]", "they are the tag"),
    (f"return {_W.replace('aes_key', 'aes_key + nonce')} + nonce + {_S}", "28 bytes are wrapped"),
    ("sha1 = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None); "
     f"return {_W.replace('oaep', 'sha1')} + nonce + {_S}", "another hash"),
    ("k = public_key.public_numbers(); return pow(int.from_bytes(aes_key), k.e, k.n).to_bytes(256)"
     f" + nonce + {_S}", "without any padding"),
    ("return page", "in the clear"), ("return b''", "No key of the lab"),
    (f"return ({_W} + nonce + {_S}).hex() + '0'", "odd number"),
    ("return public_key.encrypt(page, oaep) + nonce", "No key of the lab"),
]  # fmt: skip

TRIES = {"03-encrypt": ENCRYPT, "03-decrypt": DECRYPT, "03-break": BREAK, "03-ten-times": TEN,
         "03-open": OPEN, "03-hybrid": HYBRID}  # fmt: skip
