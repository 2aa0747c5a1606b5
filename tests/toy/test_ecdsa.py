"""The toy ECDSA: the same code over P-256 makes and checks what `cryptography` does."""

from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.toy.curve import SMALL
from helpers.toy.ecdsa import (
    P256,
    Signature,
    hash_number,
    private_from_nonce,
    public_key,
    recover_private,
    sign,
    verify,
)

# RFC 6979, appendix A.2.5: the private key, and for SHA-256 (message, k, r, s).
PRIVATE = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
PUBLIC = (0x60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6,
          0x7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299)  # fmt: skip
VECTORS = [
    (b"sample",
     0xA6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60,
     0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,
     0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8),
    (b"test",
     0xD16B6AE827F17175E040871A1C7EC3500192C4C92677336EC2537ACAEE0008E0,
     0xF1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367,
     0x019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083),
]  # fmt: skip
ECDSA = ec.ECDSA(hashes.SHA256())
NUMBERS = st.integers(1, SMALL.order - 1)
HASHES = st.integers(0, 127)


# --- the real thing ---------------------------------------------------------------------------


def test_the_public_key_of_rfc_6979():
    assert public_key(PRIVATE, P256) == PUBLIC


@pytest.mark.parametrize(("message", "nonce", "r", "s"), VECTORS)
def test_the_published_signatures(message, nonce, r, s):
    hashed = hash_number(message, P256)
    assert hashed == int.from_bytes(sha256(message).digest(), "big")
    assert sign(hashed, PRIVATE, nonce, P256) == (r, s)
    assert verify(hashed, Signature(r, s), PUBLIC, P256)
    assert not verify(hashed + 1, Signature(r, s), PUBLIC, P256)


def test_cryptography_verifies_what_the_toy_signs():
    owner = ec.derive_private_key(PRIVATE, ec.SECP256R1()).public_key()
    signature = sign(hash_number(b"a letter", P256), PRIVATE, 0xC0FFEE, P256)
    owner.verify(encode_dss_signature(*signature), b"a letter", ECDSA)
    with pytest.raises(InvalidSignature):
        owner.verify(encode_dss_signature(*signature), b"a lettes", ECDSA)


def test_the_toy_verifies_what_cryptography_signs():
    signer = ec.derive_private_key(0xA11CE, ec.SECP256R1())
    numbers = signer.public_key().public_numbers()
    signature = Signature(*decode_dss_signature(signer.sign(b"a letter", ECDSA)))
    assert verify(hash_number(b"a letter", P256), signature, (numbers.x, numbers.y), P256)


def test_a_real_key_from_two_signatures():
    nonce = VECTORS[0][1]
    first, second = hash_number(b"sample", P256), hash_number(b"test", P256)
    found = recover_private(first, sign(first, PRIVATE, nonce, P256),
                            second, sign(second, PRIVATE, nonce, P256), P256)
    assert ec.derive_private_key(found, ec.SECP256R1()).public_key().public_numbers().x == PUBLIC[0]


# --- the small curve --------------------------------------------------------------------------


def signed(hashed, private, nonce):
    """The signature, or None where a signer would take another nonce."""
    try:
        return sign(hashed, private, nonce)
    except ValueError:
        return None


@given(HASHES, NUMBERS, NUMBERS)
@settings(deadline=None)
def test_what_is_signed_verifies(hashed, private, nonce):
    signature = signed(hashed, private, nonce)
    if signature:
        public = public_key(private)
        mirrored = -hashed - 2 * signature.r * private  # gives the point with the same x
        accepted = {other for other in range(SMALL.order) if verify(other, signature, public)}
        assert accepted == {hashed % SMALL.order, mirrored % SMALL.order}
        assert private_from_nonce(hashed, signature, nonce) == private
        assert verify(hashed, Signature(signature.r, SMALL.order - signature.s), public)


@given(HASHES, HASHES, NUMBERS, NUMBERS)
@settings(deadline=None)
def test_one_nonce_twice_gives_the_key(hashed, other_hashed, private, nonce):
    first, second = signed(hashed, private, nonce), signed(other_hashed, private, nonce)
    if first and second and (hashed - other_hashed) % SMALL.order:
        assert first.r == second.r
        assert recover_private(hashed, first, other_hashed, second) == private


def test_the_mirrored_nonce_gives_the_same_r():
    assert sign(5, 20, 30).r == sign(7, 20, SMALL.order - 30).r


def test_what_cannot_be_done_is_said():
    with pytest.raises(ValueError, match="do not share a nonce"):
        recover_private(1, Signature(5, 6), 2, Signature(7, 8))
    with pytest.raises(ValueError, match="one equation"):
        recover_private(1, Signature(5, 6), 1, Signature(5, 6))
    for private, nonce in ((0, 1), (SMALL.order, 1), (1, 0), (1, SMALL.order)):
        with pytest.raises(ValueError, match="from 1 to 102"):
            sign(1, private, nonce)
    with pytest.raises(ValueError, match="take another"):
        sign(1, 2, next(k for k in range(1, 103) if signed(1, 2, k) is None))


@pytest.mark.parametrize("signature", [(0, 1), (1, 0), (103, 1), (1, 103), (-1, 1)])
def test_numbers_out_of_range_are_no_signature(signature):
    assert not verify(1, Signature(*signature), public_key(7))
