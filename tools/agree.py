"""Three validators before the same chains: `python -m tools.agree [--chains 3000]`.

`make agreement` makes 3,000 chains from fixed seeds (`tests.pki.chains`): right ones, with up to
three faults, in shuffled and padded bundles. `pki.judge`, `cryptography.x509.verification` and
OpenSSL judge each. It prints how far they agree and writes docs/validators.md. The exit code is 1
if a disagreement has no explanation in `tools.agree_reasons`, if `pki.judge` says yes where
cryptography says no without naming the difference, or if a comparison does not explain itself.
"""

from __future__ import annotations

import argparse
import hashlib
import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from helpers.pki.validators import compare
from tests.pki.chains import Plan, build, seeded_plan
from tests.pki.recipes import FAULTS, role
from tools import agree_page
from tools.agree_reasons import FATAL, FINE, ONE_WAY, REFUSED, STOPS, Reason, minds

PAGE = Path(__file__).resolve().parent.parent / "docs" / "validators.md"
CHAINS, SAMPLE = 3000, 200
SHARED = {"weak_rsa", "ed25519", "odd_curve", "empty_subject"}
"""Faults of a root that its cross-certificate shares: it is about the same name and key."""


@dataclass(frozen=True)
class Outcome:
    """What came out for one chain: the signs of the three, the reasons for their difference, and
    what is wrong with that ("" if all is explained)."""

    plan: Plan
    signs: str
    reasons: tuple[Reason, ...] = ()
    problem: str = ""

    @property
    def agreed(self) -> bool:
        return self.signs in (FINE, REFUSED)


def outcome(plan: Plan) -> Outcome:
    """Makes the chain of a plan, has it judged, and looks for the reasons."""
    chain = build(plan)
    compared = compare(chain.sent, **chain.question)
    signs = "".join("-+"[good] for good in (compared.ours.good, compared.cryptography.good,
                                            compared.openssl.good))
    expected, reasons = expectation(plan)
    more = deviations(plan, expected, signs)
    problem = ""
    if signs != expected and more is None:
        problem = f"{signs} where {expected} was expected (ours, cryptography, OpenSSL)"
    elif signs not in (FINE, REFUSED) and not compared.explained:
        problem = "the comparison does not explain itself"
    elif compared.ours.good and not compared.cryptography.good and not compared.ours.differs:
        problem = "it says yes where cryptography says no, and names no difference"
    if problem:
        said = (compared.ours.failed and compared.ours.failed.reason, compared.cryptography.said,
                compared.openssl.said)
        problem = f"{plan}: {problem} {said}"
    kept = () if signs in (FINE, REFUSED) else (*reasons, *(more or ()))
    return Outcome(plan, signs, tuple(dict.fromkeys(kept)), problem)


def expectation(plan: Plan) -> tuple[str, list[Reason]]:
    """The signs that the faults of a plan lead to: a validator refuses if it minds one of them."""
    signs, reasons = FINE, []
    for slug, at in plan.faults:
        if _healed(plan, slug, at):
            continue
        found, reason = minds(plan, slug, at)
        signs = "".join("-" if "-" in pair else "+" for pair in zip(signs, found, strict=True))
        reasons += [reason] if reason else []
    return signs, reasons


def _healed(plan: Plan, slug: str, at: int) -> bool:
    """Is there another way up, through the other root, on which this fault does not lie?"""
    if plan.cross in ("bridge", "both") and (slug, at) == ("self_issued", 1):
        return True  # it is the root above that has the path length
    return plan.cross == "both" and at == 0 and slug not in SHARED


def deviations(plan: Plan, expected: str, signs: str) -> list[Reason] | None:
    """Reasons why a search for a path ended otherwise than the faults alone would have it: none
    if it did not, None if there is no such reason."""
    found = []
    several = plan.cross or {"loop", "namesake", "expired_twin"} & set(plan.padding)
    for who, reason in enumerate((None, STOPS, ONE_WAY)):
        if signs[who] == expected[who]:
            continue
        fatal = plan.cross == "both" and any(slug in FATAL for slug, at in plan.faults if at == 0)
        if signs[who] == "+" or reason is None or not several or (reason is STOPS and not fatal):
            return None
        found.append(reason)
    return found


@dataclass
class Tally:
    """What is counted over many chains. `faults` counts (slug, place), `alone` (slug, place, signs)
    where there is no other fault, `together` how many faults the chains have; `digest` is a
    fingerprint of everything that came out."""

    signs: Counter[str] = field(default_factory=Counter)
    reasons: Counter[Reason] = field(default_factory=Counter)
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)
    alone: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    together: Counter[int] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    digest: str = ""

    def add(self, came: Outcome) -> None:
        plan, last = came.plan, len(came.plan.keys) - 1
        self.signs[came.signs] += 1
        self.reasons.update(came.reasons)
        self.together[len(plan.faults)] += 1
        for slug, at in plan.faults:
            self.faults[slug, role(last, at)] += 1
            self.alone[slug, role(last, at), came.signs] += len(plan.faults) == 1
        self.problems += [came.problem] if came.problem else []
        text = f"{self.digest} {plan}: {came.signs}"
        self.digest = hashlib.sha256(text.encode()).hexdigest()


def tally(numbers: Iterable[int]) -> Tally:
    """Judges the chains with these numbers, one after the other."""
    found = Tally()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # cryptography's, of certificates wrong on purpose
        for number in numbers:
            found.add(outcome(seeded_plan(number)))
    return found


def page(counted: Tally) -> str:
    """The text of docs/validators.md for a full run."""
    return agree_page.page(counted, tally(range(SAMPLE)).digest, SAMPLE)


def main(arguments: list[str] | None = None) -> int:
    """Counts, prints, writes the page; 1 if anything is unexplained."""
    parser = argparse.ArgumentParser(prog="python -m tools.agree", description=__doc__)
    parser.add_argument("--chains", type=int, default=CHAINS, help="how many chains to make")
    options = parser.parse_args(arguments)
    counted = tally(range(options.chains))
    print(agree_page.table(counted))
    for problem in counted.problems:
        print(f"NOT EXPLAINED  {problem}")
    print(f"{len(counted.problems)} disagreements without an explanation, "
          f"{len(FAULTS)} kinds of fault, {sum(counted.signs.values()):,} chains.")
    if counted.problems:
        return 1
    if options.chains == CHAINS:
        PAGE.write_text(page(counted), encoding="utf-8")
        print(f"docs/{PAGE.name} is written.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
