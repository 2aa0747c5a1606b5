"""What one broken chain is, and how a function becomes one: see `broken` for the gallery."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cryptography import x509
from cryptography.x509.ocsp import OCSPResponse

from helpers import lab
from helpers.pki.authority import Identity, intermediate, root
from helpers.pki.issue import issue
from helpers.pki.transparency import Log

LOGS = (Log("Alder"), Log("Birch"), Log("Cedar"))
"""The logs that the gallery's browser knows. Three, for a certificate may need as many receipts."""


@dataclass(frozen=True)
class BrokenChain:
    """A chain with one thing wrong, and everything that is needed to judge it.

    - `identity`: what the server has: key, certificate, intermediates. `roots`, `host` and `time`:
      whom the client trusts, whom it wants to talk to, when. `crls`, `ocsp`: what it knows of
      revocation (the answers come stapled). `logs`: the logs it knows; None: it does not ask.
    - `check`: the slug of the one check of `judge` that fails; "" for the good chain.
    - `alert`: what OpenSSL's client sends when it refuses; "" if it does not.
    - `overlooked`: who accepts the chain all the same ("cryptography", "OpenSSL"), and why.
    """

    identity: Identity
    check: str
    alert: str = ""
    overlooked: Mapping[str, str] = field(default_factory=dict)
    roots: tuple[x509.Certificate, ...] = ()
    host: str = lab.HOST
    time: datetime = lab.NOW
    crls: tuple[x509.CertificateRevocationList, ...] = ()
    ocsp: tuple[OCSPResponse, ...] = ()
    logs: tuple[Log, ...] | None = LOGS
    slug: str = ""
    title: str = ""
    story: str = ""
    explanation: str = ""

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """What the server sends, the leaf first."""
        return (self.identity.certificate, *self.identity.intermediates)

    @property
    def circumstances(self) -> dict[str, object]:
        """The keywords of `judge`: `judge(case.chain, **case.circumstances)`."""
        return {"roots": self.roots, "name": self.host, "time": self.time, "crls": self.crls,
                "ocsp": self.ocsp, "logs": self.logs}


MAKERS: dict[str, Callable[[], BrokenChain]] = {}
"""The functions that make the chains, by slug (their names), in the order of the gallery."""


def chain(make: Callable[[], BrokenChain]) -> Callable[[], BrokenChain]:
    """Puts a function into the gallery. Its docstring is what the learner reads: a title, the
    story (which does not give away the check), and then the explanation."""
    title, story, explanation = inspect.getdoc(make).split("\n\n", 2)

    def complete() -> BrokenChain:
        case = make()
        return replace(case, slug=make.__name__, title=title, story=_flow(story),
                       explanation="\n\n".join(map(_flow, explanation.split("\n\n"))),
                       roots=case.roots or (root().certificate,))

    complete.__doc__, complete.__name__ = make.__doc__, make.__name__
    MAKERS[make.__name__] = complete
    return complete


def _flow(paragraph: str) -> str:
    return " ".join(textwrap.dedent(paragraph).split())


def leaf(by: Identity | None = None, subject: str = lab.HOST, **fields: object) -> Identity:
    """A good leaf for the lab's shop, but for what `fields` say: logged, and by the lab's CA."""
    return issue(subject, by=by or intermediate(), **{"logs": LOGS, **fields})


def another_ca(subject: str = "TEST ONLY Branch CA", **fields: object) -> Identity:
    """A good CA under the lab's root, but for what `fields` say: it may sign leaves and CAs."""
    return issue(subject, ca=True, by=root(), **fields)
