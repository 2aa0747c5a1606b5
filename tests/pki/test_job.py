"""One judgement in progress: its questions are answered once, and counted."""

from helpers import lab, pki
from helpers.pki import job as jobs
from helpers.pki.facts import facts_of
from helpers.pki.policy import PATH


def question(*anchors):
    found = [facts_of(item.certificate) for item in anchors]
    return jobs.Job(pki.WEB, lab.NOW, "server", None, {item.der: item for item in found})


def test_the_same_signature_is_verified_once():
    job, leaf, ca = question(), pki.server(), pki.intermediate()
    leaf, ca = facts_of(leaf.certificate), facts_of(ca.certificate)
    assert job.verify(leaf, ca) == ""
    assert job.verify(leaf, ca) == ""
    assert job.work.signatures == 1


def test_there_is_an_end_to_signatures():
    job = question()
    leaf, ca = facts_of(pki.server().certificate), facts_of(pki.intermediate().certificate)
    job.work.signatures = jobs.SIGNATURES
    assert "enough work" in job.verify(leaf, ca)
    assert job.work.signatures == jobs.SIGNATURES


def test_names_that_meet():
    job = question()
    leaf, ca = facts_of(pki.server().certificate), facts_of(pki.intermediate().certificate)
    assert job.same_name(leaf, ca)
    assert not job.same_name(ca, leaf)


def test_a_rule_of_the_root_itself():
    root, ca = pki.root(), facts_of(pki.intermediate().certificate)
    anchor, job = facts_of(root.certificate), question(root)
    own = jobs.Finding(PATH, anchor, "reason", "source")
    of_the_root = jobs.Finding(PATH, ca, "reason", "source", anchor)
    job.policy = pki.RFC5280
    assert not job.counts(own, 1, anchor)
    assert not job.counts(of_the_root, 1, anchor)
    assert job.counts(own, 0, anchor), "a leaf that is trusted itself is judged as a leaf"
    assert job.counts(jobs.Finding(PATH, ca, "reason", "source"), 1, anchor)
    job.policy = pki.WEB
    assert job.counts(own, 1, anchor)
