"""The attacker on the toy curve gets the key exactly where he should."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from helpers import lab
from helpers.experiments.nonces import (
    KNOWS,
    PRIVATE,
    attack,
    broken_signer,
    what_a_stranger_learns,
)
from helpers.toy import SMALL, ecdsa

NONCES = range(2, 102)


def test_from_signatures_alone_only_with_one_nonce_or_its_mirror():
    won = {(first, second) for first in NONCES for second in NONCES
           if attack(first, second).right}
    assert won == {(one, other) for one in NONCES for other in (one, SMALL.order - one)}


def test_a_believed_counter_helps_only_where_it_is_one():
    for first in NONCES[::7]:
        for second in NONCES:
            case = attack(first, second, "counter")
            assert case.key in (None, PRIVATE)
            assert second == first + 1 or not case.right or "Assume" in case.steps[0]
    assert all(attack(first, first + 1, "counter").right for first in (2, 20, 50, 90))
    assert not attack(20, 30, "counter").right


def test_a_leaked_nonce_is_enough():
    assert all(attack(first, 50, "nonce").right for first in NONCES)


def test_a_nonce_that_a_signer_skips():
    case = attack(1, 20)
    assert case.signed[0].signature is None
    assert case.key is None
    for nonce in (0, 103):
        with pytest.raises(ValueError, match="from 1 to 102"):
            attack(nonce, 20)
    with pytest.raises(ValueError, match="none of"):
        attack(2, 3, "everything")
    assert set(KNOWS) == {"signatures", "counter", "nonce"}


def test_the_broken_signer_makes_real_signatures_and_loses_a_real_key():
    public, (first, second) = broken_signer(b"one", b"two")
    for seen in (first, second):
        public.verify(seen.der, seen.message, ec.ECDSA(hashes.SHA256()))
    assert first.signature.r == second.signature.r
    found = ecdsa.recover_private(first.hashed, first.signature, second.hashed, second.signature,
                                  ecdsa.P256)
    assert ec.derive_private_key(found, ec.SECP256R1()).public_key() == public
    assert found == lab.key("server_ecdsa").private_numbers().private_value


def test_a_stranger_learns_all_or_nothing():
    public, (first, second) = broken_signer(b"one", b"two")
    learned = what_a_stranger_learns(public, first, second)
    assert learned["r1"] == learned["r2"]
    own = lab.key("server_ecdsa").private_numbers().private_value
    assert f"{own:064x}".startswith(learned["d, computed"].removesuffix("..."))
    assert learned["d makes the victim's public key"] is True
    other = lab.key("root").public_key()
    assert not what_a_stranger_learns(other, first, second)["d makes the victim's public key"]
    assert set(what_a_stranger_learns(public, first, first)) == {"r1", "r2"}
    elsewhere = second._replace(signature=second.signature._replace(r=second.signature.r + 1))
    assert set(what_a_stranger_learns(public, first, elsewhere)) == {"r1", "r2"}
