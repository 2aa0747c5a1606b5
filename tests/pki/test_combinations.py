"""Every combination of names and name constraints, and whole graphs of CAs: what must come out
follows from a rule of one line, so that nobody has to type it in.

The names are combined as Netflix's BetterTLS does it; the graphs are RFC 4158's (sections 2.3 and
2.4), with some of the certificates spoilt.
"""

import random
from itertools import product

import pytest
from cryptography import x509

from helpers import pki

HOST, ADDRESS = "test.localhost", "127.0.0.1"
OTHER, ELSEWHERE = "bad.example.com", "1.1.1.1"
DNS_TREES, IP_TREES = (None, "localhost", "example.com"), (None, "127.0.0.0/24", "1.1.1.0/24")
COMMON = ("The Shop", HOST, OTHER, ADDRESS, ELSEWHERE)
CONSTRAINTS = [*product(DNS_TREES, IP_TREES, DNS_TREES, IP_TREES)]
NAMES = [*product(COMMON, (None, HOST, OTHER), (None, ADDRESS, ELSEWHERE), (HOST, ADDRESS))]
INSIDE = {(HOST, "localhost"), (OTHER, "example.com"), (ADDRESS, "127.0.0.0/24"),
          (ELSEWHERE, "1.1.1.0/24")}


def is_right(dns_name, address, wanted, constraints):
    """The name asked for is in the certificate, and no name in it is forbidden."""
    dns, ip, not_dns, not_ip = constraints
    kinds = ((dns_name, dns, not_dns), (address, ip, not_ip))
    return wanted in (dns_name, address) and not any(
        name is not None and ((allowed is not None and (name, allowed) not in INSIDE)
                              or (name, excluded) in INSIDE) for name, allowed, excluded in kinds)


def test_names_and_name_constraints():
    chance = random.Random(4)
    root = pki.issue("Root", ca=True)
    leaves, seen = {}, {True: 0, False: 0}
    for constraints in CONSTRAINTS:
        dns, ip, not_dns, not_ip = constraints
        limits = {"permitted": [*filter(None, (dns, ip))],
                  "excluded": [*filter(None, (not_dns, not_ip))]}
        issuer = pki.issue("CA", by=root, ca=True,
                           constraints=limits if any(constraints) else None)
        for common, dns_name, address, wanted in chance.sample(NAMES, 25):
            kind = common, dns_name, address
            if kind not in leaves:
                subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])
                names = [*filter(None, (dns_name, address))]
                leaves[kind] = pki.issue(subject, by=issuer, names=names).certificate
            verdict = pki.judge([leaves[kind], issuer.certificate], roots=[root.certificate],
                                name=wanted)
            right = is_right(dns_name, address, wanted, constraints)
            assert verdict.good is right, (kind, wanted, constraints, verdict.failed)
            seen[right] += 1
    assert min(seen.values()) > 100


SQUARE = ("Anchor A", "Anchor C", "A C", "C A", "A B", "C B", "B leaf")
"""RFC 4158 section 2.3, figure 7: who signed for whom."""
BRIDGE = ("W Bridge", "Bridge W", "X Bridge", "Bridge X", "Y Bridge", "Bridge Y", "Z Bridge",
          "Bridge Z", "W F", "W G", "F G", "G F", "F H", "G I", "H I", "I H", "X J", "X L", "J K",
          "L M", "L N", "Y A", "Y C", "A C", "C A", "A B", "C B", "B D", "B E", "Z O", "Z P",
          "O Q", "O R", "P S", "R S", "N leaf")
"""Section 2.4, figure 10: four hierarchies and the CA that joins them."""
SPOILT = ({"days": -1}, {"constraints": {"permitted": ["example.com"]}}, {"extended": ["email"]},
          {"ca": False}, {"without": [x509.OID_BASIC_CONSTRAINTS]})


def reached(edges, start):
    found = {start}
    for _ in edges:
        found |= {below for above, below in edges if above in found}
    return found


@pytest.mark.parametrize(("figure", "anchors"), [
    (SQUARE, ["Anchor"]), (BRIDGE, ["W", "X", "Y", "Z", "Bridge"]),
], ids=["square", "bridge"])
def test_a_path_is_found_where_there_is_one(figure, anchors):
    chance = random.Random(7)
    edges = [tuple(edge.split()) for edge in figure]
    owners = {name: pki.issue(name, ca=True) for name in {name for edge in edges for name in edge}}
    good = {edge: made(owners, *edge) for edge in edges}
    seen = {True: 0, False: 0}
    for _ in range(40):
        spoilt = set(chance.sample([edge for edge in edges if edge[1] != "leaf"],
                                   chance.randrange(1, 5 + len(edges) // 8)))
        how = chance.choice(SPOILT)
        sent = [made(owners, *edge, **how) if edge in spoilt else good[edge] for edge in edges]
        *others, leaf = sent
        chance.shuffle(others)
        anchor = chance.choice(anchors)
        verdict = pki.judge([leaf, *others], roots=[owners[anchor].certificate], name=HOST)
        right = "leaf" in reached([edge for edge in edges if edge not in spoilt], anchor)
        assert verdict.good is right, (anchor, how, spoilt)
        seen[right] += 1
    assert min(seen.values()) > 5


def made(owners, above, below, **fields):
    """`above` signs for `below`, which has the same key in all its certificates."""
    if below == "leaf":
        return pki.issue(HOST, by=owners[above]).certificate
    return pki.issue(below, by=owners[above], **{"ca": True} | fields).certificate
