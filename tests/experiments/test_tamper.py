"""A changed byte: who notices is OpenSSL's doing, so these tests compare with what TLS promises."""

import pytest

from helpers.conversation import exchange
from helpers.experiments import flip, survey, targets
from helpers.experiments.tamper import ALL_LANES, _ends, field_at, sampled
from helpers.sources.openssl import LANES, REQUEST, RESPONSE

MASKS = (0x01, 0x80, 0xFF)


@pytest.fixture(scope="module")
def outcomes():
    return {lane: survey(lane, MASKS, most=60) for lane in ALL_LANES}


@pytest.mark.parametrize("lane", ALL_LANES)
def test_only_two_kinds_of_byte_go_unnoticed(outcomes, lane):
    """The low byte of the version in each side's first record header, and what is sent to a client
    that has hung up. Everything else that gets through would be a hole in TLS."""
    last = len(targets(lane)) - 1
    for item in outcomes[lane]:
        if item.noticed == "nobody":
            first_header = item.message in ("ClientHello", "ServerHello") and item.offset == 2
            assert first_header or item.index == last, item


@pytest.mark.parametrize("lane", ALL_LANES)
def test_no_changed_application_data_is_ever_delivered(outcomes, lane):
    for item in outcomes[lane]:
        received = {name: end.received for name, end in item.conversation.ends.items()}
        assert received["server"] in (b"", REQUEST)
        assert received["client"] in (b"", RESPONSE)


@pytest.mark.parametrize("lane", ALL_LANES)
def test_the_one_who_notices_is_the_one_who_sends_the_alert(outcomes, lane):
    for item in outcomes[lane]:
        sent = {name: end.alerts_sent for name, end in item.conversation.ends.items()}
        if item.noticed in sent:
            assert item.alert == (sent[item.noticed][-1] if sent[item.noticed] else None)
        else:
            assert item.alert is None
            assert not any(sent.values()), item


@pytest.mark.parametrize("lane", ALL_LANES)
def test_every_outcome_is_explained_by_a_rule(outcomes, lane):
    unexplained = {item.field for item in outcomes[lane] if "cannot accept" in item.why}
    assert unexplained <= {"server_name.server_name_list.name_type"}


@pytest.mark.parametrize("lane", LANES)
def test_what_is_said_of_the_signature_is_true(outcomes, lane):
    """ServerKeyExchange's signature covers the randoms and the share, and only ECDHE has one."""
    signed = {item.field for item in outcomes[lane] if "signature in Server" in item.why
              or item.why.startswith("The server signed")}
    if lane == "RSA":
        assert not signed
    else:
        assert {"random", "public.bytes", "signature.bytes"} <= signed


def test_a_changed_random_shows_at_other_places_in_the_two_lanes():
    rsa, ecdhe = (flip(lane, "client_hello", 20) for lane in ("RSA", "ECDHE"))
    assert (rsa.noticed, rsa.at, rsa.alert) == ("server", "Finished", "bad_record_mac")
    assert (ecdhe.noticed, ecdhe.at, ecdhe.alert) == ("client", "ServerKeyExchange",
                                                      "decrypt_error")
    assert "Both randoms go into the keys" in rsa.why


def test_what_is_not_in_the_keys_is_caught_by_the_transcript():
    host = targets("RSA")[0].fields.find("host_name")
    outcome = flip("RSA", "client_hello", 5 + host.end - 1)
    assert (outcome.noticed, outcome.at, outcome.alert) == ("server", "Finished", "decrypt_error")
    assert outcome.reason == "digest check failed"
    same = flip("ECDHE", "client_hello", 5 + host.end - 1)
    assert same.alert == "bad_record_mac"
    assert "extended master secret" in same.why


def test_without_the_extension_only_the_transcript_catches_it():
    """Somebody strips extended_master_secret from the offer: Finished still shows it."""
    extensions = targets("ECDHE")[0].fields.find("extensions").children
    start = next(item.start for item in extensions if item.name == "extended_master_secret")
    outcome = flip("ECDHE", "client_hello", 5 + start)
    assert (outcome.noticed, outcome.alert) == ("server", "decrypt_error")
    assert "from the two randoms" in outcome.why


def test_the_bit_that_x25519_ignores_is_still_caught():
    share = targets("ECDHE")[5]
    outcome = flip("ECDHE", share.index, len(share.wire) - 1, 0x80)
    assert outcome.noticed == "server"
    assert "x25519 ignores this bit" in outcome.why


def test_a_raised_length_makes_both_wait():
    outcome = flip("RSA", "client_hello", 3)
    assert (outcome.noticed, outcome.alert) == ("waiting", None)
    assert "promises 443 bytes instead of 187" in outcome.why
    assert flip("RSA", "finished", 3, sender="server").server_connected


def test_a_lowered_length_can_make_both_wait_too():
    outcome = flip("RSA", "client_hello", 4)
    assert outcome.noticed == "waiting"
    assert "ends 1 byte early" in outcome.why


@pytest.mark.parametrize("lane", LANES)
@pytest.mark.parametrize("mask", MASKS)
def test_nothing_reaches_a_client_that_has_said_goodbye(lane, mask):
    """Every byte of the server's close_notify, the version in its record header included."""
    last = targets(lane)[-1]
    for offset in range(len(last.wire)):
        item = flip(lane, last.index, offset, mask)
        assert item.noticed == "nobody"
        assert item.why.startswith("The client said goodbye first"), item


