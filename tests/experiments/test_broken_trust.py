"""The gallery on the wire, validators with a hole, Mallory, and pasted chains."""

from itertools import combinations

import pytest

from helpers import lab, pki
from helpers.experiments import (
    load_curve,
    load_marks,
    meet,
    on_the_wire,
    opened_with,
    pin_of,
    visit_unchecked,
)
from helpers.experiments.chains import issued_by, names_of, path_length, sample_heap
from helpers.experiments.gallery import broken_slugs, exhibit, faults, numbered
from helpers.experiments.holes import hole
from helpers.experiments.impostors import CLIENTS, SHOWN, world
from helpers.experiments.pasted import PASTED, STORES, TIMES, judge_text, samples
from helpers.experiments.renewing import LIMITS
from helpers.sources import load


@pytest.mark.parametrize("slug", pki.GALLERY)
def test_gallery(slug):
    shown = exhibit(slug)
    assert shown.alert == shown.case.alert
    assert shown.verdict.good == (slug == "good")
    assert faults(slug) == ({shown.case.check} if slug != "good" else set()) or (
        shown.case.check in ("path", "strength"))
    assert shown.agreed or slug != "good"


def test_numbers_give_nothing_away():
    assert set(numbered().values()) == set(pki.GALLERY)
    assert numbered()["No. 1"] == "good"  # to compare the others with
    assert list(numbered().values()) != list(pki.GALLERY)
    assert "good" not in broken_slugs()


def test_a_forgotten_check_lets_exactly_its_chains_through():
    assert hole(frozenset()).through == ()
    assert set(hole(frozenset({"name"})).through) == {
        "wrong_name", "wildcard_misuse", "no_san_only_cn"}
    assert set(hole(frozenset(pki.SLUGS)).through) == set(broken_slugs())


def test_the_answers_to_the_question_of_the_widget():
    pairs = {pair: len(hole(frozenset(pair)).through) for pair in combinations(pki.SLUGS, 2)}
    most = max(pairs.values())
    assert [set(pair) for pair, count in pairs.items() if count == most] == [{"dates", "name"}]
    assert most == 6
    two = [slug for slug in broken_slugs() if len(faults(slug)) == 2]
    assert two == ["missing_intermediate"]
    assert faults(two[0]) == {"path", "ct"}


def test_three_faults_and_the_order():
    assert (hole(frozenset()).first, hole(frozenset()).alert) == ("dates", "certificate_expired")
    first = hole(frozenset(), "eku")
    assert (first.first, first.alert, first.order[0]) == ("eku", "unsupported_certificate", "eku")
    assert hole(frozenset({"dates", "eku"})).first == "name"
    assert hole(frozenset({"dates", "name"}), "eku").first == "eku"


def fooled():
    return {(shown, client) for shown in SHOWN.values() for client in CLIENTS.values()
            if meet(shown, client).fooled}


def test_who_falls_for_mallory():
    assert fooled() == {
        ("own", "nothing"), ("other", "nothing"), ("other", "no name"),
        *{("installed", client) for client in ("nothing", "no name", "program", "browser")},
        *{("public", client) for client in ("nothing", "no name", "program")},
        *{("logged", client) for client in ("nothing", "no name", "program", "browser")},
    }


def test_what_mallory_reads_and_who_finds_out():
    assert meet("logged", "browser").read.startswith(b"GET / HTTP/1.1\r\nHost: shop.example")
    assert "watches the logs" in meet("logged", "browser").later
    assert meet("installed", "browser").later == "nobody"
    refused = meet("own", "program")
    assert (refused.alert, refused.read, refused.later) == ("unknown_ca", b"", "")
    assert meet("shop", "pinned").stopped == ""
    assert not meet("shop", "nothing").fooled
    with pytest.raises(ValueError, match="not among"):
        meet("shop", "somebody")


def test_pins_are_about_keys():
    shop = world()["shop"].certificate
    again = pki.issue(lab.HOST, by=world()["public root"], key=world()["shop"].key).certificate
    assert pin_of(shop) == pin_of(again)
    assert pin_of(shop) != pin_of(world()["public"].certificate)


def test_unchecked_is_still_encrypted():
    stale = pki.issue("shop.example", start=-120, days=60)
    visit = visit_unchecked(stale)
    assert visit.ends["client"].connected
    assert visit.application_data("client").startswith(b"GET /")
    assert b"GET /" not in on_the_wire(visit)


def test_whose_key_opens_a_recording():
    old = load("tls12_rsa")
    assert opened_with(old, lab.key("server_rsa")) > 0
    for name in ("tls12_rsa", "tls13_x25519"):
        assert opened_with(load(name), lab.key("intermediate")) == 0
        assert opened_with(load(name), lab.key("root")) == 0


def test_heap():
    there = sample_heap()
    found = pki.judge([there.leaf, *there.heap], roots=there.roots, name="shop.example")
    assert found.good
    assert len(found.path) == 4
    assert issued_by(there.leaf, there.heap[2])
    assert not issued_by(there.leaf, there.heap[1])
    assert names_of(there.leaf) == ["shop.example"]
    assert names_of(there.roots[0]) == []
    assert path_length(pki.intermediate().certificate) == 0


@pytest.mark.parametrize(("name", "words"), [
    ("half of a copied text", "does not end"), ("a private key, by mistake", "private key"),
    ("what I paste below", "no PEM block")])
def test_rubbish_gets_a_sentence(name, words):
    found = judge_text(samples()[name], "shop.example", "lab", "lab")
    assert words in found.problem
    assert found.comparison is None


@pytest.mark.parametrize("text", [
    "", "   ", "x" * 2_000_000, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----", "\0" * 50, "é" * 50, PASTED])
@pytest.mark.parametrize("store", STORES.values())
def test_hostile_text_gets_a_sentence(text, store):
    assert len(judge_text(text, "shop.example", store, "inside").problem) > 20


def test_too_many_certificates():
    leaf = samples()["the leaf of 2018 without its issuer"]
    assert "21 certificates" in judge_text(leaf * 21, "x", "last", "lab").problem


@pytest.mark.parametrize("host", ["", "*.x", "192.0.2.1", "é" * 80, "a..b", "." * 300, "\0"])
def test_odd_hosts(host):
    found = judge_text(samples()["a real chain of 2018"], host, "last", "inside")
    assert found.problem or not found.comparison.ours.good


def test_the_real_chain():
    real = samples()["a real chain of 2018"]
    good = [(store, when) for store in STORES.values() for when in TIMES.values()
            if judge_text(real, "cryptography.io", store, when).comparison.ours.good]
    assert good == [("last", "inside")]
    compared = judge_text(real, "cryptography.io", "last", "inside").comparison
    assert compared.agree
    changed = judge_text(samples()["one letter changed"], "cryptography.io", "last", "inside")
    assert changed.comparison.ours.failed.check == "signature"
    assert not changed.comparison.openssl.good
    one_line = real.replace("\n", "")  # what a text field makes of it
    assert judge_text(one_line, "cryptography.io", "last", "inside").comparison.ours.good


def test_load():
    assert list(LIMITS.values()) == [398, 200, 100, 47]
    curve = dict(load_curve(1000))
    assert curve[10] == 2 * curve[20] == 150
    assert load_marks(1000)["100 days: 15"] == (100, 15)


def test_what_to_notice_in_the_gallery():
    assert [slug for slug in broken_slugs() if not exhibit(slug).alert] == [
        "revoked_ocsp", "too_long_lived", "unlogged"]
