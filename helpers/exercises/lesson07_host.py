"""Lesson 07: does this name in the certificate cover that host? (RFC 9525 section 6.3)"""

from __future__ import annotations

from fnmatch import fnmatch

from .alike import alike
from .model import Attempt, Case, Exercise, Wrong
from .truth import TruthForm
from .wording import FunctionForm


def covers(name: str, host: str) -> bool:
    """The reference answer, for DNS names."""
    wanted, labels = name.lower().split("."), host.lower().split(".")
    if wanted[0] == "*":
        wanted, labels = wanted[1:], labels[1:]
    return wanted == labels


_TABLE = (
    ("shop.example", "shop.example", "the same name"),
    ("shop.example", "bank.example", "another name"),
    ("SHOP.example", "shop.EXAMPLE", "capital letters"),
    ("*.shop.example", "www.shop.example", "a star for one label"),
    ("*.shop.example", "shop.example", "a star for nothing"),
    ("*.shop.example", "a.b.shop.example", "a star for two labels"),
    ("shop.example", "www.shop.example", "a name below"),
    ("*.shop.example", "www.evilshop.example", "an end that only looks alike"),
    ("shop.example", "shopxexample", "a dot that is none"),
    ("w*.shop.example", "www.shop.example", "a star in a part of a label"),
    ("www.*.example", "www.shop.example", "a star in the second label"),
    ("*.Shop.example", "WWW.shop.example", "a star and capital letters"),
    ("*.*.example", "www.shop.example", "two stars"),
    ("www.shop.example", "ftp.shop.example", "another first label"),
    ("*.shop.example", "www.shop.test", "another last label"),
    ("mail.shop.example", "www.shop.example", "no star at all"),
    ("shop.example", "shop.example.evil.test", "a host that goes on"),
    ("shop.example.evil.test", "shop.example", "a name that goes on"),
    ("*.example", "www.example.evil.test", "a star, and a host that goes on"),
    ("*w.shop.example", "bank.shop.example", "a star with a letter behind it"),
    ("*w.shop.example", "www.shop.example", "a star and a letter that would fit"),
)


def _cases() -> list[Case]:
    return [Case(covers(name, host), (name, host), label) for name, host, label in _TABLE]


_LONGER = ("One of the two goes on where the other ends, so it is another name: whose a name is, "
           "stands at its end. (zip stops at the shorter list: compare the numbers of labels, "
           "too.)")
_HINTS = {
    "the same name": "The two are the same name, and you said False.",
    "another name": "These are two different names, and you said True.",
    "capital letters": "DNS names know no capital letters: bring both to .lower() first.",
    "a star for nothing": "The star stands for exactly one label, and here is none for it: "
                          "*.shop.example does not cover shop.example itself.",
    "a name below": "A name covers itself, nothing below it: www.shop.example needs a name of its "
                    "own, or a star.",
    "an end that only looks alike": "evilshop.example ends with the same letters and is another "
                                    "name: compare whole labels, not ends of a text.",
    "a dot that is none": "In a regular expression a dot stands for any letter. Compare labels, "
                          "or escape it.",
    "a star for one label": "The star stands for one whole label, here www. Compare "
                            "what stands behind the star with what stands behind www.",
    "a star for two labels": "The star stands for ONE label, and a.b are two. (Stars of file "
        "names, ends of texts and regular expressions know nothing of labels.) Cut both names at "
        "the dots and compare the lists.",
    "a star and capital letters": "With a star, too, capital letters do not matter.",
    "another first label": "Without a star the first labels have to be the same, too.",
    "another last label": "Behind the star everything has to be the same, to the last label.",
    "a star with a letter behind it": "*w begins with a star and is none: the whole label has to "
        "be *, so ask for the label, not for its first letter.",
    "a star and a letter that would fit": "*w is not the whole label *, so its star is an ordinary "
        "letter, which no host has.",
    "a host that goes on": _LONGER,
    "a name that goes on": _LONGER,
    "a star, and a host that goes on": _LONGER,
    "no star at all": "No star here: the first labels have to be the same, too.",
}


def _trouble(attempt: Attempt) -> str:
    if attempt.error == "ValueError" and "unpack" in attempt.said:
        return "Host names have any number of labels: split into a list, not into fixed names."
    if attempt.error == "IndexError":
        return "A name may have a single label. Look at the first one only: it is always there."
    if attempt.error in ("error", "PatternError"):
        return "A star in front is no regular expression. Split at the dots and compare lists."
    if attempt.error or attempt.given is None:
        return ""
    return alike(attempt, HOST.made_cases(), _MISTAKES) or _HINTS.get(attempt.case.label, "")


_MISTAKES = (
    (lambda name, host: True, "You take every name. When are two the same, label by label?"),
    (lambda name, host: False, "You refuse every name. The same name twice must be taken."),
    (lambda name, host: not covers(name, host), "The other way round: True when it covers."),
    (lambda name, host: name.lower() == host.lower(),
     "Names without a star are right. Now the star, which stands in `name`, the first argument: "
     "compare only what stands behind the first dot of each."),
)


HOST = Exercise(
    "07-host-name", "Does this name cover that host?", "medium", 8,
    FunctionForm(TruthForm(), ("name", "host")), _cases,
    [
        Wrong("capital letters", lambda name, host: covers(name, host) if
              (name + host).islower() else name == host,
              "DNS names know no capital letters: bring both to .lower() first."),
        Wrong("a star anywhere", lambda name, host: all(
            fnmatch(*pair) for pair in zip(host.lower().split("."), name.lower().split("."),
                                           strict=True))
              if host.count(".") == name.count(".") else False,
              "A star counts only as a whole label, and only as the FIRST one. In w*.shop.example "
              "and www.*.example it is a letter that no host has."),
    ],
    "Whole labels, one star, in front only: each of these limits closes a hole that somebody once "
    "fell into.",
    "Cut both names at the dots, in small letters, and compare the lists. A first label * in "
    "`name` stands for any one label.",
    _trouble,
    silent="Compare two lists and return what == says.")
