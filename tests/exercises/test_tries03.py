"""What learners get for wrong tries at lesson 03: help that names the mistake or the next step."""

import pytest

from helpers.exercises import catalogue, check
from tests.exercises.conftest import fresh_progress
from tests.exercises.proof import reveals
from tests.exercises.test_odd_answers import ODD
from tests.exercises.tries03 import TRIES, answer

ALL = [(slug, what, said) for slug, tries in TRIES.items() for what, said in tries]


@pytest.fixture(autouse=True)
def own_progress(monkeypatch, tmp_path):
    fresh_progress(monkeypatch, tmp_path)


def help_of(report):
    """Everything that helps: all but what went in, what came out, and where they differ."""
    if report.state == "not started":
        return report.text
    quoted = [said for label, said in report.details if label in ("", "Where")]
    if said := dict(report.details).get("Yours", ""):
        quoted += [said] if "Look at what your function returns" in said else []
    return " ".join([report.hint, *quoted])


@pytest.mark.parametrize(("slug", "what", "said"), ALL)
def test_a_wrong_try_gets_help_of_its_own(slug, what, said):
    report = check(slug, answer(slug, what))
    assert report.state != "passed"
    assert not report.fault, report.text
    assert said in help_of(report), report.text
    for case in catalogue.exercise(slug).made_cases():
        reveals(catalogue.exercise(slug), case, help_of(report))


def test_every_exercise_is_tried_often_enough():
    assert set(TRIES) == {one.slug for one in catalogue.exercises("03")}
    assert min(len(tries) for tries in TRIES.values()) >= 20
    assert not [what for _, what, said in ALL if not said], "name the words that help"


def test_most_tries_meet_a_hint_that_is_about_them():
    """Not just "this is a list": of those that came to something, four in five have a hint."""
    hints = [check(slug, answer(slug, what)).hint for slug, what, _ in ALL]
    assert sum(map(bool, hints)) > 0.8 * len(hints)


@pytest.mark.parametrize("place", range(len(ODD)))
def test_odd_answers_are_no_fault(place):
    for slug in TRIES:
        for handed in (ODD[place], lambda *args: ODD[place]):
            report = check(slug, handed)
            assert not report.fault, report.text
            assert report.state != "passed"


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