def test_only_a_hello_comes_before_a_version_is_agreed(outcomes):
    said = {item.message for lane in LANES for item in outcomes[lane]
            if "No version is agreed yet" in item.why}
    assert said == {"ClientHello", "ServerHello"}


POSITIONS = [("RSA", "client_key_exchange", 11, 0x80), ("RSA", "client_key_exchange", 11, 0xFF),
             ("RSA", "client_key_exchange", 200, 0x01), ("RSA", "certificate", 600, 0x01),
             ("RSA", "client_hello", 10, 0x80), ("ECDHE", "server_key_exchange", 49, 0x80),
             ("ECDHE", "server_key_exchange", 44, 0x80), ("ECDHE", "client_key_exchange", 41, 0xFF),
             ("ECDHE", "application_data", 40, 0x01), ("ECDHE", "server_hello", 30, 0xFF)]


@pytest.mark.parametrize(("lane", "message", "offset", "mask"), POSITIONS)
def test_twenty_runs_one_outcome(lane, message, offset, mask):
    assert len({flip(lane, message, offset, mask) for _ in range(20)}) == 1


@pytest.mark.parametrize("lane", ALL_LANES)
def test_targets_have_one_record_each_and_the_layout_of_any_run(lane):
    again = exchange(*_ends(lane), request=REQUEST, response=RESPONSE)
    assert [(item.name, len(item.wire)) for item in again.messages] \
        == [(item.name, len(item.wire)) for item in targets(lane)]
    for sender in ("client", "server"):
        records = [item.wire for item in again.messages if item.sender == sender]
        assert b"".join(records) == again.stream(sender)


@pytest.mark.parametrize("lane", ALL_LANES)
def test_every_byte_has_a_name(lane):
    for target in targets(lane):
        names = [field_at(target, offset) for offset in range(len(target.wire))]
        assert all(names)
        with pytest.raises(IndexError):
            field_at(target, len(target.wire))


@pytest.mark.parametrize("mask", [0x02, 0x04, 0x20, 0x55])
def test_other_masks_are_explained_too(mask):
    for lane in ALL_LANES:
        for item in survey(lane, [mask], most=20):
            assert "cannot accept" not in item.why or item.field.endswith("name_type"), item


def test_what_is_not_there_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="there is no lane 'DHE'"):
        flip("DHE", 0, 0)
    with pytest.raises(ValueError, match="no message 'server_key_exchange'"):
        flip("RSA", "server_key_exchange", 0)
    with pytest.raises(ValueError, match="choose a byte from 0 to 5"):
        flip("RSA", "change_cipher_spec", 6)
    with pytest.raises(ValueError, match="a mask is a byte"):
        flip("RSA", 0, 0, 0)


def test_sampled_offsets_are_distinct_and_keep_the_headers():
    for length in range(1, 300):
        offsets = sampled(length, 43)
        assert offsets == sorted(set(offsets))
        assert offsets[-1] < length
        assert offsets[:9] == list(range(min(9, length)))
        assert len(offsets) == min(43, length)


# --- TLS 1.3 ------------------------------------------------------------------------------------

SESSION_ID, SHARE = 50, 110  # bytes of ServerHello's record


def test_a_changed_random_is_caught_at_a_third_place():
    found = flip("1.3", "client_hello", 20)
    assert (found.noticed, found.at, found.alert) == ("client", "EncryptedExtensions",
                                                      "bad_record_mac")
    assert "hash of both hellos" in found.why


def test_legacy_fields_are_compared_or_hashed():
    found = flip("1.3", "server_hello", SESSION_ID)
    assert (found.at, found.alert) == ("ServerHello", "illegal_parameter")
    assert "legacy field without meaning" in found.why
    legacy = flip("1.3", "server_hello", 10)
    assert (legacy.field, legacy.at) == ("server_version", "EncryptedExtensions")
    assert legacy.why.startswith("Nothing but the transcript hash")


def test_shares_and_the_bit_that_x25519_ignores():
    assert "different shared secrets" in flip("1.3", "server_hello", SHARE).why
    last = len(targets("1.3")[1].wire) - 1
    ignored = flip("1.3", "server_hello", last, 0x80)
    assert ignored.at == "EncryptedExtensions"
    assert "x25519 ignores this bit" in ignored.why


def test_a_version_taken_out_of_the_list():
    field = targets("1.3")[0].fields.find("supported_versions")
    found = flip("1.3", "client_hello", 5 + field.end - 1)
    assert (found.noticed, found.alert) == ("server", "protocol_version")
    assert "no version that it speaks" in found.why


def test_sealed_messages_do_not_say_what_they_are():
    for name in ("encrypted_extensions", "certificate", "certificate_verify"):
        found = flip("1.3", name, 20)
        assert (found.noticed, found.alert, found.field) == ("client", "bad_record_mac",
                                                            "sealed: ciphertext")
        assert flip("1.3", name, 5).field == "sealed: ciphertext"  # no explicit nonce


@pytest.mark.parametrize(("message", "offset", "mask"), [
    ("client_hello", 20, 0x01), ("client_hello", 60, 0x80), ("client_hello", 103, 0x80),
    ("server_hello", 110, 0x01), ("certificate", 600, 0xFF), ("server_hello", 4, 0x80)])
def test_twenty_runs_one_outcome_in_13(message, offset, mask):
    assert len({flip("1.3", message, offset, mask) for _ in range(20)}) == 1
