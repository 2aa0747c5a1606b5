"""Every value that RFC 8448 prints, computed again: shares, secrets, keys, messages and records."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from helpers.tls import groups, messages, schedule13, signing
from helpers.tls.messages13 import parse_handshake13
from helpers.tls.record import Record
from helpers.tls.record13 import Protection13
from helpers.tls.registry import ContentType, HandshakeType, NamedGroup
from helpers.tls.registry13 import HELLO_RETRY_REQUEST_RANDOM
from helpers.tls.schedule12 import hash_of
from tests.tls import rfc8448

SECTIONS = pytest.mark.parametrize("section", rfc8448.SECTIONS)
RETRY_HEAD = bytes((254, 0, 0, 32))  # message_hash (RFC 9846 section 4.5)


def sha(data: bytes) -> bytes:
    return hash_of("SHA256", data)


def label_of(step: rfc8448.Step) -> str:
    """`c hs traffic` of `derive secret "tls13 c hs traffic"`."""
    return step.what.split('"tls13 ')[1].rstrip('"')


def transcript(section: int) -> list[bytes]:
    """The messages of the handshake in order, a retried ClientHello as its hash."""
    said = [item for item in rfc8448.trace(section).messages()
            if item[0] != HandshakeType.new_session_ticket]
    if section == rfc8448.RETRY:
        said[0] = RETRY_HEAD + sha(said[0])
    return said


def up_to(section: int, kind: HandshakeType, count: int = 1) -> bytes:
    """The transcript from the start to the `count`th message of a kind."""
    said = transcript(section)
    places = [place for place, item in enumerate(said) if item[0] == kind]
    return b"".join(said[:places[count - 1] + 1])


def test_nothing_of_the_rfc_is_missing():
    """As many values as the RFC has "(n octets)", and the traces it announces."""
    counts = {section: sum(len(step.values) for step in rfc8448.trace(section).steps)
              for section in rfc8448.SECTIONS}
    assert counts == {3: 108, 4: 124, 5: 105, 6: 100, 7: 101}


# --- shares --------------------------------------------------------------------------------------


def private_keys(section):
    for step in rfc8448.trace(section).all("create an ephemeral"):
        yield step.who, "P-256" in step.what, step["private key"], step["public key"]


@SECTIONS
def test_public_keys(section):
    for _, is_p256, private, public in private_keys(section):
        if is_p256:
            key = ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1())
            made = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        else:
            made = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
        assert made == public


@SECTIONS
def test_shared_secret(section):
    """Either end's private key with the other's public one gives what "handshake" is made of."""
    last = {who: (is_p256, private, public)
            for who, is_p256, private, public in private_keys(section)}
    (is_p256, private, mine), (_, _, theirs) = last["client"], last["server"]
    if is_p256:
        key = ec.derive_private_key(int.from_bytes(private, "big"), ec.SECP256R1())
    else:
        key = X25519PrivateKey.from_private_bytes(private)
    group = NamedGroup.secp256r1 if is_p256 else NamedGroup.x25519
    secret = groups.shared_secret(groups.Share(group, mine, key), theirs)
    assert secret == rfc8448.trace(section).one('extract secret "handshake"')["IKM"]


# --- secrets -------------------------------------------------------------------------------------


@SECTIONS
def test_the_key_schedule(section):
    """All of it, from the shared secret (and the PSK), under the names of RFC 9846."""
    talk, finished = rfc8448.trace(section), HandshakeType.finished
    psk = talk.one('extract secret "early"')["IKM"]
    schedule = schedule13.KeySchedule(rfc8448.SUITE, psk if any(psk) else None)
    if section == rfc8448.RESUMED:
        schedule.add_early_data(sha(talk.messages()[0]))
    schedule.add_shared_secret(talk.one('extract secret "handshake"')["IKM"],
                               sha(up_to(section, HandshakeType.server_hello,
                                         2 if section == rfc8448.RETRY else 1)))
    schedule.add_application(sha(up_to(section, finished)))
    schedule.add_resumption(sha(up_to(section, finished, 2)))
    made = {step.name: step.output for step in schedule.steps}
    published = rfc8448.by_name(section)
    assert {name: made[name].hex() for name in published} == {
        name: value.hex() for name, value in published.items()}
    assert made.keys() == published.keys()


@SECTIONS
def test_every_expansion(section):
    """"info" and "expanded" of each derivation, from its "PRK" and "hash" as printed."""
    seen = 0
    for step in rfc8448.trace(section).steps:
        if {"PRK", "info"} <= step.values.keys():
            label = label_of(step) if "tls13" in step.what else "finished"
            context, output = step["hash"], step["expanded"]
            assert schedule13.hkdf_label(label, context, len(output)) == step["info"]
            assert schedule13.hkdf_expand_label(step["PRK"], label, context, 32) == output
            seen += 1
        for name in ("key", "iv"):
            if f"{name} info" in step.values:
                output = step[f"{name} expanded"]
                assert schedule13.hkdf_label(name, b"", len(output)) == step[f"{name} info"]
                assert schedule13.hkdf_expand_label(step["PRK"], name, b"", len(output)) == output
                seen += 1
    assert seen > 15


@SECTIONS
def test_every_extraction(section):
    for step in rfc8448.trace(section).all("extract secret"):
        assert schedule13.hkdf_extract(step.values.get("salt", bytes(32)), step["IKM"]) == \
            step["secret"]


@SECTIONS
def test_finished(section):
    said = transcript(section)
    places = [place for place, item in enumerate(said) if item[0] == HandshakeType.finished]
    steps = rfc8448.trace(section).all("calculate finished")
    assert [step.who for step in steps] == ["server", "client"]
    for place, step in zip(places, steps, strict=True):
        key = schedule13.finished_key(step["PRK"])
        assert key == step["expanded"]
        wanted = schedule13.verify_data(key, sha(b"".join(said[:place])))
        assert wanted == step["finished"] == said[place][4:]


def test_the_psk_of_the_ticket():
    """"generate resumption secret" of section 3 is what section 4 begins with."""
    step = rfc8448.trace(rfc8448.ONE_ROUND_TRIP).one("generate resumption secret")
    ticket = parse_handshake13(rfc8448.NEW_SESSION_TICKET)
    assert ticket.ticket_nonce == step["hash"]
    made = schedule13.resumption_psk(rfc8448.SUITE, step["PRK"], ticket.ticket_nonce)
    assert made.output == step["expanded"]
    assert made.output == rfc8448.trace(rfc8448.RESUMED).one('extract secret "early"')["IKM"]


def test_the_binder():
    talk = rfc8448.trace(rfc8448.RESUMED)
    step, hello = talk.one("calculate PSK binder"), talk.messages()[0]
    assert hello.startswith(step["ClientHello prefix"])
    assert sha(step["ClientHello prefix"]) == step["binder hash"]
    schedule = schedule13.KeySchedule(rfc8448.SUITE, talk.one('extract secret "early"')["IKM"])
    key = schedule.binder_key()
    assert schedule.steps[-1].output == step["PRK"]
    assert key == step["expanded"]
    assert schedule13.verify_data(key, step["binder hash"]) == step["finished"] == hello[-32:]


def test_the_exporter_of_early_data():
    """`tls13 e exp master`: no lesson needs it, so the engine has no step for it."""
    talk = rfc8448.trace(rfc8448.RESUMED)
    step = talk.one('derive secret "tls13 e exp master"')
    assert schedule13.derive_secret(step["PRK"], "e exp master", talk.messages()[0]) == \
        step["expanded"]


# --- messages ------------------------------------------------------------------------------------


@SECTIONS
def test_every_message_is_read_to_its_last_byte(section):
    for data in rfc8448.trace(section).messages():
        fields = []
        parsed = parse_handshake13(data, fields)
        assert parsed is not None
        leaves = [leaf for field in fields for leaf in field.leaves()]
        assert b"".join(data[leaf.start:leaf.end] for leaf in leaves) == data


def test_the_hello_retry_request():
    """Its random is the one number that says so; it asks for P-256 and sends a cookie."""
    first, retry, second, answer, *_ = rfc8448.trace(rfc8448.RETRY).messages()
    parsed = messages.parse_handshake(retry)
    assert parsed.random == HELLO_RETRY_REQUEST_RANDOM
    assert parsed.extension(51).value == NamedGroup.secp256r1
    before, after = (messages.parse_handshake(item) for item in (first, second))
    assert after.extension(44).value == parsed.extension(44).value
    assert (before.random, [group for group, _ in before.extension(51).value]) == \
        (after.random, [NamedGroup.x25519])
    assert [group for group, _ in after.extension(51).value] == [NamedGroup.secp256r1]
    assert messages.parse_handshake(answer).extension(51).value[0] == NamedGroup.secp256r1


@SECTIONS
def test_signatures(section):
    """Every CertificateVerify fits the certificate before it and the transcript so far."""
    said, seen = transcript(section), 0
    for place, data in enumerate(said):
        if data[0] == HandshakeType.certificate_verify:
            shown = parse_handshake13(said[place - 1]).certificate_list[0]
            key = x509.load_der_x509_certificate(shown).public_key()
            proof = parse_handshake13(data)
            who = "client" if seen else "server"
            content = schedule13.certificate_verify_content(who, sha(b"".join(said[:place])))
            signing.verify(key, proof.signature_scheme, proof.signature, content)
            seen += 1
    assert seen == {rfc8448.RESUMED: 0, rfc8448.CLIENT_CERTIFICATE: 2}.get(section, 1)


def test_the_servers_key_is_the_printed_one():
    shown = parse_handshake13(rfc8448.CERTIFICATE).certificate_list[0]
    certificate = x509.load_der_x509_certificate(shown)
    assert certificate.public_key() == rfc8448.server_key().public_key()


# --- records -------------------------------------------------------------------------------------


def protections(section, who):
    """The end's keys in the order in which it uses them."""
    published = rfc8448.by_name(section)
    for epoch, number in (("early", ""), ("handshake", ""), ("application", "_0")):
        name = f"{who}_{epoch}_write_"
        if f"{name}key{number}" in published:
            yield epoch, Protection13(rfc8448.SUITE, published[f"{name}key{number}"],
                                      published[f"{name}iv{number}"])


def epoch_of(step, done):
    """Which key the step's record is sealed with; `done`: this end has said its Finished."""
    if step.values["complete record"][0] != ContentType.application_data:
        return None
    if step["payload"][:1] == bytes((HandshakeType.end_of_early_data,)):
        return "early"
    if "handshake" in step.what and not done:
        return "handshake"
    return "application" if done else "early"


@SECTIONS
@pytest.mark.parametrize("who", ["client", "server"])
def test_every_record(section, who):
    """Sealed, each is the RFC's "complete record"; opened again, its "payload"."""
    seal, unseal = dict(protections(section, who)), dict(protections(section, who))
    done = False
    for step in rfc8448.trace(section).all("send ", who):
        kind = ContentType[step.what.split()[1]]
        epoch, record = epoch_of(step, done), step["complete record"]
        if epoch is None:
            assert record[5:] == step["payload"]
            assert record[0] == kind
            continue
        assert seal[epoch].protect(kind, step["payload"]).bytes() == record
        opened = unseal[epoch].unprotect(Record(record[0], 0x0303, record[5:]))
        assert (opened[0], bytes(opened[1])) == (kind, step["payload"])
        done = done or step["payload"][-36:-32] == bytes((HandshakeType.finished, 0, 0, 32))
    assert done
