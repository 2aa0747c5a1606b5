"""The reference answers of lesson 03 are published numbers, or OpenSSL's, or opened by OpenSSL."""

import linecache

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helpers import lab
from helpers.exercises import calling, catalogue, check
from helpers.exercises.forms import NotThisForm
from helpers.exercises.lesson03_power import LargeForm, PowerForm, careful_pow, careful_power
from helpers.exercises.lesson03_sealed import RIGHT, SealedForm
from helpers.sources import load


def cases(slug):
    return catalogue.exercise(slug).made_cases()


def test_the_paper_of_1978():
    """The ciphertext printed in the paper: 0948 2342 1084 1444 ..."""
    assert [case.expected for case in cases("03-encrypt")] == [1444]
    assert [(case.args[0], case.expected) for case in cases("03-decrypt")[:4]] == [
        (948, 920), (2342, 1900), (1084, 112), (1444, 1200)]


def test_the_textbook_key():
    """Stinson, Cryptography: Theory and Practice: n = 11413, b = 3533, 9726 gives 5761."""
    last = cases("03-decrypt")[-1]
    assert (last.args, last.expected) == ((5761, 101, 113, 3533), 9726)


def test_moduli_to_break_are_the_published_ones():
    assert [case.args[0] for case in cases("03-break")] == [2773, 8616460799, 2**32 + 1]
    assert cases("03-break")[0].args[2] == 778


def test_ten_times_is_what_the_private_key_reads():
    for case in cases("03-ten-times"):
        ciphertext, n, e = case.args
        if n == lab.key("server_rsa").public_key().public_numbers().n:
            d = lab.key("server_rsa").private_numbers().d
            assert pow(case.expected, d, n) == 10 * pow(ciphertext, d, n)
        assert case.expected == ciphertext * pow(10, e, n) % n


def test_a_guessed_bid_does_not_pass(monkeypatch):
    """The last case carries a number of 16 bytes: trying every bid is stopped, and told so."""
    monkeypatch.setattr(calling, "LIMIT", 0.3)

    def guess(ciphertext, n, e):
        return next(pow(10 * bid, e, n) for bid in range(n) if pow(bid, e, n) == ciphertext)

    report = check("03-ten-times", guess)
    assert report.state == "not yet"
    assert "Do you try every bid?" in report.hint


def test_opened_secrets_are_openssls():
    """Two recordings: OpenSSL decrypts the same, and its key log says the same."""
    for case, name in zip(cases("03-open"), ("tls12_rsa", "tls12_rsa_second"), strict=False):
        message = case.args[0]
        assert lab.key("server_rsa").decrypt(message[6:], padding.PKCS1v15()) == case.expected
        assert case.expected.hex() in " ".join(load(name).keylog)
    last = cases("03-open")[-1]
    assert lab.key("server_rsa").decrypt(last.args[0][6:], padding.PKCS1v15()) == last.expected
    assert b"\0\0" in last.expected


def test_the_reference_package_opens_with_openssl():
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    for case, owner in zip(cases("03-hybrid"), ("server_rsa", "other_rsa"), strict=True):
        public_key, aes_key, nonce, page = case.args
        assert public_key == lab.key(owner).public_key()
        assert lab.key(owner).decrypt(case.expected[:256], oaep) == aes_key
        assert case.expected[256:268] == nonce
        assert AESGCM(aes_key).decrypt(nonce, case.expected[268:], None) == page


def test_two_packages_of_one_page_are_read_alike():
    """OAEP is random: the bytes differ, and what is in them is the same."""
    first = cases("03-hybrid")[0]
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    again = first.args[0].encrypt(first.args[1], oaep) + first.expected[256:]
    assert again != first.expected
    form = SealedForm()
    assert form.read(again) == form.read(first.expected)
    assert form.read(again).pieces == RIGHT
    assert form.fits(form.read(again))
    assert not form.fits(form.read(b"x" * 300))
    assert form.show(form.read(again)) == f"{len(again)} bytes"


def test_a_list_of_pieces_is_no_package():
    with pytest.raises(NotThisForm, match="Join the three pieces"):
        SealedForm().read([b"a", b"b", b"c"])


# --- powers that would never end -----------------------------------------------------------------

