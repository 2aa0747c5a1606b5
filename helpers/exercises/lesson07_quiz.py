"""Lesson 07, when trust fails: its quiz, with cases that the lesson did not show.

What can be computed is computed here; tests/exercises/test_lesson07.py makes the chains that the
other questions speak of and asks `pki.judge` about them.
"""

from __future__ import annotations

from .lesson07_host import covers
from .lesson07_renewals import renewals
from .model import Option, Question

_NAMES = ("*.cdn.example", "cdn.example")
_HOSTS = ("cdn.example", "img.cdn.example", "eu.img.cdn.example")
_COVERED = [host for host in _HOSTS if any(covers(name, host) for name in _NAMES)]
_COUNT, _LIFE = 250, 47
_MADE, _STOLEN, _REVOKED = 90, 20, 22  # days: how long it lives, key stolen, revoked

QUIZ = [
    Question("07-quiz-name", f"A certificate names {' and '.join(_NAMES)}. A browser visits "
             f"{', '.join(_HOSTS[:-1])} and {_HOSTS[-1]}. Where does it find a name that fits?", [
        Option("everywhere", f"{_HOSTS[2]} has two labels in front of cdn.example, and the star "
               "stands for one."),
        Option(f"{_HOSTS[1]} only", "cdn.example stands there by itself, too: the second name."),
        Option(" and ".join(_HOSTS[:2]) + " only", "One name without a star, one star for one "
               "label; two labels are too many.", right=True),
        Option(f"{_HOSTS[0]} only", "The star stands for one label, such as img."),
    ]),
    Question("07-quiz-mail", "A CA gives somebody a certificate with the name shop.example whose "
             "extended key usage says: for e-mail only. Dates, signatures, CA flags are as they "
             "should be. Which check keeps a browser from taking it for the shop's?", [
        Option("name", "The name is right: shop.example stands in it."),
        Option("ca", "The leaf is no CA, and need not be one."),
        Option("eku", "Extended key usage: without serverAuth it is no certificate for a server.",
               right=True),
        Option("signature", "The CA signed it. What for, stands in the certificate."),
    ]),
    Question("07-quiz-limit", "A root gave a company a CA with path length 0 and the name "
             "constraint corp.example. With it the company issues a second CA, and that one "
             "issues www.corp.example. Which check fails first in a list that asks for the path "
             "length before the names?", [
        Option("name_constraints", "www.corp.example lies within corp.example."),
        Option("path_length", "With 0 there may be no further CA below.", right=True),
        Option("ca", "Both are marked as CAs, and rightly."),
        Option("none: it is accepted", "One limit is broken: look at what path length 0 means."),
    ]),
    Question("07-quiz-thief", "A thief has the private key of a public CA. Which of these can the "
             "thief NOT do?", [
        Option("Make a certificate for bank.example that passes path validation",
               "That is exactly what a CA's key is good for."),
        Option("Answer as bank.example to somebody whose traffic passes through the thief's "
               "network", "With such a certificate, yes, until somebody notices."),
        Option("Get a log's signed timestamp without an entry that everybody can read",
               "A log that signs without showing the entry is caught by comparing notes. That is "
               "the point of CT: not to stop, but to show.", right=True),
        Option("Make a certificate for a name that the CA has never had to do with",
               "Any CA in the store may vouch for any name, unless it is constrained."),
    ]),
    Question("07-quiz-year", "A chain is like the good one in everything, but the leaf, made in "
             "summer 2026, lives for a year. Who refuses it?", [
        Option("our checklist, cryptography and OpenSSL", "Two of them follow RFC 5280, which "
               "knows no longest life."),
        Option("our checklist only", "200 days is the web's rule. The two libraries leave it to "
               "the program that uses them, as they do with logs.", right=True),
        Option("our checklist and OpenSSL", "OpenSSL's validator has no such rule either."),
        Option("nobody", "A year was fine until 15 March 2026."),
    ]),
    Question("07-quiz-gateway", "At work a gateway opens your TLS connections, with a root that "
             "was put on your laptop. You visit your bank. What can show you that?", [
        Option("the missing padlock", "There is one: the chain ends at a root in your store."),
        Option("a warning that the certificate is in no log", "Browsers do not ask for logs where "
               "the root was added by hand."),
        Option("the name of the root, if you open the certificate and look", "The chain leads to "
               "the office's root instead of the bank's CA. Nobody but you will look.", right=True),
        Option("the bank: it notices that the certificate is not its own",
               "The gateway shows its certificate to you. The bank sees an ordinary client."),
    ]),
    Question("07-quiz-load", f"{_COUNT} certificates of {_LIFE} days, all made on day 0, each "
             "renewed when a third of its life is left (whole days). How many renewals are there "
             "on days 1 to 365?", [
        Option(f"{_COUNT * (365 // _LIFE):,}", "That is for those who wait for the last day."),
        Option(f"{renewals(_COUNT, 200):,}", "That is for 200 days."),
        Option(f"{renewals(_COUNT, _LIFE):,}", f"Every {_LIFE * 2 // 3} days, "
               f"{renewals(1, _LIFE)} times, {_COUNT} certificates.", right=True),
        Option(f"{_COUNT * (365 // (_LIFE // 3)):,}", "A third is what is left, not what has "
               "passed."),
    ]),
    Question("07-quiz-window", f"A certificate lives for {_MADE} days. On day {_STOLEN} its key is "
             f"stolen, on day {_REVOKED} it is revoked. The thief keeps every answer about "
             "revocation away from a client that goes on without. For how many days can the thief "
             "be the shop?", [
        Option(str(_REVOKED - _STOLEN), "That is what revocation promises. This client never "
               "hears of it."),
        Option(str(_MADE - _REVOKED), "The thief began on the day of the theft."),
        Option(str(_MADE), "Before the theft there was no thief."),
        Option(str(_MADE - _STOLEN), "Until it expires: revocation did nothing here. A shorter "
               "life would have.", right=True),
    ]),
]
