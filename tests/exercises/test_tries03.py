"""What else the checks of lesson 03 promise: right answers in other forms."""

import pytest

from helpers.exercises import check
from tests.exercises.conftest import fresh_progress
from tests.exercises.learner import answer


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


_READ = "    return pow(ciphertext, pow(e, -1, (p - 1) * (n // p - 1)), n)"
RIGHT = {
    "03-encrypt": [1444, "1444", "0x5a4", 1444.0, pow(1200, 17) % 2773],
    "03-decrypt": [
        "return pow(ciphertext, pow(e, -1, (p - 1) * (q - 1)), p * q)",
        "return ciphertext ** pow(e, -1, (p - 1) * (q - 1)) % (p * q)",
        "circle = (p - 1) * (q - 1) // gcd(p - 1, q - 1)\n"
        "    return pow(ciphertext, pow(e, -1, circle), p * q)",
        "return next(m for m in range(p * q) if pow(m, e, p * q) == ciphertext)",
    ],
    "03-break": [
        "p = 2\n    while n % p:\n        p += 1\n" + _READ,
        "p = next(p for p in range(2, int(n ** .5) + 1) if n % p == 0)\n" + _READ,
        "p = 2\n    while p <= n ** 0.5 and n % p:\n        p += 1\n" + _READ,
        "p = 2\n    while p ** 2 <= n and n % p:\n        p += 1\n" + _READ,
        "root = n\n    root **= 0.5\n    p = 2\n    while p < root + 1 and n % p:\n        p += 1\n"
        + _READ,
    ],
    "03-ten-times": ["return ciphertext * pow(10, e, n) % n", "return ciphertext * 10 ** e % n",
                     "return str(ciphertext * pow(10, e, n) % n)"],
    "03-open": [
        'return pow(int.from_bytes(message[-256:], "big"), d, n).to_bytes(256, "big")[-48:]',
        'return pow(int(message[6:].hex(), 16), d, n).to_bytes(256)[-48:].hex()',
        'return (pow(int.from_bytes(message[6:], "big"), d, n) % 2**384).to_bytes(48, "big")',
        'block = pow(int.from_bytes(message[6:], "big"), d, n).to_bytes(256, "big")\n'
        '    return block[2:].split(b"\\0", 1)[1]',
    ],
    "03-hybrid": [
        "return public_key.encrypt(aes_key, oaep) + nonce + "
        'AESGCM(aes_key).encrypt(nonce, page, b"")',
        "return b''.join([public_key.encrypt(aes_key, oaep), nonce, "
        "AESGCM(aes_key).encrypt(nonce, page, None)]).hex()",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("slug", "what"), [(slug, one) for slug in RIGHT for one in RIGHT[slug]])
def test_right_answers_of_another_kind_pass(slug, what):
    report = check(slug, answer(slug, what))
    assert report.state == "passed", report.text
