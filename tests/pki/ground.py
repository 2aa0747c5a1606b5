"""A three-certificate chain in which a test breaks one thing, and its verdict."""

from __future__ import annotations

from dataclasses import dataclass

from helpers import lab, pki

HOST = "shop.example"


@dataclass(frozen=True)
class Ground:
    """Identities: the root, the CA below it, and the leaf."""

    root: object
    ca: object
    leaf: object

    @property
    def sent(self):
        return [self.leaf.certificate, self.ca.certificate]

    def judge(self, **question):
        return pki.judge(self.sent, **{"roots": [self.root.certificate], "name": HOST,
                                       "time": lab.NOW} | question)


def ground(leaf=None, ca=None, root=None):
    """The good chain, with other fields for `pki.issue` where they are given."""
    top = pki.issue("Root of the test", **{"ca": True} | (root or {}))
    middle = pki.issue("CA of the test", **{"ca": True, "by": top} | (ca or {}))
    return Ground(top, middle, pki.issue(HOST, **{"by": middle} | (leaf or {})))


def failure(leaf=None, ca=None, root=None, **question):
    """(check, reason, source) of the line that fails; None if the chain is good."""
    line = ground(leaf, ca, root).judge(**question).failed
    return line and (line.check, line.reason, line.source)
