"""Our verdict beside `cryptography`'s and OpenSSL's, on chains made at random (tests.pki.chains).

`make agreement` does this for 3,000 chains and writes docs/validators.md; here it is the first 200,
every fault by itself at every place, and what Hypothesis finds.
"""

import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import pki
from tests.pki.chains import CROSS, KEYS, NAMES, PADDING, Plan, build, drafted, plans, seeded_plan
from tests.pki.recipes import FAULTS, role
from tests.project import read
from tools import agree, agree_page, agree_reasons

pytestmark = pytest.mark.filterwarnings(
    "ignore::cryptography.utils.CryptographyDeprecationWarning",
    "ignore:The parsed certificate:UserWarning")
FEW = settings(max_examples=40, deadline=None, database=None, derandomize=True,
               suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@cache
def sample():
    return agree.tally(range(agree.SAMPLE))


def alone(slug, place):
    """Plans with this fault and no other, in chains of every kind of name that it fits."""
    at = {"root": 0, "CA": 1, "leaf": 3}[place]
    for names in NAMES:
        plan = Plan(("p256", "p384", "rsa", "p256"), names)
        if FAULTS[slug].fits(drafted(plan), at):
            yield replace(plan, faults=((slug, at),))


def verdict(plan):
    chain = build(plan)
    return pki.judge(chain.sent, **chain.question)


# --- what is generated ----------------------------------------------------------------------------


def test_there_are_faults_enough_at_every_place():
    places = {place: [fault for fault in FAULTS.values() if place in fault.roles]
              for place in ("root", "CA", "leaf")}
    assert len(FAULTS) >= 80
    assert all(len(faults) >= 40 for faults in places.values())


def test_the_full_run_has_everything():
    plans_made = [seeded_plan(number) for number in range(agree.CHAINS)]
    lengths = [len(plan.keys) for plan in plans_made]
    assert {length: lengths.count(length) > 200 for length in (2, 3, 4, 5)} == dict.fromkeys(
        (2, 3, 4, 5), True)
    assert {len(plan.faults) for plan in plans_made} == {0, 1, 2, 3}
    assert {kind for plan in plans_made for kind in plan.keys} == set(KEYS)
    assert {plan.names for plan in plans_made} == set(NAMES)
    assert {plan.cross for plan in plans_made} == {"", *CROSS}
    assert {kind for plan in plans_made for kind in plan.padding} == set(PADDING)
    put = {(slug, role(len(plan.keys) - 1, at)) for plan in plans_made for slug, at in plan.faults}
    assert put == {(fault.slug, place) for fault in FAULTS.values() for place in fault.roles}


@pytest.mark.parametrize("number", range(0, 60, 7))
def test_a_number_is_always_the_same_chain(number):
    assert seeded_plan(number) == seeded_plan(number)
    one, other = build(seeded_plan(number)), build(seeded_plan(number))
    assert (one.sent, one.roots, one.crls) == (other.sent, other.roots, other.crls)


def test_a_fault_changes_the_bytes():
    for slug, fault in FAULTS.items():
        for plan in [next(alone(slug, place)) for place in fault.roles]:
            wrong, right = build(plan), build(replace(plan, faults=()))
            assert (wrong.sent, wrong.roots, wrong.crls) != (right.sent, right.roots, right.crls)


# --- what the three say of it ---------------------------------------------------------------------


def test_every_disagreement_of_the_sample_is_explained():
    assert not sample().problems
    assert sample().signs.total() == agree.SAMPLE
    assert len(sample().signs) > 4


@pytest.mark.parametrize("slug", FAULTS)
def test_a_fault_by_itself_is_judged_as_the_table_says(slug):
    for place in FAULTS[slug].roles:
        for plan in alone(slug, place):
            came = agree.outcome(plan)
            assert not came.problem
            assert came.agreed == (not came.reasons)


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("length", [2, 3, 4, 5])
def test_a_right_chain_is_good_to_all(names, length):
    for cross in ("", *CROSS):
        for keys in KEYS:
            came = agree.outcome(Plan((keys,) * length, names, cross=cross))
            assert (came.signs, came.problem) == ("+++", "")


@FEW
@given(plans())
def test_whatever_comes_is_explained(plan):
    assert not agree.outcome(plan).problem


@FEW
@given(plans(), st.integers(0, 255))
def test_the_order_of_the_bundle_does_not_matter(plan, shuffle):
    one, other = verdict(plan), verdict(replace(plan, shuffle=shuffle))
    assert one.good == other.good
    if one.good:
        assert one.path == other.path or plan.cross == "both"


@FEW
@given(plans(), st.sets(st.sampled_from(PADDING)))
def test_strangers_in_the_bundle_do_not_matter(plan, strangers):
    padded = replace(plan, padding=tuple(sorted(strangers)))
    assert verdict(padded).good == verdict(replace(plan, padding=())).good


@FEW
@given(plans())
def test_one_fault_more_makes_no_chain_good(plan):
    """The faults of a chain, one taken out: never does the longer list please more."""
    for left in plan.faults if not plan.cross else ():
        fewer = replace(plan, faults=tuple(fault for fault in plan.faults if fault != left))
        assert verdict(fewer).good or not verdict(plan).good or "self_issued" in str(plan)


# --- the tables, the page and the command ---------------------------------------------------------


def test_the_tables_name_faults_that_there_are():
    assert not agree_reasons.unknown_names()
    assert all("RFC " in reason.source for reason in agree_reasons.REASONS)


def test_the_page_is_that_of_these_validators():
    """If this fails, a validator or the generator has changed: `make agreement` writes it anew."""
    found = re.search(r"first (\d+) chains has the fingerprint `([0-9a-f]{64})`",
                      read("docs/validators.md"))
    assert (int(found[1]), found[2]) == (agree.SAMPLE, sample().digest)


def test_the_page_has_a_row_for_every_reason_of_the_sample():
    text = read("docs/validators.md")
    assert sample().reasons
    assert not [reason.faults for reason in sample().reasons if reason.why not in text]


def test_the_page_is_made_of_the_counts_alone():
    one, other = (agree_page.page(agree.tally(range(20)), "digest", 20) for _ in range(2))
    assert one == other
    assert "# Three validators, 20 chains" in one


def test_the_command_says_when_something_is_not_explained(monkeypatch, capsys):
    monkeypatch.setattr(agree, "minds", lambda plan, slug, at: ("+++", None))
    assert agree.main(["--chains", "20"]) == 1
    printed = capsys.readouterr().out
    assert "NOT EXPLAINED" in printed
    assert "where +++ was expected" in printed


def test_the_command_is_content_otherwise(capsys):
    assert agree.main(["--chains", "20"]) == 0
    assert "0 disagreements without an explanation" in capsys.readouterr().out
