"""The TLS 1.3 key schedule against the published trace of RFC 8448 section 3."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from helpers.tls import (
    certificate_verify_content,
    derive_secret,
    finished_key,
    hash_of,
    hkdf_expand_label,
    hkdf_extract,
    nonce_of,
    schedule13,
    verify,
)
from helpers.tls.registry13 import SUITES13
from tests.tls import rfc8448

HELLOS = rfc8448.CLIENT_HELLO + rfc8448.SERVER_HELLO
TO_CERTIFICATE = HELLOS + rfc8448.ENCRYPTED_EXTENSIONS + rfc8448.CERTIFICATE
TO_SERVER_FINISHED = TO_CERTIFICATE + rfc8448.CERTIFICATE_VERIFY + rfc8448.SERVER_FINISHED
TO_CLIENT_FINISHED = TO_SERVER_FINISHED + rfc8448.CLIENT_FINISHED
STEPS = schedule13.key_schedule(
    rfc8448.SUITE, rfc8448.SHARED_SECRET, hellos=HELLOS, to_server_finished=TO_SERVER_FINISHED,
    to_client_finished=TO_CLIENT_FINISHED)


def test_every_published_secret():
    assert {step.name: step.output.hex() for step in STEPS} == rfc8448.SECRETS


def test_every_input_is_an_earlier_output_or_from_outside():
    """So that a tree can be drawn: nothing comes from nowhere."""
    outside = {"0", "PSK", "shared_secret", "transcript_hash"}
    known = {}
    for step in STEPS:
        for name, value in step.inputs:
            assert name in outside or known[name] == value
        assert step.source.startswith("RFC 9846 section ")
        known[step.name] = step.output


def test_the_schedule_stops_where_a_transcript_is_missing():
    names = [step.name for step in schedule13.key_schedule(
        rfc8448.SUITE, rfc8448.SHARED_SECRET, hellos=HELLOS)]
    assert names[-1] == "main_secret"
    assert STEPS[:len(names)] == schedule13.key_schedule(
        rfc8448.SUITE, rfc8448.SHARED_SECRET, hellos=HELLOS)


def test_the_functions_that_notebooks_use():
    early = hkdf_extract(bytes(32), bytes(32))
    assert early.hex() == rfc8448.SECRETS["early_secret"]
    derived = derive_secret(early, "derived", b"")
    handshake = hkdf_extract(derived, rfc8448.SHARED_SECRET)
    traffic = derive_secret(handshake, "s hs traffic", HELLOS)
    assert traffic.hex() == rfc8448.SECRETS["server_handshake_traffic_secret"]
    assert hkdf_expand_label(traffic, "iv", b"", 12).hex() == \
        rfc8448.SECRETS["server_handshake_write_iv"]
    assert finished_key(traffic).hex() == rfc8448.SECRETS["server_finished_key"]


def test_the_label_structure():
    """ "key info" and "info" of RFC 8448 section 3. """
    assert schedule13.hkdf_label("key", b"", 16).hex() == "001009746c733133206b657900"
    assert schedule13.hkdf_label("iv", b"", 12).hex() == "000c08746c733133206976" + "00"
    empty = hash_of("SHA256", b"")
    assert schedule13.hkdf_label("derived", empty, 32).hex() == (
        "00200d746c733133206465726976656420" + empty.hex())
    with pytest.raises(OverflowError):
        schedule13.hkdf_label("x" * 250, b"", 1)


@pytest.mark.parametrize(("sender", "transcript", "said"), [
    ("server", TO_CERTIFICATE + rfc8448.CERTIFICATE_VERIFY, rfc8448.SERVER_FINISHED),
    ("client", TO_SERVER_FINISHED, rfc8448.CLIENT_FINISHED)])
def test_finished(sender, transcript, said):
    key = bytes.fromhex(rfc8448.SECRETS[f"{sender}_finished_key"])
    assert schedule13.verify_data(key, hash_of("SHA256", transcript)) == said[4:]


def test_certificate_verify():
    """The signature in the trace fits what we say was signed, and the certificate's key."""
    certificate = x509.load_der_x509_certificate(rfc8448.CERTIFICATE[11:-2])
    content = certificate_verify_content("server", hash_of("SHA256", TO_CERTIFICATE))
    assert content[:64] == b" " * 64
    assert content[64:98] == b"TLS 1.3, server CertificateVerify\0"
    assert len(content) == 98 + 32
    verify(certificate.public_key(), 0x0804, rfc8448.CERTIFICATE_VERIFY[8:], content)


def test_nonce_and_keys_open_the_traces_record():
    key, iv = (bytes.fromhex(rfc8448.SECRETS[f"client_application_write_{name}_0"])
               for name in ("key", "iv"))
    record = rfc8448.CLIENT_DATA_RECORD
    inner = AESGCM(key).decrypt(nonce_of(iv, 0), record[5:], record[:5])
    assert inner == bytes(range(50)) + b"\x17"


@given(st.binary(min_size=12, max_size=12), st.integers(0, 2**64 - 1))
def test_nonces(iv, number):
    nonce = nonce_of(iv, number)
    assert nonce[:4] == iv[:4]
    assert int.from_bytes(nonce, "big") ^ int.from_bytes(iv, "big") == number
    with pytest.raises(OverflowError):
        nonce_of(iv, -1)


@pytest.mark.parametrize("suite", SUITES13)
def test_lengths(suite):
    parameters = SUITES13[suite]
    size = len(hash_of(parameters.hash_name, b""))
    steps = schedule13.key_schedule(parameters, b"s" * 32, hellos=b"h", to_server_finished=b"hs",
                                    to_client_finished=b"hsc")
    for step in steps:
        expected = {"key": parameters.key_length, "iv": parameters.fixed_iv_length}
        kind = "key" if "write_key" in step.name else "iv" if "write_iv" in step.name else ""
        assert len(step.output) == expected.get(kind, size)
    assert len({step.output for step in steps}) == len(steps)


def test_a_key_update():
    schedule = schedule13.KeySchedule(rfc8448.SUITE)
    schedule.add_shared_secret(b"s" * 32, b"h" * 32)
    schedule.add_application(b"h" * 32)
    secret = schedule["server_application_traffic_secret_0"]
    for generation in range(5):
        schedule.update("server", generation)
        secret = hkdf_expand_label(secret, "traffic upd", b"", 32)
        assert schedule[f"server_application_traffic_secret_{generation + 1}"] == secret
    assert [step.name for step in schedule.steps if "server_appl" in step.name] == [
        f"server_application_{kind}_{number}" for number in (0, 5)
        for kind in ("traffic_secret", "write_key", "write_iv")]


def test_who_only_listens_knows_what_follows_and_no_more():
    schedule = schedule13.KeySchedule(rfc8448.SUITE, overheard={
        "client_handshake_traffic_secret": b"s" * 32})
    assert [step.name for step in schedule.steps] == [
        "client_handshake_traffic_secret", "client_handshake_write_key",
        "client_handshake_write_iv", "client_finished_key"]
    for name in ("early_secret", "main_secret", "server_finished_key", "binder_key"):
        with pytest.raises(KeyError):
            schedule[name]
