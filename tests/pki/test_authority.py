"""The lab's certificates: the same bytes on every run, and good."""

import subprocess
import sys
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from helpers import lab
from helpers.pki import authority
from helpers.tls.errors import TLSError
from helpers.tls.trust import TrustStore


def store(root: str = "root", days: int = 0) -> TrustStore:
    return TrustStore([authority.root(root).certificate], lab.NOW + timedelta(days=days))


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_the_chain_is_good(kind):
    identity = authority.server(kind)
    assert store().check(identity.chain, lab.HOST) == identity.certificate
    assert identity.certificate.public_key() == identity.key.public_key()
    with pytest.raises(TLSError, match="unknown_ca"):
        store("other_root").check(identity.chain, lab.HOST)


def test_a_certificate_for_another_host():
    identity = authority.server("rsa", "bank.example")
    store().check(identity.chain, "bank.example")
    with pytest.raises(TLSError, match="certificate_unknown"):
        store().check(identity.chain, lab.HOST)


@pytest.mark.parametrize(("days", "good"), [(-11, False), (-10, True), (90, True), (91, False)])
def test_how_long_it_is_valid(days, good):
    if good:
        store(days=days).check(authority.server().chain, lab.HOST)
    else:
        with pytest.raises(TLSError, match="certificate_expired"):
            store(days=days).check(authority.server().chain, lab.HOST)


def test_the_same_bytes_in_another_process():
    code = ("from helpers.pki import authority as a; import hashlib; print(hashlib.sha256("
            "b''.join(a.server('rsa').chain + a.server('ecdsa').chain)).hexdigest())")
    runs = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                           check=True, cwd=lab.DATA.parent, timeout=60).stdout for _ in range(2)}
    assert len(runs) == 1
    assert len(runs.pop().strip()) == 64


def test_what_the_certificates_say():
    leaf, root = authority.server().certificate, authority.root().certificate
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == [lab.HOST]
    for certificate in (leaf, root, *authority.server().intermediates):
        assert "TEST ONLY" in certificate.subject.rfc4514_string()
    assert root.issuer == root.subject
    assert root.public_bytes(Encoding.DER) not in authority.server().chain
