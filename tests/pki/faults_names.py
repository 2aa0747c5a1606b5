"""What can be put wrong in the names of a leaf, and in what CAs say about names."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from cryptography import x509
from cryptography.x509.oid import ExtensionOID, NameOID

from helpers.pki import encode
from helpers.pki.authority import distinguished_name
from tests.pki.faults import ANY, ISSUING, raw
from tests.pki.recipes import CA, FAULTS, LEAF, Draft, fault, sets, writes

__all__ = ["FAULTS"]  # when this module has run, it holds every fault

NOBODY = "nobody.example"


def _dns(draft: Draft, at: int) -> bool:
    return not draft.is_ip


def _ip(draft: Draft, at: int) -> bool:
    return draft.is_ip



def general_name(host: str) -> x509.GeneralName:
    return x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdigit() else x509.DNSName(host)


def _organization(name: str) -> x509.DirectoryName:
    return x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)]))


def _names(draft: Draft) -> Sequence[object]:
    """What the leaf is for, if no fault changes it."""
    return draft.recipes[-1].fields["names"]


def _around(draft: Draft) -> str:
    """A domain or a network that holds the host."""
    if not draft.is_ip:
        return draft.host.split(".", 1)[1]
    return str(ipaddress.ip_network(draft.host + ("/64" if ":" in draft.host else "/24"), False))


# --- the leaf's names: RFC 9525 -------------------------------------------------------------------
sets("wrong_name", "for another name", LEAF, names=[NOBODY])
sets("no_names", "no subjectAltName: the name stands in CN alone", LEAF, names=[])
sets("other_names_too", "another name too", LEAF,
     names=lambda draft, at: ["mail.shop.example", draft.host])
sets("ip_as_dns", "an IP address as dNSName", LEAF, needs=_ip,
     names=lambda draft, at: [x509.DNSName(draft.host)])
sets("wildcard_too_high", "a wildcard for two labels", LEAF, needs=_dns,
     names=lambda draft, at: ["*." + draft.host.split(".", 2)[2]])
sets("wildcard_in_part", "a wildcard for part of a label", LEAF, needs=_dns,
     names=lambda draft, at: [draft.host[0] + "*." + draft.host.split(".", 1)[1]])
sets("wildcard_lower", "a wildcard that is not the first label", LEAF, needs=_dns,
     names=lambda draft, at: ["www.*.example"])
sets("wildcard_alone", "a wildcard for everything", LEAF, needs=_dns, names=["*"])
sets("name_in_capitals", "the name in capital letters", LEAF, needs=_dns,
     names=lambda draft, at: [draft.host.upper()])
sets("name_with_dot", "a dot at the end of the name", LEAF, needs=_dns,
     names=lambda draft, at: [draft.host + "."])
writes("empty_names", "subjectAltName without a name", LEAF, critical=False,
       value=raw(ExtensionOID.SUBJECT_ALTERNATIVE_NAME, encode.sequence()))


@fault("critical_names", "subjectAltName critical beside a subject", LEAF)
def _(draft: Draft, at: int) -> None:
    recipe = draft.recipes[at]
    recipe.claim("subject")
    recipe.extension(x509.SubjectAlternativeName([general_name(draft.host)]), True)


@fault("other_common_name", "a common name that is not among the names", LEAF)
def _(draft: Draft, at: int) -> None:
    draft.recipes[at].claim("subject")
    draft.recipes[at].subject = distinguished_name(NOBODY)


@fault("empty_subject", "an empty subject", *ANY)
def _(draft: Draft, at: int) -> None:
    draft.recipes[at].claim("subject")
    draft.recipes[at].subject = x509.Name([])


@fault("empty_subject_plain", "an empty subject, and subjectAltName not critical", LEAF)
def _(draft: Draft, at: int) -> None:
    recipe = draft.recipes[at]
    recipe.claim("subject")
    recipe.subject = x509.Name([])
    recipe.extension(x509.SubjectAlternativeName([general_name(draft.host)]), False)


# --- name constraints: RFC 5280 section 4.2.1.10 --------------------------------------------------
sets("excluded", "a CA that may not sign for this name", *ISSUING,
     constraints=lambda draft, at: {"excluded": [_around(draft)]})
sets("not_permitted", "a CA that may sign for another name only", *ISSUING,
     constraints=lambda draft, at: {"permitted": ["10.0.0.0/8" if draft.is_ip else NOBODY]})
sets("excluded_wins", "a CA that may sign for a domain but not for this name in it", *ISSUING,
     needs=_dns, constraints=lambda draft, at: {"permitted": [_around(draft)],
                                                "excluded": [draft.host]})
sets("permitted", "a CA that may sign for this domain or network", *ISSUING,
     constraints=lambda draft, at: {"permitted": [_around(draft)]})
sets("permitted_directory", "a CA that may sign for subjects of this organization", *ISSUING,
     constraints=lambda draft, at: {"permitted": [_organization("TEST ONLY How HTTPS Works")]})
sets("all_hosts_permitted", "a permitted domain of no letters: all of them", *ISSUING, needs=_dns,
     constraints={"permitted": [x509.DNSName("")]})
sets("other_kind_permitted", "constraints for e-mail addresses alone", *ISSUING,
     constraints=lambda draft, at: {"permitted": ["someone@shop.example"]})
sets("permitted_with_dot", "a permitted domain with a dot in front", *ISSUING,
     needs=lambda draft, at: not draft.is_ip and _around(draft) not in _names(draft),
     constraints=lambda draft, at: {"permitted": [x509.DNSName("." + _around(draft))]})
writes("plain_constraints", "name constraints that fit, not critical", *ISSUING, critical=False,
       value=lambda draft, at: x509.NameConstraints(
           [x509.IPAddress(ipaddress.ip_network(_around(draft))) if draft.is_ip
            else x509.DNSName(_around(draft))], None))
writes("empty_constraints", "name constraints that say nothing", *ISSUING, critical=True,
       value=raw(ExtensionOID.NAME_CONSTRAINTS, encode.sequence()))
writes("distance", "a permitted domain with a minimum distance", CA, critical=True, needs=_dns,
       value=lambda draft, at: raw(ExtensionOID.NAME_CONSTRAINTS, encode.sequence(
           encode.tlv(0xA0, encode.sequence(encode.tlv(0x82, _around(draft).encode()),
                                            encode.tlv(0x80, b"\x01"))))))
writes("bad_mask", "a permitted network with a mask of 2 bytes", CA, critical=True,
       needs=lambda draft, at: draft.is_ip or len(_names(draft)) == 1,
       value=raw(ExtensionOID.NAME_CONSTRAINTS, encode.sequence(encode.tlv(0xA0, encode.sequence(
           encode.tlv(0x87, bytes(6)))))))
sets("leaf_constraints", "name constraints in a leaf", LEAF,
     constraints=lambda draft, at: {"permitted": [_around(draft)]})


@fault("other_directory", "a CA that may sign for subjects of another organization", *ISSUING)
def _(draft: Draft, at: int) -> None:
    draft.recipes[-1].claim("subject")  # an empty one would be outside of any constraint
    draft.recipes[at].put(
        constraints={"permitted": [_organization("TEST ONLY Somebody Else")]})
