"""Which rules count: the two rule books the lessons use, as data.

Every rule belongs to one of four books. RFC 5280 section 6 (PATH) says how to follow a chain; its
section 4 (PROFILE) says what a CA may put in a certificate; the CA/Browser Forum's Baseline
Requirements (BROWSER) say more about the web's. ANCHOR: do rules also bind the root itself, which
RFC 5280 section 6.1.1 (d) sees as no more than a name and a key?
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

PATH, PROFILE, BROWSER, ANCHOR = "path", "profile", "browser", "anchor"


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


LIFETIMES = (
    (_day(2029, 3, 15), timedelta(days=47)),
    (_day(2027, 3, 15), timedelta(days=100)),
    (_day(2026, 3, 15), timedelta(days=200)),
    (_day(2020, 9, 1), timedelta(days=398)),
    (_day(2018, 3, 1), timedelta(days=825)),
    (_day(2015, 4, 1), timedelta(days=1187)),
    (_day(2012, 7, 1), timedelta(days=1827)),
)
"""How long a web server's certificate may live, by the day it begins (Baseline Requirements section
6.3.2 and its older versions; 39 and 60 months as days). The rules bind nothing older."""


@dataclass(frozen=True)
class Policy:
    """A rule book. `scts` is how many SCTs from different logs a certificate needs: the first
    number up to 180 days of life, the second above (asked only where logs are given).

    With `must_know`, CRLs or OCSP responses that are handed in must clear every certificate.

    The last four are RFC 5280's inputs (section 6.1.1 (c) and (e) to (g)): which certificate
    policies, as dotted text, are accepted (None: any), must there be one, may CAs rename them, and
    does anyPolicy count."""

    name: str
    books: frozenset[str]
    lifetimes: tuple[tuple[datetime, timedelta], ...] = ()
    scts: tuple[int, int] = (2, 3)
    must_know: bool = False
    accepted_policies: frozenset[str] | None = None
    explicit_policy: bool = False
    inhibit_mapping: bool = False
    inhibit_any_policy: bool = False

    def counts(self, book: str, about_anchor: bool) -> bool:
        """Does a rule of this book count, for a certificate that is (not) the trusted one?"""
        return book in self.books and (not about_anchor or ANCHOR in self.books)


WEB = Policy("WEB", frozenset({PATH, PROFILE, BROWSER, ANCHOR}), LIFETIMES)
"""A browser in 2026: RFC 5280 with its profile, the Baseline Requirements, and CT if logs are
given."""
RFC5280 = Policy("RFC5280", frozenset({PATH}), must_know=True)
"""Path validation alone, RFC 5280 section 6: no web rules, and the root is a name and a key."""
