"""The glossary: in order, nothing twice, and true about which lesson defines what.

That every bold word has an entry, and that every link leads to one, are rules for each notebook
(rules/prose.py).
"""

import re
from itertools import pairwise

import pytest

from tests.notebooks.lesson import FOLDER, NOTEBOOKS, Lesson
from tests.notebooks.rules.prose import bold_terms, forms, plain_term

TEXT = (FOLDER / "glossary.md").read_text(encoding="utf-8")
NUMBERS = re.compile(r" \((\d\d(?:, \d\d)*)\)$")


def entries(text):
    """(heading, what stands under it) in order of appearance."""
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [(head.strip(), body.strip()) for head, body in pairs]


def lessons_named(body):
    found = NUMBERS.search(body)
    return found[1].split(", ") if found else []


def defined(lessons):
    """{lesson's number: the plain terms it writes in bold, in all their forms}."""
    return {
        lesson.number: {form for _, text in bold_terms(lesson) for form in forms(plain_term(text))}
        for lesson in lessons
    }


def faults(text, terms):
    """What is wrong with a glossary, one sentence each; `terms` is what `defined` gives."""
    found = entries(text)
    heads = [plain_term(head) for head, _ in found]
    yield from (f"{head!r} stands there twice" for head in set(heads) if heads.count(head) > 1)
    yield from (f"{b!r} comes before {a!r} in the alphabet" for a, b in pairwise(heads) if b < a)
    for head, body in found:
        named = lessons_named(body)
        if not NUMBERS.sub("", body).endswith("."):
            yield f"{head!r} is not explained in sentences"
        if not named or named != sorted(set(named)):
            yield f"{head!r} does not end in its lessons, such as (01, 08)"
        really = {number for number, words in terms.items() if plain_term(head) in words}
        yield from (f"{head!r} names lesson {n}, which does not have it in bold"
                    for n in sorted(set(named) - really))  # fmt: skip
        yield from (f"{head!r} does not name lesson {n}, which has it in bold"
                    for n in sorted(really - set(named)))  # fmt: skip


def test_the_glossary_is_true():
    assert len(entries(TEXT)) > 40
    assert list(faults(TEXT, defined(map(Lesson.load, NOTEBOOKS)))) == []


GOOD = "# G\n\n## Alert\n\nTwo bytes. (01, 08)\n\n## Cipher suite\n\nA number. (08)\n"
TERMS = {"01": {"alert"}, "08": {"alert", "cipher suites", "cipher suite"}}


def test_a_good_glossary_has_no_fault():
    assert list(faults(GOOD, TERMS)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## Cipher suite", "## ALERT", "'alert' stands there twice"),
        ("## Cipher suite", "## Abc", "'abc' comes before 'alert'"),
        ("(01, 08)", "", "'Alert' does not end in its lessons"),
        ("(01, 08)", "(08, 01)", "'Alert' does not end in its lessons"),
        ("(01, 08)", "(08)", "'Alert' does not name lesson 01, which has it in bold"),
        ("(08)", "(01, 08)", "'Cipher suite' names lesson 01, which does not have it in bold"),
        ("Two bytes.", "", "'Alert' is not explained"),
    ],
)
def test_each_fault_is_seen(old, new, said):
    assert old in GOOD
    assert any(said in fault for fault in faults(GOOD.replace(old, new), TERMS))


def test_the_plural_of_a_term_is_the_term():
    assert "cipher suite" in forms("cipher suites")
