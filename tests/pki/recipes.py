"""A chain of certificates to be, as recipes, and the register of what can be put wrong in them.

A fault changes one thing of one certificate. Two that want the same thing (two other dates, say)
clash, and the second stays out: so every fault that a chain is said to have is really in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.x509.oid import ExtensionOID

ROOT, CA, LEAF = "root", "CA", "leaf"
ASPECTS = {"start": "dates", "end": "dates", "days": "dates",
           "ca": ExtensionOID.BASIC_CONSTRAINTS, "path_length": ExtensionOID.BASIC_CONSTRAINTS,
           "usage": ExtensionOID.KEY_USAGE, "extended": ExtensionOID.EXTENDED_KEY_USAGE,
           "names": ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
           "constraints": ExtensionOID.NAME_CONSTRAINTS,
           "hash": "signature", "outer": "signature", "sign_with": "signature"}
"""Keywords of `pki.issue` that write the same thing."""


class Clash(Exception):
    """Another fault has already changed the same thing."""


@dataclass
class Recipe:
    """One certificate: the keywords of `pki.issue`, and `after`, which changes its finished DER."""

    subject: str | x509.Name
    key: object
    fields: dict[str, object]
    after: Callable[[bytes], bytes] | None = None
    claimed: set[object] = field(default_factory=set)

    def claim(self, *aspects: object) -> None:
        """Raises Clash if one of these has been changed already."""
        if not self.claimed.isdisjoint(aspects):
            raise Clash(aspects)
        self.claimed.update(aspects)

    def put(self, **fields: object) -> None:
        self.claim(*{ASPECTS.get(name, name) for name in fields})
        self.fields |= fields

    def extension(self, value: x509.ExtensionType, critical: bool) -> None:
        """Written in place of the one of its kind."""
        self.claim(value.oid)
        self.fields.setdefault("extensions", []).append((value, critical))

    def leave_out(self, oid: x509.ObjectIdentifier) -> None:
        self.claim(oid)
        self.fields.setdefault("without", []).append(oid)

    def edit(self, part: str, aspect: str, value: Callable[[bytes], bytes]) -> None:
        """Another DER for one part of what is signed."""
        self.claim(aspect, "raw")
        self.fields["raw"] = lambda parts: parts | {part: value(parts[part])}

    def finish(self, change: Callable[[bytes], bytes]) -> None:
        """Another DER in the end."""
        self.claim("after")
        self.after = change


@dataclass
class Draft:
    """A chain, root first, and the name that is asked for."""

    recipes: list[Recipe]
    host: str
    missing: set[int] = field(default_factory=set)
    trusted: bool = True
    own: set[int] = field(default_factory=set)
    """Positions that sign for themselves instead of the one above."""
    revoked: dict[int, int] = field(default_factory=dict)
    """{position: serial number}; if there are any, every CA's CRL is at hand."""

    @property
    def last(self) -> int:
        return len(self.recipes) - 1

    @property
    def is_ip(self) -> bool:
        return self.host[0].isdigit()


Change = Callable[[Draft, int], None]
Needs = Callable[[Draft, int], bool]


@dataclass(frozen=True)
class Fault:
    """`roles`: where it can stand. `change(draft, position)` puts it in."""

    slug: str
    title: str
    roles: tuple[str, ...]
    change: Change
    needs: Needs | None = None

    def fits(self, draft: Draft, at: int) -> bool:
        return role(draft.last, at) in self.roles and (not self.needs or self.needs(draft, at))


def role(last: int, at: int) -> str:
    """What the certificate at this position of a chain is."""
    return ROOT if at == 0 else LEAF if at == last else CA


FAULTS: dict[str, Fault] = {}


def fault(slug: str, title: str, *roles: str, needs: Needs | None = None) -> Callable:
    """Registers a function of draft and position."""
    def keep(change: Change) -> Change:
        FAULTS[slug] = Fault(slug, title, roles, change, needs)
        return change
    return keep


def sets(slug: str, title: str, *roles: str, needs: Needs | None = None, **fields: object) -> None:
    """Registers: other values of some fields. A function gets draft and position."""
    def change(draft: Draft, at: int) -> None:
        draft.recipes[at].put(**{name: value(draft, at) if callable(value) else value
                                 for name, value in fields.items()})
    fault(slug, title, *roles, needs=needs)(change)


def writes(slug: str, title: str, *roles: str, value: object, critical: bool,
           needs: Needs | None = None) -> None:
    """Registers: another extension, or a function of draft and position that makes it."""
    def change(draft: Draft, at: int) -> None:
        made = value(draft, at) if callable(value) else value
        draft.recipes[at].extension(made, critical)
    fault(slug, title, *roles, needs=needs)(change)


def lacks(slug: str, title: str, *roles: str, oid: x509.ObjectIdentifier,
          needs: Needs | None = None) -> None:
    """Registers: an extension left out."""
    fault(slug, title, *roles, needs=needs)(lambda draft, at: draft.recipes[at].leave_out(oid))


def edits(slug: str, title: str, *roles: str, part: str, aspect: str,
          value: Callable[[bytes], bytes]) -> None:
    """Registers: another DER in one part of what is signed."""
    fault(slug, title, *roles)(lambda draft, at: draft.recipes[at].edit(part, aspect, value))


def with_key(slug: str, title: str, *roles: str, key: Callable[[], object]) -> None:
    """Registers: another key. The certificates below are signed with it."""
    def change(draft: Draft, at: int) -> None:
        draft.recipes[at].claim("key")
        draft.recipes[at].key = key()
    fault(slug, title, *roles)(change)
