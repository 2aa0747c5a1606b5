"""How `tools.agree` shows what it counted: a table to print, and the page docs/validators.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.pki import pkits
from tests.pki.recipes import FAULTS
from tools.agree_reasons import FINE, ONE_WAY, REASONS, REFUSED, STOPS, WILDCARD, Reason

if TYPE_CHECKING:
    from tools.agree import Tally

_WORDS = {"+": "good", "-": "refused"}
_HEAD = """\
<!-- Written by `make agreement`. Do not edit: the reasons are in tools/agree_reasons.py. -->
# Three validators, {chains:,} chains

`pki.judge` is the checklist of lesson 07. This page tells how its verdicts compare with those of
two libraries that others use in earnest, and why they differ where they differ.

{chains:,} chains are made from fixed seeds: 2 to 5 certificates with RSA, P-256 and P-384 keys,
for a DNS name, a wildcard, an address or several names; shuffled, some with strangers, twins,
loops and cross-certificates beside them. {right:,} have nothing wrong in them, the others one to
three of {kinds} faults (some of which nobody should mind), in the root, in a CA or in the leaf.
Each is judged for its name at one moment by

- **ours**: `pki.judge` with the rule book `pki.WEB`: RFC 5280, RFC 9525, and of the CA/Browser
  Forum's Baseline Requirements what a client can check;
- **cryptography**: its `x509.verification`, as it comes;
- **OpenSSL**: in the wheel of `cryptography`, asked as Python's `ssl.create_default_context` asks
  since 3.13 (strict mode, partial chains), with the purpose, the name, and the CRLs if there are
  any.

`pki.validators.compare` is how to ask all three yourself.

## How often they agree

| ours | cryptography | OpenSSL | chains |
| --- | --- | --- | ---: |
"""
_REASONS = """\

They agree on {agreed:,} of {chains:,} chains ({share:.1f} %); many of the faults were chosen
because the three do not agree on them. {yes}

## Why they differ

Every disagreement belongs to one of these classes; a chain with several faults may belong to more
than one. `make agreement` stops with an error if one does not.

| refused by | fault | in the | chains | why opinions differ | where that is written |
| --- | --- | --- | ---: | --- | --- |
"""
_FAULTS = """\

## Fault by fault

How many chains had the fault at that place; how many of them had no other; and how many of those
each validator refused.

| fault | what it is | in the | chains | alone | ours | cryptography | OpenSSL |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
"""
_PKITS = """\

## Material that nobody here wrote

NIST's Public Key Interoperability Test Suite (PKITS) has {cases} end-entity certificates, for which
its document says what must come out. `pki.judge` with the rule book `pki.RFC5280` finds the way
among all {others} other certificates of the suite, and {right} come out as the document says. Not:

"""
_FOOT = """\

What came out for the first {sample} chains has the fingerprint `{digest}`
(SHA-256): a test makes and judges them again and compares.
"""


def page(counted: Tally, digest: str, sample: int) -> str:
    """The whole page. The same counts give the same text."""
    chains = counted.signs.total()
    agreed = counted.signs[FINE] + counted.signs[REFUSED]
    facts = {"chains": chains, "right": counted.together[0], "kinds": len(FAULTS),
             "agreed": agreed, "share": 100 * agreed / chains, "yes": _yes(counted.signs)}
    return "".join([
        _HEAD.format(**facts), *_agreement(counted), _REASONS.format(**facts),
        *map(_reason_row(counted), _in_order(counted)), _FAULTS, *_fault_rows(counted), *_pkits(),
        _FOOT.format(sample=sample, digest=digest)])


def table(counted: Tally) -> str:
    """For the terminal: how often which of them refused, class by class."""
    lines = [f"{'ours':9}{'cryptography':14}{'OpenSSL':9}{'chains':>7}"]
    for signs, count in counted.signs.most_common():
        ours, theirs, openssl = (_WORDS[sign] for sign in signs)
        lines.append(f"{ours:9}{theirs:14}{openssl:9}{count:7,}")
    lines.append("")
    lines += [f"{counted.reasons[reason]:6,}  {reason.signs}  {_faults(reason)}: {reason.source}"
              for reason in _in_order(counted)]
    return "\n".join([*lines, ""])


def _pkits() -> list[str]:
    right = [case for case in pkits.cases() if pkits.verdict_on(case).good == case.good]
    names = {case.number: case.name for case in pkits.cases()}
    text = _PKITS.format(cases=len(names), others=len(pkits.authorities()), right=len(right))
    return [text, *(f"- {number} {names[number]}: {why}.\n"
                    for number, why in pkits.OTHERWISE.items())]


def _yes(signs: Counter[str]) -> str:
    lenient = sum(count for found, count in signs.items() if found[:2] == "+-")
    return f"Ours says yes where cryptography says no to {lenient} of\nthem; its verdict names " \
           "the difference each time (`verdict.differs`)."


def _agreement(counted: Tally) -> list[str]:
    return [f"| {' | '.join(_WORDS[sign] for sign in signs)} | {count:,} |\n"
            for signs, count in sorted(counted.signs.items(), key=lambda item: (-item[1], item))]


def _in_order(counted: Tally) -> list[Reason]:
    return [reason for reason in (*REASONS, ONE_WAY, STOPS) if counted.reasons[reason]]


def _faults(reason: Reason) -> str:
    names = [name for name in reason.faults.split() if name != WILDCARD]
    return ", ".join(names) or "several issuers that fit"


def _reason_row(counted: Tally) -> Callable[[Reason], str]:
    def row(reason: Reason) -> str:
        minding = reason.title.removesuffix(" refuses").removesuffix(" refuse")
        titles = "; ".join(FAULTS[name].title for name in reason.faults.split()
                           if name != WILDCARD) or "none: several issuers that fit"
        if WILDCARD in reason.faults:
            titles += ", in a chain for a wildcard"
        places = reason.places.replace(" ", ", ") or "any"
        return (f"| {minding} | {titles} | {places} | {counted.reasons[reason]:,} | {reason.why} "
                f"| {reason.source} |\n")
    return row


def _fault_rows(counted: Tally) -> list[str]:
    rows = []
    for slug, fault in FAULTS.items():
        for place in fault.roles:
            alone = {signs: count for (name, where, signs), count in counted.alone.items()
                     if (name, where) == (slug, place)}
            refused = [sum(count for signs, count in alone.items() if signs[who] == "-")
                       for who in range(3)]
            rows.append(f"| {slug} | {fault.title} | {place} | {counted.faults[slug, place]} "
                        f"| {sum(alone.values())} | {' | '.join(map(str, refused))} |\n")
    return rows
