"""What makes the lab repeat."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from helpers import lab


def test_seeded_bytes_repeat_and_go_on():
    first, again, other = lab.seeded("a"), lab.seeded("a"), lab.seeded("b")
    taken = first(5) + first(0) + first(27)
    assert taken == again(32)
    assert taken != other(32)
    assert first(5) != taken[:5]


def test_the_bytes_are_the_same_for_ever():
    """Saved outputs of the notebooks depend on them."""
    assert lab.seeded("test")(8).hex() == "aeae0b5182a6eea7"


def test_keys():
    assert isinstance(lab.key("server_rsa"), rsa.RSAPrivateKey)
    assert lab.key("server_rsa").key_size == 2048
    for name in ("server_ecdsa", "intermediate", "root", "other_root"):
        assert isinstance(lab.key(name), ec.EllipticCurvePrivateKey)
        assert lab.key(name) is lab.key(name)
    with pytest.raises(FileNotFoundError):
        lab.key("nobody")


def test_every_key_file_says_that_it_is_a_test_key():
    files = sorted((lab.DATA / "keys").glob("*.pem"))
    assert len(files) >= 5
    assert all(path.read_text("utf-8").startswith("TEST KEY") for path in files)
