"""The reference answers of lesson 07 are what the validators say of the same chains."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from helpers import lab, pki
from helpers.exercises import alike, catalogue, check
from helpers.exercises.alike import answers
from helpers.exercises.certificates import CertificateForm
from helpers.exercises.check import look
from helpers.exercises.forms import NotThisForm
from helpers.exercises.lesson07_careless import CARELESS
from helpers.exercises.lesson07_quiz import QUIZ
from helpers.exercises.lesson07_renewals import RENEWALS
from helpers.exercises.model import Case
from helpers.exercises.words import kind
from helpers.experiments import meet
from helpers.experiments.careless import APPS, CHECKS, app_accepts, slips_through


def cases(slug):
    return catalogue.exercise(slug).made_cases()


def right(slug):
    (question,) = [one for one in QUIZ if one.slug == slug]
    return next(option.text for option in question.options if option.right)


def accepted_by_cryptography(leaf, others, root, name):
    verifier = (PolicyBuilder().store(Store([root])).time(lab.NOW)
                .build_server_verifier(x509.DNSName(name)))
    try:
        verifier.verify(leaf, others)
    except VerificationError:
        return False
    return True


@pytest.mark.parametrize("case", cases("07-dates"), ids=lambda case: case.label)
def test_dates(case):
    certificate, time = case.args
    verdict = pki.judge(certificate, roots=[certificate], name=None, time=time,
                        policy=pki.RFC5280, skip=set(pki.SLUGS) - {"dates"})
    assert verdict.good == case.expected


@pytest.mark.parametrize("case", cases("07-host-name"), ids=lambda case: case.label)
def test_host_names(case):
    name, host = case.args
    nobody = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "a shop")])
    leaf = pki.issue(nobody, by=pki.root(), names=[name])
    root = pki.root().certificate
    verdict = pki.judge(leaf.chain, roots=[root], name=host)
    assert verdict.good == case.expected
    if not verdict.good:
        assert verdict.failed.check in ("name", "extensions")  # names with two stars are no names
    if "*" not in name[1:]:
        assert accepted_by_cryptography(leaf.certificate, [], root, host) == case.expected


@pytest.mark.parametrize("case", cases("07-path-length"), ids=lambda case: case.label)
def test_path_lengths(case):
    (chain,) = case.args
    root = pki.issue("Long Line Root", ca=True).certificate
    verdict = pki.judge(chain, roots=[root], name="shop.example")
    assert verdict.good == case.expected
    if not case.expected:
        assert verdict.failed.check == "path_length"
    assert accepted_by_cryptography(chain[0], chain[1:], root, "shop.example") == case.expected


@pytest.mark.parametrize("case", cases("07-build-chain"), ids=lambda case: case.label)
def test_ways_to_a_root(case):
    leaf, heap, roots = case.args
    name = leaf.extensions.get_extension_for_class(
        x509.SubjectAlternativeName).value.get_values_for_type(x509.DNSName)[0]
    verdict = pki.judge([leaf, *heap], roots=roots, name=name)
    assert verdict.good == bool(case.expected)
    if verdict.good:
        assert list(verdict.path) == case.expected


def test_every_kind_of_way_is_there():
    lengths = [len(case.expected) for case in cases("07-build-chain")]
    assert {0, 2, 3, 4} <= set(lengths)
    assert lengths.count(0) == 3


@pytest.mark.parametrize("case", cases("07-renewals"), ids=lambda case: case.label)
def test_renewals_counted_day_by_day(case):
    count, lifetime = case.args
    made, renewed = 0, 0
    for day in range(1, 366):
        if 3 * (day + 1 - made) > 2 * lifetime:  # tomorrow more than two thirds would be over
            made, renewed = day, renewed + 1
    assert case.expected == count * renewed


@pytest.mark.parametrize("case", cases("07-revoked"), ids=lambda case: case.label)
def test_what_the_list_says(case):
    certificate, issuer, crl, time = case.args
    life = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    verdict = pki.judge(certificate, [issuer], roots=[pki.root().certificate], name=None,
                        time=time, crls=[crl], skip=set(pki.SLUGS) - {"revocation", "path"})
    (line,) = [line for line in verdict.lines if line.check == "revocation"]
    said = ("good" if line.state == "passed" else
            "unknown" if "stays open" in line.reason else "revoked")
    if life > timedelta(days=7):  # which lists say nothing about, is the web's rule
        assert said == case.expected


def test_the_answers_of_the_list_are_mixed():
    said = [case.expected for case in cases("07-revoked")]
    assert {"good", "revoked", "unknown"} == set(said)
    assert min(said.count(word) for word in said) >= 3


def test_careless_apps():
    assert CARELESS.made_cases()[0].expected == ["name", "revocation", "path_length"]
    for app in APPS:
        assert app_accepts(app, "good")
        assert not app_accepts(app, "tampered")
        assert not app_accepts(app, "expired")
    assert set(CHECKS) < set(pki.SLUGS)
    assert slips_through("dates") == ["expired", "not_yet_valid", "expired_intermediate"]
    with pytest.raises(ValueError, match="no app"):
        app_accepts("D", "good")


def test_right_answers_in_other_forms():
    assert check("07-careless", ("Name", "revocation", "path length")).state == "passed"
    leaf, heap, roots = cases("07-build-chain")[0].args
    assert CertificateForm().read(pki.root()) == pki.root().certificate
    with pytest.raises(NotThisForm, match="a certificate"):
        CertificateForm().read("leaf")
    assert CertificateForm().show(leaf) == "flat.shop.example (by First CA)"
    assert heap
    assert roots


def test_mistakes_are_told_apart_by_all_they_answer():
    some = [Case(1, (1,)), Case(0, (0,))]
    assert answers(lambda x: 1 // x, some) == [1, "ZeroDivisionError"]


# --- the quiz: the chains it speaks of are made, and judged ---------------------------------------


def world():
    root = pki.issue("Quiz Root", ca=True)
    return root, pki.issue("Quiz CA", by=root, ca=True, path_length=0,
                           constraints={"permitted": ["corp.example"]})


def test_quiz_names():
    root, _ = world()
    leaf = pki.issue("cdn.example", by=root, names=["*.cdn.example", "cdn.example"])
    good = [host for host in ("cdn.example", "img.cdn.example", "eu.img.cdn.example")
            if pki.judge(leaf.chain, roots=[root.certificate], name=host)]
    assert right("07-quiz-name") == f"{' and '.join(good)} only"


def test_quiz_mail_and_limit():
    root, ca = world()
    mail = pki.issue("shop.example", by=root, extended=["email"])
    verdict = pki.judge(mail.chain, roots=[root.certificate], name="shop.example")
    assert right("07-quiz-mail") == verdict.failed.check
    second = pki.issue("Second CA", by=ca, ca=True)
    leaf = pki.issue("www.corp.example", by=second)
    verdict = pki.judge(leaf.chain, roots=[root.certificate], name="www.corp.example",
                        order=["path_length"])
    assert right("07-quiz-limit") == verdict.failed.check
    assert pki.judge(leaf.chain, roots=[root.certificate], name="www.corp.example",
                     skip=["path_length"])


def test_quiz_year():
    shop = pki.issue("shop.example", by=pki.intermediate(), days=365)
    found = pki.compare(shop.chain, roots=[pki.root().certificate], name="shop.example")
    assert found.ours.failed.check == "lifetime"
    assert found.cryptography.good
    assert found.openssl.good
    assert right("07-quiz-year") == "our checklist only"


def test_quiz_gateway():
    asked = meet("installed", "browser")
    assert not asked.stopped
    assert asked.read
    assert "root" in right("07-quiz-gateway")


# --- what a report says of inputs, and how long it waits ------------------------------------------


def test_inputs_are_shown_in_words():
    leaf = pki.server("rsa").certificate
    said = check("07-dates", lambda certificate, time: time < certificate.not_valid_after_utc).text
    assert "a certificate (shop.example, valid 2026-08-22 12:00:00 to 2026-11-30" in said
    assert "the moment 2026-08-21 12:00:00 UTC" in said
    said = check("07-path-length", lambda chain: True).text
    assert "a list of 4 certificates (shop.example, Line CA 0, Line CA 1, Line CA 2: path" in said
    said = check("07-revoked", lambda certificate, issuer, crl, time: "good").text
    assert "a revocation list (from 2026-08-31 12:00:00 to 2026-09-07 12:00:00)" in said
    assert kind(leaf).startswith("a certificate (shop.example")
    assert kind((leaf,)) == "a tuple of 1 certificate (shop.example)"
    assert kind([leaf, 1]) == "a list of 2 items"
    assert kind([]) == "a list of 0 items"
    assert kind(pki.issue(x509.Name([]), by=pki.root()).certificate).startswith(
        "a certificate (no name")
    assert kind(lab.NOW.replace(tzinfo=None)) == "the moment 2026-09-01 12:00:00 (no time zone)"
    elsewhere = lab.NOW.astimezone(timezone(timedelta(hours=2)))
    assert kind(elsewhere) == "the moment 2026-09-01 14:00:00"
    assert kind(lab.NOW.date()) == "the day 2026-09-01"
    assert kind(timedelta(days=7)) == "a length of time (7 days, 0:00:00)"
    assert kind(kind) == kind(len) == "a function"


def test_a_loop_without_end_is_stopped_early():
    def waits(count, lifetime):
        while True:
            pass

    report = look(replace(RENEWALS, patience=0.3), waits)
    assert "still running after 0 seconds" in report.text
    assert RENEWALS.patience == 3


def test_a_hint_is_not_worth_a_long_wait(monkeypatch):
    def slow(x):
        while x:
            pass
        return 0

    monkeypatch.setattr(alike, "_LIMIT", 0.2)
    assert answers(slow, [Case(0, (0,)), Case(0, (1,)), Case(0, (1,))]) == [0, "TooLong"]
