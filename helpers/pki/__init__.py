"""Certificates and who vouches for them: made (`issue`), broken (`broken`), and judged.

`authority` makes the lab's own. Most names below come from their modules when first asked for, so
that importing this folder costs little. Two are called like their modules, and have to be here
before anybody imports those.
"""

from importlib import import_module

from helpers.pki.broken import broken
from helpers.pki.issue import issue

_HOMES = {
    "der": "DERError der_fields",
    "notes": "note",
    "oids": "oid_name",
    "pem": "PEMError pem_to_der",
    "store": "Description describe mozilla_roots real_chain roots_source",
    "authority": "Identity intermediate root server",
    "issue": "PURPOSES certificate_der general_name test_key",
    "broken": "GALLERY BrokenChain",
    "requests": "RequestRefused cross_sign names_asked request sign_request with_key",
    "revocation": "crl ocsp_response",
    "transparency": "Log check_scts is_logged logs_of_2018",
    "verdict": "SLUGS Line Verdict judge",
    "policy": "RFC5280 WEB Policy",
    "validators": "Comparison Opinion compare",
}
"""Which module has which of the names handed out here."""
_WHOLE = ("acme", "merkle")
"""Modules that are handed out whole: `pki.acme.Server`."""
_MODULES = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = ["broken", "issue", *_WHOLE, *_MODULES]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    if name in _WHOLE:
        return import_module(f"{__name__}.{name}")
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
