"""Chains of certificates made at random: right ones, with up to three faults put in.

A `Plan` says everything about a chain; `build` makes it. Where a plan comes from makes no
difference: `plans()` and `chains()` are Hypothesis strategies, `seeded_plan(number)` draws from
`lab.seeded`, so that chain 17 is chain 17 on every machine. Keys are recorded or worked out from
their names, so that a chain costs little more than its signatures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtensionOID
from hypothesis import strategies as st

from helpers import lab
from helpers.pki.authority import Identity, distinguished_name
from helpers.pki.issue import certificate_der, test_key
from helpers.pki.revocation import crl
from tests.pki.faults_names import FAULTS
from tests.pki.recipes import Clash, Draft, Recipe, role

HOST = "www.shop.example"
NAMES = {"DNS": (HOST, (HOST,)), "wildcard": (HOST, ("*.shop.example",)),
         "IPv4": ("192.0.2.7", ("192.0.2.7",)), "IPv6": ("2001:db8::7", ("2001:db8::7",)),
         "several": (HOST, ("shop.example", HOST, "192.0.2.7"))}
KEYS = ("p256", "p256", "p384", "rsa")
RSA = ("rsa2048", "rsa3072", "other_rsa", "server_rsa")
CROSS = ("decoy", "bridge", "both")
"""Another root has signed for this chain's root too: one that nobody trusts; the only one that is
trusted; or both are."""
PADDING = ("root", "twice", "stranger", "namesake", "expired_twin", "loop")

Choose = Callable[[Sequence], object]


@dataclass(frozen=True)
class Plan:
    """`keys`: their kinds, root first, one for each certificate. `faults`: (slug, position)."""

    keys: tuple[str, ...]
    names: str = "DNS"
    faults: tuple[tuple[str, int], ...] = ()
    cross: str = ""
    padding: tuple[str, ...] = ()
    shuffle: int = 0

    def __str__(self) -> str:
        last = len(self.keys) - 1
        wrong = ", ".join(f"{slug} in {role(last, at)} {at}" for slug, at in self.faults)
        more = "".join(f", {word}" for word in (self.cross, *self.padding) if word)
        return f"{'/'.join(self.keys)} for {self.names}{more}: {wrong or 'nothing wrong'}"


@dataclass(frozen=True)
class Chain:
    """A chain as a server might send it: leaf first, the others in any order, DER."""

    plan: Plan
    sent: tuple[bytes, ...]
    roots: tuple[x509.Certificate, ...]
    host: str
    crls: tuple[x509.CertificateRevocationList, ...] = ()

    @property
    def question(self) -> dict[str, object]:
        """The keywords for `pki.judge` and `pki.validators.compare`, beside `sent`."""
        return {"roots": self.roots, "name": self.host, "time": lab.NOW,
                "crls": self.crls}


def draw_plan(choose: Choose) -> Plan:
    """A plan from `choose(sequence) -> one of them`; faults that clash or do not fit stay out."""
    length = choose((2, 3, 3, 4, 4, 5))
    keys = tuple(choose(KEYS) for _ in range(length))
    names, cross = choose(tuple(NAMES)), choose(("",) * 6 + CROSS)
    draft, kept = drafted(Plan(keys, names)), []
    for _ in range(choose((0, 1, 1, 1, 1, 1, 2, 3))):
        slug = choose(tuple(FAULTS))
        places = [at for at in range(cross == "bridge", length) if FAULTS[slug].fits(draft, at)]
        at = choose(places) if places else None
        if at is not None and _put(draft, slug, at):
            kept.append((slug, at))
    padding = tuple(kind for kind in PADDING if choose((False, False, False, True)))
    return Plan(keys, names, tuple(kept), cross, padding, choose(range(24)))


@st.composite
def plans(draw: Callable) -> Plan:
    return draw_plan(lambda items: draw(st.sampled_from(items)))


def chains() -> st.SearchStrategy[Chain]:
    return plans().map(build)


def seeded_plan(number: int) -> Plan:
    """The plan with this number: always the same one."""
    random = lab.seeded(f"chain {number}")
    return draw_plan(lambda items: items[int.from_bytes(random(4)) % len(items)])


def _put(draft: Draft, slug: str, at: int) -> bool:
    claimed = [set(recipe.claimed) for recipe in draft.recipes]
    try:
        FAULTS[slug].change(draft, at)
    except Clash:
        for recipe, before in zip(draft.recipes, claimed, strict=True):
            recipe.claimed = before
        return False
    return True


def drafted(plan: Plan) -> Draft:
    """The recipes of a plan, faults put in."""
    host, names = NAMES[plan.names]
    last = len(plan.keys) - 1
    recipes = [Recipe(distinguished_name(f"TEST ONLY CA {at}"), key(kind, at), {"ca": True})
               for at, kind in enumerate(plan.keys[:-1])]
    recipes.append(Recipe(_leaf_name(host, names), key(plan.keys[-1], last), {"names": names}))
    draft = Draft(recipes, host)
    for slug, at in plan.faults:
        FAULTS[slug].change(draft, at)
    return draft


def _leaf_name(host: str, names: tuple[str, ...]) -> x509.Name:
    """The host as common name, where it is among the names; else the organization alone."""
    whole = distinguished_name(host)
    return whole if host in names else x509.Name(list(whole)[:1])


@cache
def key(kind: str, at: int) -> object:
    """The key of this kind for this position of a chain."""
    if kind == "rsa" and at < len(RSA):
        return lab.key(RSA[at])
    if kind == "p384":
        return ec.derive_private_key(
            int.from_bytes(lab.seeded(f"p384 at {at}")(47)), ec.SECP384R1())
    return test_key(f"chain, position {at}")


def build(plan: Plan) -> Chain:
    """The chain of a plan. The same plan gives the same bytes."""
    draft = drafted(plan)
    made = [_certificate(draft, at) for at in range(draft.last + 1)]
    leaf, above = made[-1], [made[at] for at in range(1, draft.last) if at not in draft.missing]
    trusted = [x509.load_der_x509_certificate(made[0])] if draft.trusted else [_stranger()]
    if plan.cross:
        above.append(_cross(draft.recipes[0]))
        trusted = {"decoy": trusted, "bridge": [_other_root()],
                   "both": [*trusted, _other_root()]}[plan.cross]
    for kind in plan.padding:
        above += _padding(kind, draft, made, above)
    above.sort(key=lambda der: hashlib.sha256(bytes([plan.shuffle]) + der).digest())
    return Chain(plan, (leaf, *above), tuple(trusted), draft.host, _crls(draft))


def _certificate(draft: Draft, at: int) -> bytes:
    recipe = draft.recipes[at]
    above = recipe if at == 0 or at in draft.own else draft.recipes[at - 1]
    fields = {"issuer": above.subject, "sign_with": above.key} | recipe.fields
    if ExtensionOID.AUTHORITY_KEY_IDENTIFIER not in recipe.claimed \
            and at > 0 and fields.get("version") != 1:
        own = x509.AuthorityKeyIdentifier.from_issuer_public_key(above.key.public_key())
        fields["extensions"] = [*fields.get("extensions", ()), own]
    der = certificate_der(recipe.subject, key=recipe.key, **fields)
    return recipe.after(der) if recipe.after else der


def _crls(draft: Draft) -> tuple[x509.CertificateRevocationList, ...]:
    """Every CA's, if one of their certificates is revoked."""
    found = []
    for at, recipe in enumerate(draft.recipes[:-1] if draft.revoked else ()):
        ca = x509.load_der_x509_certificate(
            certificate_der(recipe.subject, key=recipe.key, ca=True))
        listed = [draft.revoked[at + 1]] if at + 1 in draft.revoked else []
        found.append(crl(Identity(recipe.key, ca), listed))
    return tuple(found)


