"""The verdict on NIST's PKITS: 224 tests of path validation, with every CA of the suite in one
heap beside the leaf, so that the paths have to be found too.

What the verdict does otherwise than the suite asks is listed in `pkits` with the reason; the list
is exact: a test that begins to come out as asked has to leave it.
"""

from dataclasses import replace

import pytest
from cryptography import x509

from helpers import pki
from tests.pki import pkits
from tests.pki.pkits import OTHERWISE, verdict_on

CHECKS = {
    "4.1": {"signature", "path"}, "4.2": {"dates"}, "4.3": {"path", "issuer", "signature"},
    "4.4": {"revocation"}, "4.5": {"revocation", "signature", "ca"}, "4.6": {"ca", "path_length"},
    "4.7": {"key_usage", "revocation"}, "4.8": {"policies"}, "4.9": {"policies"},
    "4.10": {"policies"}, "4.11": {"policies"}, "4.12": {"policies"},
    "4.13": {"name_constraints"}, "4.14": {"revocation"}, "4.15": {"revocation"},
    "4.16": {"extensions"},
}
"""Which check may refuse what a section is about."""


def section(case):
    return case.number.rpartition(".")[0]


def test_every_test_of_the_suite_is_here():
    numbers = [case.number for case in pkits.cases()]
    wanted = [f"{name}.{number}" for name, (_, _, count) in pkits.SECTIONS.items()
              for number in range(1, count + 1)]
    wanted.remove("4.8.1")  # has no certificate of its own: it is 4.1.1 with its policies looked at
    assert numbers == wanted
    assert len(wanted) == 223


@pytest.mark.parametrize("name", pkits.SECTIONS)
def test_a_section_comes_out_as_the_suite_says(name):
    wrong = {}
    for case in pkits.cases():
        verdict = verdict_on(case) if section(case) == name else None
        if verdict is not None and verdict.good != case.good and case.number not in OTHERWISE:
            wrong[case.number, case.name] = verdict.failed
    assert not wrong


@pytest.mark.parametrize("number", OTHERWISE)
def test_what_comes_out_otherwise(number):
    (case,) = [case for case in pkits.cases() if case.number == number]
    assert verdict_on(case).good != case.good


@pytest.mark.parametrize("name", pkits.SECTIONS)
def test_the_check_that_refuses_is_the_one_the_section_is_about(name):
    refused = {}
    for case in pkits.cases():
        if section(case) == name and not case.good and case.number not in OTHERWISE:
            refused[case.name] = verdict_on(case).failed.check
    assert not {case: check for case, check in refused.items() if check not in CHECKS[name]}


@pytest.mark.parametrize(("number", "settings", "policies"), pkits.SUBPARTS)
def test_a_subpart_comes_out_as_the_suite_says(number, settings, policies):
    """Sections 4.1, 4.8, 4.10 and 4.12 again, from other settings of RFC 5280 section 6.1.1."""
    (case,) = [case for case in pkits.cases() if case.number == number]
    for numbers, good in policies.items():
        policy = replace(pki.RFC5280, accepted_policies=pkits.wanted(numbers), **settings)
        verdict = verdict_on(case, policy)
        assert verdict.good == good, numbers
        assert good or verdict.failed.check == "policies"


def test_the_web_s_rules_accept_no_more():
    for case in pkits.cases():
        assert verdict_on(case).good or not verdict_on(case, pki.WEB).good, case.name


def test_the_work_is_bounded_among_so_many_certificates():
    assert len(pkits.authorities()) > 150
    for case in pkits.cases():
        work = verdict_on(case).work
        assert work.signatures <= 128, case.name
        assert work.paths <= 20, case.name


def test_the_suite_is_valid_at_the_moment_of_the_lab():
    anchor = x509.load_der_x509_certificate(pkits.certificates()[pkits.ANCHOR])
    assert pki.judge([anchor], roots=[anchor], name=None, policy=pki.RFC5280).good
