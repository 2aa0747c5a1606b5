"""Ends that hide what they ask for: keys, and a certificate for the name that everybody may see."""

from functools import cache

from helpers import lab, pki
from helpers.pki import authority
from helpers.tls.client import Client
from helpers.tls.ech import ECHKey, ech_config_list, new_ech_key
from helpers.tls.server import Server
from tests.tls import pairs

PUBLIC = "public.example"


@cache
def key(label: str = "key", **details: object) -> ECHKey:
    details = {"config_id": 7, "maximum_name_length": 40} | details
    return new_ech_key(PUBLIC, lab.seeded(f"ech {label}"), **details)


@cache
def identity() -> pki.Identity:
    """For both names."""
    return pki.issue(lab.HOST, by=authority.intermediate(), names=[lab.HOST, PUBLIC], key="ed25519")


def client(**options: object) -> Client:
    return pairs.client(**{"ech": ech_config_list([key()])} | options)


def server(**options: object) -> Server:
    end = pairs.server(**{"ech": [key()]} | options)
    end.identities = (identity(),)
    return end