FORM = PowerForm(LargeForm(), ("base", "exponent", "n"))
N, D = lab.key("server_rsa").private_numbers().public_numbers.n, 2**2000


def tower(base, exponent, n):
    return base**exponent % n


def tower_beside(base, exponent, n):
    return tower(base, exponent, n)


def tower_inside(base, exponent, n):
    return max([number**exponent for number in (base,)]) % n


def tower_in_place(base, exponent, n):
    base **= exponent
    return base


def no_modulus(base, exponent, n):
    return pow(base, exponent) % n


def fine(base, exponent, n, *, step=1):
    return pow(base, exponent, n) * step


def root_beside(base, exponent, n):
    return int(n**0.5) + 2**384 % 10


def in_a_helper(base, exponent, n):
    return root_beside(base, exponent, n)


lambdas = [lambda base, exponent, n: base**exponent % n, lambda base, exponent, n: base + 2**3]


@pytest.mark.parametrize("answer", [tower, tower_beside, tower_inside, tower_in_place, no_modulus,
                                    lambdas[0]])
def test_a_power_that_would_not_end_is_refused_when_it_is_reached(answer):
    with pytest.raises(ValueError, match="a million digits"):
        FORM.read(answer)(3, D, N)
    assert FORM.read(answer)(3, 5, 1000) == 243


def test_small_powers_are_as_they_were():
    """Square roots, squares, powers of two: right answers are full of them."""
    for answer in (root_beside, in_a_helper):
        assert FORM.read(answer)(3, D, 100) == answer(3, D, 100) == 16
    assert FORM.read(lambdas[1])(3, D, N) == 11
    for base, exponent in ((2, 10), (2, -1), (10, 65537), (0, D), (1, D), (-1, D), (4.0, 0.5),
                           (2, 3_000_000), (True, D), (3 + 1j, 2), (-8, 3)):
        assert careful_power(base, exponent) == base**exponent
        assert careful_pow(base, exponent) == base**exponent


def test_a_refusal_names_the_line_of_the_learner():
    def decrypt(n, e, ciphertext):
        small = 2**10
        return ciphertext ** n**3 % small

    report = check("03-break", decrypt)
    assert "return ciphertext ** n**3 % small" in report.text
    assert "three arguments in its place" in report.hint


def test_a_function_without_its_source_runs_as_it_is():
    names = {}
    exec("def cube(base, exponent, n): return base**3", names)
    assert FORM.read(names["cube"])(3, D, N) == 27


def test_another_source_than_that_of_the_code_is_not_taken():
    """A file that was changed after its import."""
    names = {}
    exec(compile("def cube(base, exponent, n): return base**3", "cell of cube", "exec"), names)
    for source in ("def cube(base, exponent, n): return base**2", "def cube(", "", "x = 1"):
        linecache.cache["cell of cube"] = (len(source), None, [source], "cell of cube")
        assert FORM.read(names["cube"])(3, D, N) == 27


def test_a_pow_of_the_learners_own_stays():
    names = {"pow": lambda *numbers: 7}
    exec("def mine(base, exponent, n): return pow(base, exponent)", names)
    assert FORM.read(names["mine"])(3, D, N) == 7


def test_other_functions_are_as_they_were():
    assert FORM.read(fine)(3, D, N) == pow(3, D, N)
    assert FORM.read(fine)(3, 5, 100, step=2) == 86
    assert FORM.read(max) is max
    assert careful_pow(2, -1, 9) == careful_pow(2, exp=-1, mod=9) == 5
    with pytest.raises(NotThisForm, match="a function"):
        FORM.read(3)


def test_large_numbers_may_be_written_out():
    form = LargeForm()
    assert form.read(str(N)) == form.read(hex(N)) == form.read(f" {N:,} ") == form.read(N) == N
    with pytest.raises(NotThisForm):
        form.read("many")


def test_a_tower_in_the_hard_exercise_is_one_sentence():
    def open_secret(message, n, d):
        return (int.from_bytes(message[6:], "big") ** d % n).to_bytes(256, "big")[-48:]

    report = check("03-open", open_secret)
    assert report.state == "not yet"
    assert "million digits" in report.text
    assert "third one is n" in report.hint
