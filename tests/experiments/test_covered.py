"""The transcript hash at each point, against what real ends computed with it."""

import hashlib
import hmac

import pytest

from helpers.experiments import by_hand, transcript_points
from helpers.sources import load
from helpers.tls import certificate_verify_content, verify
from tests.tls import pairs


@pytest.mark.parametrize("name", ["tls13_x25519", "tls13_mlkem", "tls13_ecdsa"])
def test_each_finished_is_the_hmac_over_the_hash_before_it(name):
    talk = load(name)
    points = transcript_points(talk)
    for sender in ("client", "server"):
        place = next(at for at, point in enumerate(points) if point.message.name == "finished"
                     and point.message.sender == sender)
        before, finished = points[place - 1], points[place].message
        mac = hmac.digest(talk.secret(f"{sender}_finished_key"), before.hash,
                          talk.suite.hash_name.lower())
        assert mac == finished.parsed.verify_data
        assert f"{sender}'s Finished" in before.used_for


def test_certificate_verify_signs_the_hash_after_certificate():
    from cryptography import x509

    talk = load("tls13_x25519")
    said = talk.find("certificate_verify").parsed
    leaf = x509.load_der_x509_certificate(talk.find("certificate").parsed.certificate_list[0])
    after = next(point.hash for point in transcript_points(talk)
                 if point.message.name == "certificate")
    content = certificate_verify_content("server", after)
    verify(leaf.public_key(), said.signature_scheme, said.signature, content)
    used = {point.message.name: point.used_for for point in transcript_points(talk)}
    assert "server's CertificateVerify" in used["certificate"]
    assert used["encrypted_extensions"] == ()


def test_every_point_covers_one_message_more():
    points = transcript_points(by_hand().conversation)
    assert [len(point.titles) for point in points] == list(range(1, 8))
    joined = b""
    for point in points:
        joined += point.message.data
        assert point.hash == hashlib.sha256(joined).digest()
        assert sum(point.lengths) == len(joined)
        assert "ChangeCipherSpec" not in point.titles


def test_after_a_retry_the_first_hello_counts_as_its_hash():
    client, server = pairs.client(), pairs.server(cookie=b"once more")
    talk = pairs.talk(client, server)
    points = transcript_points(talk)
    assert points[1].titles == ("hash of the first ClientHello", "HelloRetryRequest")
    assert points[1].lengths[0] == 4 + 32
    assert points[-1].hash == client.transcript_hash == server.transcript_hash


def test_what_is_not_there_is_said():
    with pytest.raises(ValueError, match=r"did not agree on TLS 1\.3"):
        transcript_points(load("tls12_ecdhe"))
    with pytest.raises(ValueError, match="key log"):
        transcript_points(load("tls13_x25519").without_secrets())
