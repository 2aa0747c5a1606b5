"""Is this certificate about that name? RFC 9525 for hosts, and the syntax of the names themselves.

Only subjectAltName counts: a common name identifies no host (RFC 9525 section 2). Names are ASCII;
an international name is compared as its A-label ("xn--..."). Does not know the public suffix list,
so "*.co.uk" passes for a wildcard like any other; "*.uk" does not.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography import x509

from helpers.pki.facts import shown

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_HOST = re.compile(r"(?!.{254})[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
                   r"(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*", re.ASCII)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*",
                    re.ASCII)


def is_host(text: str) -> bool:
    """Is it a host name: labels of 1 to 63 letters, digits and inner hyphens, no dot at the end
    (RFC 1034 section 3.5 with RFC 1123 section 2.1)?"""
    return _HOST.fullmatch(text.lower()) is not None and text.isascii()


def is_mailbox(text: str) -> bool:
    """Is it local-part@host without quotes (RFC 5280 section 4.2.1.6: a Mailbox of RFC 2821)?"""
    local, at, host = text.rpartition("@")
    return bool(at) and _LOCAL.fullmatch(local) is not None and is_host(host)


_PARTS = frozenset({"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"})
_ODD = frozenset("-\u00b7\u0375\u05f3\u05f4\u06fd\u06fe\u0f0b\u3007\u30fb\u200c\u200d")


@dataclass(frozen=True)
class Reference:
    """The name the client wanted to reach. `kind` is "host", "address", "mailbox", or "" with the
    reason in `problem`: such a name no certificate can have."""

    text: str
    kind: str
    value: str | IPAddress = ""
    problem: str = ""


def reference(name: str) -> Reference:
    """What the client asks for, as text: "shop.example", "192.0.2.1", "2001:db8::1" or a mailbox.
    Never raises for text: what is no name comes back with its `problem`."""
    text = name.strip("[]") if ":" in name else name
    try:
        return Reference(name, "address", ipaddress.ip_address(text))
    except ValueError:
        pass  # so it is no address; and most names are not
    if "@" in name and is_mailbox(name):
        local, _, host = name.rpartition("@")
        return Reference(name, "mailbox", f"{local}@{host.lower()}")
    if not name.isascii():
        problem = "it is not ASCII: write an international name as its A-labels (xn--...)"
    elif name.endswith("."):
        problem = "it ends with a dot, and names in certificates do not"
    elif not is_host(name):
        problem = "it is no host name (letters, digits, hyphens and dots) and no address"
    elif name.rpartition(".")[2].isdigit():
        problem = "its last label is a number, as in an address that is written wrongly"
    else:
        return Reference(name, "host", name.lower())
    return Reference(name, "", problem=problem)


def pattern_problem(pattern: str) -> str:
    """Why a dNSName is not one, or "" if it is: a host name, or "*." before one (RFC 5280 section
    4.2.1.6, RFC 9525 section 6.3)."""
    host = pattern.removeprefix("*.")
    if is_host(host):
        wrong = [label for label in host.split(".") if not _is_label(label.lower())]
        return f"{shown(wrong[0])} stands for no international label" if wrong else ""
    if "*" in host:
        return "a wildcard may only be the whole of the left-most label"
    if not pattern.strip():
        return "it is empty"
    if "_" in host:
        return "it has an underscore"
    return "it is no host name"


def _is_label(label: str) -> bool:
    """A label with "--" after two letters is an A-label, or nothing: punycode of letters, digits
    and marks (RFC 5890 section 2.3.2.1; RFC 5892 in the main, without its rules on context)."""
    if label[2:4] != "--":
        return True
    try:
        text = label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return False
    return label.startswith("xn--") and bool(text) and all(
        unicodedata.category(letter) in _PARTS or letter in _ODD for letter in text)


def host_matches(pattern: str, host: str) -> bool:
    """Does the dNSName `pattern` cover `host` (lower case)? A wildcard stands for exactly one
    label, and needs two more after it (RFC 9525 section 6.3; browsers ask for the two)."""
    if pattern_problem(pattern):
        return False
    pattern = pattern.lower()
    if not pattern.startswith("*."):
        return pattern == host
    first, dot, rest = host.partition(".")
    return bool(first and dot) and rest == pattern[2:] and "." in rest


def matches(wanted: Reference, names: Iterable[x509.GeneralName]) -> bool:
    """Is one of a certificate's alternative names the wanted one? Kinds do not mix: an address
    written as dNSName is no address (RFC 9525 section 6.2 and 6.4)."""
    for name in names:
        if wanted.kind == "host" and isinstance(name, x509.DNSName):
            if host_matches(name.value, wanted.value):
                return True
        elif wanted.kind == "address" and isinstance(name, x509.IPAddress):
            if name.value == wanted.value:
                return True
        elif wanted.kind == "mailbox" and isinstance(name, x509.RFC822Name):
            local, _, host = name.value.rpartition("@")
            if f"{local}@{host.lower()}" == wanted.value:
                return True
    return False


def mismatch(wanted: Reference, names: Iterable[x509.GeneralName]) -> str:
    """One sentence on why no name fits; with the near miss, if a wildcard was one."""
    names = list(names)
    if wanted.problem:
        return f"{shown(wanted.text)!r} cannot be looked for: {wanted.problem}"
    for name in names:
        if wanted.kind == "address" and isinstance(name, x509.DNSName) and \
                name.value.lower() == wanted.text.lower():
            return f"{shown(name.value)} stands there as a dNSName, and an address counts only " \
                   "as an iPAddress"
        wildcard = isinstance(name, x509.DNSName) and "*" in name.value
        if wildcard and wanted.kind == "host" and (why := _near_miss(name.value, wanted.value)):
            return why
    return f"the certificate is about {listed(names)}, and not about {shown(wanted.text)}"


def _near_miss(pattern: str, host: str) -> str:
    text = shown(pattern)
    if problem := pattern_problem(pattern):
        return f"{text} covers no name: {problem}"
    base = pattern[2:].lower()
    if host == base:
        return f"{text} covers names one label below {base}, and not {base} itself"
    if host.endswith("." + base) and "." in base:
        return f"{text} covers exactly one label, and {shown(host)} has more before {base}"
    if host.endswith("." + base):
        return f"{text} would cover a whole top-level domain"
    return ""


def listed(names: Iterable[x509.GeneralName], limit: int = 4) -> str:
    """The names as text: "a.example, b.example and 3 more"."""
    texts = [shown(getattr(name, "value", name)) for name in names]
    if not texts:
        return "no name at all"
    more = f" and {len(texts) - limit} more" if len(texts) > limit else ""
    return ", ".join(texts[:limit]) + more
