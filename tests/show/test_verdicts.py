"""Checklists, opinions, the gallery, holes, Mallory and pasted chains, as they are shown."""

import pytest

from helpers import lab, pki
from helpers.experiments.gallery import broken_slugs, exhibit
from helpers.experiments.holes import hole
from helpers.experiments.impostors import meet
from helpers.experiments.pasted import judge_text, samples
from helpers.show import checklist, disagreements, opinions
from helpers.show.gallery import TITLES, by_check, guessed_view, hole_view, meeting_view
from helpers.show.pasted import pasted_view
from helpers.show.verdicts import sent_chain
from tests.explore.proof import complaints


def judged(**more):
    shop = pki.server("rsa")
    return pki.judge(shop.chain, roots=[pki.root().certificate], **{"name": lab.HOST, **more})


def sound(view):
    assert not complaints(view.html)
    return view.text


def test_a_good_chain_is_shown_in_full():
    text = sound(checklist(judged()))
    assert all(f"{line.check}: " in text for line in judged().lines)
    assert text.endswith("accepted.") or "accepted" in text.splitlines()[-1]
    assert "Not reached" not in text


def test_a_failure_says_whose_and_names_the_rest():
    text = sound(checklist(judged(name="www.shop.example")))
    assert "shop.example: the certificate is about" in text
    assert "RFC 9525" in text
    assert "refused, with the alert certificate_unknown. Not reached: " in text


def test_what_is_switched_off_is_said():
    assert "switched off" in sound(checklist(judged(skip=["name"])))


def test_what_a_client_gets():
    case = pki.broken("name_constraint")
    text = sound(sent_chain(case.chain, host=case.host, time=case.time, roots=case.roots))
    assert "A visit to shop.example on 1 September 2026" in text
    assert "names: only" in text
    assert "branch.example" in text
    assert text.count("trusted: ") == 1
    assert "no CA" in text


def test_three_opinions_and_the_wire():
    shown = exhibit("too_long_lived")
    text = sound(opinions(shown.comparison, alert="nothing"))
    assert text.count("accepts") == 2
    assert "lifetime" in text
    assert "on the wire" in text
    assert "on the wire" not in opinions(shown.comparison).text


@pytest.mark.parametrize("slug", pki.GALLERY)
def test_nothing_is_given_away_before_the_guess(slug):
    shown = exhibit(slug)
    before = sound(guessed_view(shown, None))
    after = sound(guessed_view(shown, shown.case.check))
    assert shown.case.title not in before
    assert shown.case.explanation[:60] not in before
    assert "Three validators" not in before
    assert "yes. " in after
    assert shown.case.explanation[-60:] in after
    assert "not that one" in guessed_view(shown, "ct" if slug == "good" else "").text


def test_a_wrong_guess_hears_what_that_check_says():
    text = guessed_view(exhibit("expired"), "ca").text
    assert "The check ca says: CAs are CAs" in text


def test_disagreements():
    text = sound(disagreements())
    part = [slug for slug in broken_slugs() if not exhibit(slug).agreed]
    assert len(part) >= 4
    assert all(pki.broken(slug).title in text for slug in part)
    assert pki.broken("expired").title not in text


def test_titles_for_every_check():
    assert set(TITLES) == set(pki.SLUGS)


def test_holes():
    assert "nothing slips through" in sound(hole_view(hole(frozenset())))
    text = sound(hole_view(hole(frozenset({"dates"}))))
    assert "3 of 22 slip through: Expired; Not yet valid" in text
    assert "dates: forgotten" in text
    everything = sound(hole_view(hole(frozenset(pki.SLUGS))))
    assert "slips through, too." in everything
    found = by_check(pki.SLUGS)
    assert sorted(slug for slugs in found.values() for slug in slugs) == sorted(broken_slugs())


def test_meetings():
    assert "the client talks to the shop" in sound(meeting_view(meet("shop", "browser")))
    assert "reads nothing. Alert: unknown_ca" in sound(meeting_view(meet("own", "program")))
    assert "She reads the request: GET /" in sound(meeting_view(meet("installed", "browser")))


def test_pasted():
    real = judge_text(samples()["a real chain of 2018"], "cryptography.io", "last", "inside")
    text = sound(pasted_view(real))
    assert "Let's Encrypt Authority X3" in text
    assert "accepted" in text
    wrong = sound(pasted_view(judge_text("<b>&", "x", "lab", "lab")))
    assert wrong.startswith("cannot be judged: ")


def test_only_the_revoked_look_like_the_good_one():
    def table(slug):
        case = pki.broken(slug)
        return sent_chain(case.chain, host=case.host, time=case.time, roots=case.roots).text

    good = table("good")
    assert [slug for slug in broken_slugs() if table(slug) == good] == [
        "revoked_crl", "revoked_ocsp"]
    assert ", critical" in table("critical_unknown_extension")
