"""The reference answers of lesson 04 are checked against something else than themselves."""

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey

from helpers.exercises import calling, catalogue, check
from helpers.exercises.lesson04 import BASE, BOBS, PRIME, YOURS
from helpers.exercises.lesson04_questions import QUIZ
from helpers.experiments.hybrid import (
    VISITS,
    hybrid_answer,
    logged_traffic_secret,
    server_traffic_secret,
)
from helpers.toy import SMALL, order_of
from tests.toy.test_curve import P256


def cases(slug):
    return catalogue.exercise(slug).made_cases()


def test_both_ends_of_the_small_exchange_agree():
    (case,) = cases("04-small-secret")
    assert case.expected == pow(pow(BASE, YOURS, PRIME), BOBS, PRIME)
    assert order_of(BASE, PRIME) == PRIME - 1


def test_each_private_number_is_the_smallest_that_fits():
    for case in cases("04-find-private"):
        prime, base, share = case.args
        assert share == pow(base, case.expected, prime)
        assert not any(pow(base, less, prime) == share for less in range(1, case.expected))


@pytest.mark.parametrize(("index", "alice", "bob"), [(0, 153, 289), (1, 1_234, 56_789)])
def test_alice_and_bob_come_to_what_mallory_has(index, alice, bob):
    case = cases("04-mallory")[index]
    prime, base, _, alice_share, bob_share = case.args
    own, with_alice, with_bob = case.expected
    assert (pow(base, alice, prime), pow(base, bob, prime)) == (alice_share, bob_share)
    assert (pow(own, alice, prime), pow(own, bob, prime)) == (with_alice, with_bob)
    assert with_alice != with_bob


def test_sums_of_points_by_the_toy_curve_and_by_the_library():
    """The small ones come from toy/curve.py and the real ones from `cryptography`: each is held
    against the other's curve."""
    curves = {SMALL.curve.p: SMALL.curve, P256.curve.p: P256.curve}
    for case in cases("04-add-points"):
        prime, a, first, second = case.args
        assert curves[prime].a == a
        assert curves[prime].add(first, second) == case.expected


def test_the_vectors_of_rfc_7748():
    first, second, third, *refused = cases("04-x25519")
    assert first.expected == second.expected
    assert second.args[1].hex() == (
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
    )
    assert third.expected.hex().startswith("c3da55379de9c690")
    assert [case.expected for case in refused] == [b"", b""]


def test_the_parts_of_a_hybrid_share_are_what_they_are_called():
    client, *servers = cases("04-split-share")
    assert MLKEM768PublicKey.from_public_bytes(client.expected[0])
    with pytest.raises(ValueError, match="ML-KEM"):
        MLKEM768PublicKey.from_public_bytes(client.args[0][-1184:])
    for case in servers:
        assert (
            len(MLKEM768PrivateKey.from_seed_bytes(bytes(64)).decapsulate(case.expected[0])) == 32
        )
        assert len(case.expected[1]) == 32


def test_openssl_has_the_same_64_bytes():
    for case, visit in zip(cases("04-hybrid-secret"), VISITS, strict=True):
        answer = hybrid_answer(visit)
        assert server_traffic_secret(answer, case.expected) == logged_traffic_secret(answer)


def test_the_quiz_computes_its_numbers():
    small = next(one for one in QUIZ if one.slug == "04-quiz-small")
    right = next(option for option in small.options if option.right)
    call, _, said = right.text.partition(", which is ")
    assert eval(call, {"pow": pow}) == int(said)
    assert pow(pow(5, 11, 47), 30, 47) == int(said)
    curve = next(one for one in QUIZ if one.slug == "04-quiz-curve")
    times = int(next(option.text for option in curve.options if option.right).removesuffix("G"))
    toy, generator = SMALL.curve, SMALL.generator
    assert toy.multiply(44, toy.multiply(72, generator)) == toy.multiply(times, generator)


@pytest.mark.parametrize("said", ["pow(310, 173, 467)", "a secret", [1], 1.5])
def test_a_secret_that_cannot_be_read_is_helped_along(said):
    report = check("04-small-secret", said)
    assert report.state == "not yet"
    assert report.hint


@pytest.mark.parametrize("loop", ["while pow(base, 1, prime) != share: pass",
                                  "e = 1\n    while base ** e != share: e += 1"])
def test_a_search_without_an_end_is_stopped_and_told_why(monkeypatch, loop):
    monkeypatch.setattr(calling, "LIMIT", 0.2)
    names = {}
    exec(f"def endless(prime, base, share):\n    {loop}\n", names)
    report = check("04-find-private", names["endless"])
    assert report.state == "not yet"
    assert "still running" in report.text
    assert "Does the exponent grow by 1 in every round" in report.hint


def test_a_fraction_is_told_what_to_do_instead():
    report = check("04-add-points", lambda prime, a, first, second: (1.5, 2.25))
    assert "pow(run, -1, prime)" in report.text
