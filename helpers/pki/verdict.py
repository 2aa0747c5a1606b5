"""Is this chain good, for this name, now? The answer as a checklist, line by line.

`judge` builds a path (see `path`), puts it through `checks.CHECKS`, and says of each check whether
it passed, failed, or was not reached because an earlier one failed. It never raises for what a
stranger sends, and does a bounded amount of work for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, lru_cache

from cryptography import x509

from helpers import lab
from helpers.pki import differences
from helpers.pki.checks import CHECKS, Check
from helpers.pki.facts import Facts, read_all, shown
from helpers.pki.job import Finding, Job, Work
from helpers.pki.names import reference
from helpers.pki.path import Pool, paths
from helpers.pki.policy import PATH, WEB, Policy

Certificates = Sequence[x509.Certificate | bytes]

PATHS = 20  # compared, to explain a refusal by the best of them
SLUGS = ("path", *(check.slug for check in CHECKS))
"""The checks by their slugs, in the order in which they are made."""
_LEAF = tuple(check for check in CHECKS if check.looks_at(0))
_OTHERS = tuple(check for check in (*CHECKS[1:], CHECKS[0]) if check.looks_at(1))
_BY_SLUG = {check.slug: check for check in CHECKS}
_PATH_TITLE, _PATH_SOURCE = "A path leads to a trusted root", "RFC 5280 section 6.1"


@dataclass(frozen=True)
class Line:
    """One line of the checklist. `state` is "passed", "failed", "not reached" or "switched off";
    `certificate` says whose fault it is, or "" if it is about the whole chain."""

    check: str
    title: str
    certificate: str
    state: str
    reason: str
    source: str


@dataclass(frozen=True)
class Course:
    """How a judgement went: the checks in their order, and the place of the one that failed with
    what it found (the number of checks and None, if none did)."""

    plan: tuple[str, ...]
    path: tuple[Facts, ...]
    job: Job | None
    skip: frozenset[str]
    where: int
    finding: Finding | str | None


@dataclass(frozen=True)
class Verdict:
    """What came out. `path` is the best path found, leaf first, root last (if one was reached).

    `alert` is what a TLS client would send (RFC 9846 section 6.2), "" if the chain is good.
    `lines` is the checklist, and `failed` its line that failed; the sentences are written when they
    are asked for. `differs` says where the policy, or a check that is switched off, is more lenient
    here than `cryptography.x509.verification` on this very chain."""

    good: bool
    path: tuple[x509.Certificate, ...]
    alert: str
    work: Work
    _course: Course = field(repr=False)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(_line(slug, place, self._course) for place, slug
                     in enumerate(self._course.plan))

    @property
    def failed(self) -> Line | None:
        return next((line for line in self.lines if line.state == "failed"), None)

    @cached_property
    def differs(self) -> tuple[str, ...]:
        return differences.named(self._course.path, self._course.job) if self.good else ()

    def __bool__(self) -> bool:
        return self.good


def judge(chain: x509.Certificate | bytes | Certificates, intermediates: Certificates = (), *,
          roots: Iterable[x509.Certificate | bytes], name: str | None,
          time: datetime = lab.NOW, purpose: str = "server", policy: Policy = WEB,
          crls: Sequence[x509.CertificateRevocationList] = (), ocsp: Sequence[object] = (),
          logs: object = None, skip: Iterable[str] = (), order: Sequence[str] | None = None,
          max_depth: int = 8) -> Verdict:
    """Judges a chain: the leaf first, then the rest in any order, with or without strangers.

    `name` is a host name or an address, None for a client's certificate. `skip` switches checks
    off and `order` brings some to the front: for the curious, never for a client. `max_depth` is
    the most intermediates that are not self-issued.

    Raises ValueError for an unknown purpose or check, TypeError for what is no certificate.
    """
    if purpose not in ("server", "client"):
        raise ValueError(f"purpose is {purpose!r}; choose server or client")
    skip, plan = frozenset(skip), _plan(tuple(order or ()))
    if unknown := skip - set(SLUGS):
        raise ValueError(f"no check is called {', '.join(sorted(unknown))}: {', '.join(SLUGS)}")
    if isinstance(chain, x509.Certificate | bytes):
        chain = [chain]
    found, bad = read_all([*chain[:1]])
    if not found:
        return _unreadable(plan, skip, bad[0] if bad else "no certificate was sent")
    leaf = found[0]
    others, _ = read_all([*chain[1:], *intermediates])
    anchors = _anchors(tuple(roots))
    job = Job(policy, utc(time), purpose, None if name is None else reference(name), anchors[1],
              max_depth, crls, ocsp, logs, skip, others)
    return _search(leaf, Pool(anchors[0], others), job, plan)


@lru_cache(maxsize=8)
def _anchors(roots: tuple[x509.Certificate | bytes, ...]) -> tuple[list[Facts], dict]:
    trusted, _ = read_all(roots)
    return trusted, {item.der: item for item in trusted}


def utc(time: datetime) -> datetime:
    """The time in UTC, in whole seconds as certificates have them (RFC 5280 section 4.1.2.5: the
    end counts, with the rest of its second); one without a zone is taken for UTC."""
    if time.tzinfo is not None:
        with suppress(OverflowError):  # at the ends of the calendar, hours are no matter
            time = time.astimezone(UTC)
    return time.replace(tzinfo=UTC, microsecond=0)


@lru_cache(maxsize=64)
def _plan(first: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := set(first) - set(SLUGS):
        raise ValueError(f"no check is called {', '.join(sorted(unknown))}: {', '.join(SLUGS)}")
    return (*dict.fromkeys(first), *(slug for slug in SLUGS if slug not in first))


def broken(check: Check, path: Sequence[Facts], at: int, job: Job) -> Finding | None:
    """The first rule of this check that counts and that the certificate at `at` breaks."""
    item = path[at]
    if check.reads_extensions and item.malformed and "extensions" not in job.skip:
        return None  # the check "extensions" says so, and one sentence is enough
    try:
        for finding in check.examine(path, at, job):
            if job.counts(finding, at, item):
                return finding
    except Exception as problem:  # `cryptography` reads some parts late, and a stranger wrote them
        return Finding(PATH, item, "it cannot be examined: "
                       f"{shown(problem) or type(problem).__name__}", check.source)
    return None


def _allowed(path: list[Facts], job: Job) -> bool:
    """May the path grow so? All checks of its last certificate; the costly signature at the end."""
    if _path_problem(path, job, growing=True):
        return False
    last = len(path) - 1
    for check in _OTHERS if last else _LEAF:
        if check.slug not in job.skip and broken(check, path, last, job):
            return False
    return True


def _search(leaf: Facts, pool: Pool, job: Job, plan: tuple[str, ...]) -> Verdict:
    best: tuple[tuple, list[Facts], int, Finding | str | None] | None = None
    if _allowed([leaf], job):
        for path in paths(leaf, pool, job, allowed=_allowed):
            job.work.paths += 1
            return _verdict(path, job, plan, len(plan), None)
    for number, path in enumerate(paths(leaf, pool, job, allowed=None)):
        if number >= PATHS:
            break
        job.work.paths += 1
        where, finding = _first_failure(path, job, plan)
        rank = (finding is None, job.is_anchor(path[-1]), where, len(path))
        if best is None or rank > best[0]:
            best = rank, path, where, finding
        if finding is None:
            break
    _, path, where, finding = best or (None, [leaf], 0, "no path was found in the time allowed")
    return _verdict(path, job, plan, where, finding)


def _first_failure(path: Sequence[Facts], job: Job,
                   plan: tuple[str, ...]) -> tuple[int, Finding | str | None]:
    """The place in the plan of the first check that fails, and why; or (its length, None)."""
    for place, slug in enumerate(plan):
        if slug in job.skip:
            continue
        if slug == "path":
            if problem := _path_problem(path, job):
                return place, problem
            continue
        for at in reversed(range(len(path))):  # from the root down, as RFC 5280 goes
            check = _BY_SLUG[slug]
            if check.looks_at(at) and (finding := broken(check, path, at, job)):
                return place, finding
    return len(plan), None


def _path_problem(path: Sequence[Facts], job: Job, growing: bool = False) -> str:
    if "path" in job.skip:
        return ""
    between = path[1:-1] if job.is_anchor(path[-1]) else path[1:]
    depth = sum(not item.self_issued for item in between)
    if depth > job.max_depth:
        return f"there are {depth} intermediates on the way, and {job.max_depth} are the most"
    last = path[-1]
    if growing or job.is_anchor(last):
        return ""
    if last.self_issued:
        what = "the certificate itself is self-signed" if len(path) == 1 else \
            f"the way up ends at {last.label}, which issued itself"
        return f"{what}, and it is not one of the {len(job.anchors)} trusted roots"
    issuer = last.issuer_name.rfc4514_string() if last.issuer_name is not None else "?"
    return f"{last.label} says that {shown(issuer)} issued it, and no certificate with that " \
           "subject was sent or is trusted"


def _verdict(path: Sequence[Facts], job: Job, plan: tuple[str, ...], where: int,
             finding: Finding | str | None) -> Verdict:
    alert = ""
    if finding is not None:
        alert = "unknown_ca" if plan[where] == "path" else _BY_SLUG[plan[where]].alert
    course = Course(plan, tuple(path), job, job.skip, where, finding)
    return Verdict(finding is None, tuple(item.certificate for item in path), alert, job.work,
                   course)


def _unreadable(plan: tuple[str, ...], skip: frozenset[str], why: str) -> Verdict:
    where = next((place for place, slug in enumerate(plan) if slug not in skip), 0)
    course = Course(plan, (), None, skip - {plan[where]}, where,
                    f"the first certificate cannot be read: {why}")
    return Verdict(False, (), "bad_certificate", Work(), course)


def _line(slug: str, place: int, course: Course) -> Line:
    check, path, finding = _BY_SLUG.get(slug), course.path, course.finding
    title, source = (check.title, check.source) if check else (_PATH_TITLE, _PATH_SOURCE)
    if slug in course.skip:
        return Line(slug, title, "", "switched off", "nobody looked", source)
    if place > course.where:
        return Line(slug, title, "", "not reached", "an earlier check failed", source)
    if place < course.where:
        reason = check.passed(path, course.job) if check else _way(path)
        return Line(slug, title, "", "passed", reason, source)
    if isinstance(finding, str):
        return Line(slug, title, path[-1].label if path else "", "failed", finding, source)
    return Line(slug, title, finding.whose.label, "failed", finding.reason, finding.source)


def _way(path: Sequence[Facts]) -> str:
    return " <- ".join(item.label for item in path)