def _signed_ca(subject: x509.Name, own: object, issuer: x509.Name, signer: object,
               **fields: object) -> bytes:
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    return certificate_der(subject, key=own, issuer=issuer, sign_with=signer, ca=True,
                           extensions=[above], **fields)


_OTHER, _STRANGER = map(distinguished_name, ("TEST ONLY Other Root", "TEST ONLY Stranger"))


@cache
def _other_root() -> x509.Certificate:
    own = lab.key("other_root")
    return x509.load_der_x509_certificate(certificate_der(_OTHER, key=own, ca=True))


@cache
def _stranger() -> x509.Certificate:
    return x509.load_der_x509_certificate(
        certificate_der(_STRANGER, key=test_key("stranger"), ca=True))


def _cross(root: Recipe) -> bytes:
    """The root's name and key, certified by the other root."""
    return _signed_ca(root.subject, root.key, _OTHER, lab.key("other_root"))


def _padding(kind: str, draft: Draft, made: list[bytes], above: list[bytes]) -> list[bytes]:
    """Certificates that a careless server, or a hostile one, sends beside the chain."""
    issuer, top = draft.recipes[-2], draft.recipes[max(draft.last - 2, 0)]
    namesake, loop = test_key("namesake"), test_key("loop")
    if kind == "root":
        return [made[0]]
    if kind == "twice":
        return list(above)
    if kind == "stranger":
        other = _signed_ca(distinguished_name("TEST ONLY Stranger's CA"), namesake,
                           _STRANGER, test_key("stranger"))
        return [other, certificate_der(draft.host, key=loop, issuer=_STRANGER,
                                       sign_with=test_key("stranger"))]
    if kind == "namesake":
        return [_signed_ca(issuer.subject, namesake, _STRANGER, test_key("stranger"))]
    if kind == "expired_twin":
        return [_signed_ca(issuer.subject, issuer.key, top.subject, top.key, days=990)]
    name = distinguished_name("TEST ONLY Loop")
    return [_signed_ca(issuer.subject, issuer.key, name, loop),
            _signed_ca(name, loop, issuer.subject, issuer.key)]
