"""The views of signatures say what the experiments found."""

import pytest

from helpers.experiments.nonces import attack
from helpers.experiments.possession import pretend
from helpers.experiments.signatures import tamper_with
from helpers.experiments.signed import put_together
from helpers.show.possession import assembly_view, possession_view
from helpers.show.signatures import nonce_view, tampered_view


@pytest.mark.parametrize(("change", "words"), [
    ("nothing", "the signature verifies"), ("message", "byte 4 changed"),
    ("signature", "71 bytes, byte 4 changed"), ("twin", "computed without any key"),
    ("signer", "by another key"),
])
def test_what_was_changed_is_named(change, words):
    view = tampered_view(tamper_with("ecdsa_secp256r1_sha256", change, 4 * (change in (
        "message", "signature"))))
    assert words in view.text
    assert words in view.html


def test_a_byte_that_is_no_letter():
    changed = tamper_with("ed25519", "message", 19)
    assert "Ann/ (byte 19 changed)" in tampered_view(changed).text


def test_the_attackers_sums():
    lost = nonce_view(attack(20, 20))
    assert "the attacker has the private key" in lost.text
    assert "k1 = 20" in lost.html
    assert "stays secret" in nonce_view(attack(20, 30)).text
    assert "none" in nonce_view(attack(1, 30)).text


def test_pieces_and_verdict():
    right = ["client random", "server random", "curve, length and share"]
    fitting = assembly_view(put_together("tls12_ecdhe", right))
    assert "the signature fits" in fitting.text
    assert "client random (32 bytes), then server random (32 bytes)" in fitting.text
    wrong = assembly_view(put_together("tls12_ecdhe", right[:1]))
    assert "1 belong to what was signed (3 do in all), and 1 stand" in wrong.text
    assert "Put together: nothing." in assembly_view(put_together("tls12_ecdhe", [])).text


def test_checks_after_hanging_up_are_hypothetical():
    view = possession_view(pretend("own", "own key", "fresh"))
    assert "would pass" in view.text
    assert "hangs up at check 1: certificate" in view.text
    assert "nobody notices" in possession_view(pretend("copied", "stolen key", "fresh")).text
