"""Why a changed byte was caught where it was, for TLS 1.3: the rules that differ from those in
`why.py`, which come after these.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.experiments.why import Hit

_HELLOS = ("client_hello", "server_hello")
_SHOWS = ("EncryptedExtensions is the first encrypted message, so here it shows: it cannot be "
          "opened.")


def _harmless(hit: Hit) -> str | None:
    if hit.noticed != "nobody" or hit.message.name not in _HELLOS:
        return None
    return ("The version in a record header is a legacy field: RFC 9846 section 5.1 says to ignore "
            "it, and OpenSSL looks only at its first byte before a version is agreed. The "
            "transcript hash covers messages, not record headers: nothing depends on this byte.")


def _outside(hit: Hit) -> str | None:
    """The header of a sealed record."""
    if not hit.message.encrypted or hit.noticed == "waiting":
        return None
    if hit.field == "record header: type":
        return ("Every encrypted record of TLS 1.3 says application data (23) outside, whatever it "
                "holds. This one says something else, and that is looked at first; the tag covers "
                "it as well.")
    if hit.field == "record header: version":
        return ("Encrypted records all say 03 03 (TLS 1.2): a legacy field that lies. OpenSSL "
                "looks at it first; the tag covers it as well.")
    if hit.field.startswith("sealed"):
        return ("This record is encrypted and ends in a 16-byte tag: change any bit of it and the "
                "tag no longer fits. From outside it does not even say which message it holds.")
    return None


def _other_keys(hit: Hit) -> str | None:
    if hit.alert != "bad_record_mac" or hit.same_master_secret is not False:
        return None
    if hit.field.startswith("key_share.") and hit.field.endswith("key_exchange.bytes"):
        return f"With another share the two ends compute different shared secrets. {_SHOWS}"
    said = "Nothing but the transcript hash depends on this byte. But" if \
        hit.field in ("server_version", "client_version") else \
        "The two ends saw different hellos, and"
    return (f"{said} the hash of both hellos goes into the handshake traffic secrets, so the ends "
            f"have different keys. {_SHOWS}")


def _ignored_bit(hit: Hit) -> str | None:
    share = hit.field.startswith("key_share.") and hit.field.endswith("key_exchange.bytes")
    if not share or hit.mask != 0x80 or hit.alert != "bad_record_mac":
        return None
    _, leaf = hit.message.fields.at(hit.offset - 5)
    if hit.offset - 5 != leaf.end - 1:
        return None
    return ("x25519 ignores this bit (RFC 7748 section 5), so both ends get the same shared "
            "secret. But the hash of both hellos goes into the handshake traffic secrets, and the "
            f"hellos differ. {_SHOWS}")


def _session_id(hit: Hit) -> str | None:
    if hit.reason != "invalid session id":
        return None
    return ("The session id is a legacy field without meaning: the server sends back what it got. "
            "The client compares, and this is not what it sent (RFC 9846 section 4.2.3).")


def _versions(hit: Hit) -> str | None:
    if hit.field == "supported_versions.selected_version":
        return "The server may only choose a version that the client offered."
    if hit.alert != "protocol_version" or hit.field == "client_version":
        return None
    if hit.field.startswith("supported_versions"):
        return ("In supported_versions, as it arrived, the server finds no version that it speaks. "
                "It does not look at the legacy version field for one.")
    return ("With this length, the extension swallows the beginning of supported_versions. Without "
            "that one a ClientHello is at most TLS 1.2, which this server does not speak.")


def _missing(hit: Hit) -> str | None:
    if hit.alert != "missing_extension":
        return None
    return ("With another number this is another extension, and the server passes over it. Then "
            "one is missing without which there is no TLS 1.3 handshake (RFC 9846 section 9.2).")


def _groups(hit: Hit) -> str | None:
    if hit.reason != "bad key share" and hit.field != "key_share.server_share.group":
        return None
    if hit.message.name == "server_hello":
        return "The server may only choose a group for which the client sent a share."
    return ("A client may only send a share for a group in its list: here list and share no longer "
            "go together.")


RULES: tuple[Callable[[Hit], str | None], ...] = (
    _harmless, _outside, _ignored_bit, _other_keys, _session_id, _versions, _missing, _groups)
