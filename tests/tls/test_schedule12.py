"""The TLS 1.2 PRF against published vectors; the key block's order."""

import pytest

from helpers.sources import load
from helpers.tls import schedule12
from helpers.tls.registry import SUITES, CipherSuite

# Posted to the TLS working group for TLS 1.2 implementers; many libraries test with them:
# https://mailarchive.ietf.org/arch/msg/tls/fzVCzk-z3FShgGJ6DOXqM1ydxms/
VECTORS = {
    "SHA256": ("9bbe436ba940f017b17652849a71db35", "a0ba9f936cda311827a6f796ffd5198c",
               "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a"
               "6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab"
               "4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701"
               "87347b66"),
    "SHA384": ("b80b733d6ceefcdc71566ea48e5567df", "cd665cf6a8447dd6ff8b27555edb7465",
               "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cd"
               "e9ca0faa60be9fe34f82b1233c9146a0e534cb400fed2700884f9dc236f80edd"),
}


@pytest.mark.parametrize("name", VECTORS)
def test_published_vectors(name):
    secret, seed, output = map(bytes.fromhex, VECTORS[name])
    assert schedule12.prf(secret, b"test label", seed, len(output), name) == output
    assert schedule12.p_hash(secret, b"test label" + seed, 5, name) == output[:5]
    assert schedule12.prf(secret, b"test label", seed, 0, name) == b""


@pytest.mark.parametrize("suite", SUITES)
def test_the_key_block_is_cut_without_gaps(suite):
    parameters = SUITES[suite]
    steps = schedule12.key_block_steps(parameters, b"m" * 48, b"c" * 32, b"s" * 32)
    block, *parts = steps
    assert [step.name for step in parts] == ["client_write_key", "server_write_key",
                                             "client_write_IV", "server_write_IV"]
    assert b"".join(step.output for step in parts) == block.output
    assert len(parts[0].output) == len(parts[1].output) == parameters.key_length
    assert len(parts[2].output) == len(parts[3].output) == parameters.fixed_iv_length
    assert block.inputs[1:] == (("server_random", b"s" * 32), ("client_random", b"c" * 32))


def test_every_input_decides():
    suite = SUITES[CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256]
    base = (b"p" * 48, b"c" * 32, b"s" * 32, None)
    outputs = {schedule12.master_secret_step(suite, *base).output}
    for place, other in enumerate((b"P" * 48, b"C" * 32, b"S" * 32, b"hash" * 8)):
        changed = (*base[:place], other, *base[place + 1:])
        outputs.add(schedule12.master_secret_step(suite, *changed).output)
    assert len(outputs) == 5
    assert {len(output) for output in outputs} == {48}
    digest = b"h" * 32
    assert schedule12.verify_data(suite, b"m" * 48, "client", digest) != \
        schedule12.verify_data(suite, b"m" * 48, "server", digest)


@pytest.mark.parametrize("name", ["tls12_rsa", "tls12_ecdhe", "tls12_ecdhe_ecdsa"])
def test_our_schedule_explains_openssls_finished(name):
    """Both verify_data in a recording follow from its master secret and its messages."""
    talk = load(name)
    transcript = b""
    for message in talk.messages:
        if message.name == "finished":
            digest = schedule12.hash_of(talk.suite.hash_name, transcript)
            assert message.parsed.verify_data == schedule12.verify_data(
                talk.suite, talk.secret("master_secret"), message.sender, digest)
        if message.content_type == 22:
            transcript += message.data


def test_pre_master_secret_of_the_key_log_gives_the_master_secret():
    """OpenSSL's key log has both for RSA key exchange: ours from the first is its second."""
    talk = load("tls12_rsa")
    logged = {line.split()[0]: line.split()[2] for line in talk.keylog}
    assert talk.secret("pre_master_secret").hex() == logged["RSA"]
    assert talk.secret("master_secret").hex() == logged["CLIENT_RANDOM"]
