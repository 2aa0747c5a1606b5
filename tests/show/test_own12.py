"""Our own two ends as pictures: how it ended, and both of them standing still."""

from helpers.experiments import moments, own_visit
from helpers.experiments.own12 import EXPIRED, INSISTS
from helpers.experiments.stopped12 import STRUCK
from helpers.show import moment_view, own_view


def test_a_connection_names_its_suite():
    text = own_view(own_visit()).text
    assert text.startswith("connected: TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
    assert "The request left, encrypted." in text


def test_a_refusal_says_who_when_and_why():
    text = own_view(own_visit(certificate=EXPIRED)).text
    assert text.startswith("the client stops at the server's Certificate: certificate_expired")
    assert "not valid on 2026-09-01" in text
    assert "No byte of the request has left." in text
    assert "handshake_failure" in own_view(own_visit(asks=INSISTS)).html


def rows(change, number):
    found = moments(change) if change else moments()
    table = moment_view(found[number - 1], len(found)).text.split("\n")
    return {line.split("  ")[0]: line.rstrip().rsplit("  ")[-1].strip() for line in table}


def test_both_ends_are_compared_value_by_value():
    after = rows(STRUCK, 6)
    assert after["SHA-256 of 6 messages"] == after["master secret"] == "different"
    assert after["pre-master secret"] == after["cipher suite"] == "same"
    assert rows("", 6)["client write key"] == "same"


def test_what_an_end_has_not_yet_and_how_it_ends():
    begun = moment_view(moments()[0], 10).text
    assert "SHA-256 of 1 message " in begun
    assert begun.count("not yet") == 9  # the server knows the suite already
    assert moment_view(moments()[9], 10).text.startswith("both ends are connected")
    found = moments(STRUCK)
    ended = moment_view(found[-1], len(found)).text
    assert ended.startswith("the server says no: bad_record_mac")
    assert "not accepted" in ended
