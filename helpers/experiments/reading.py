"""What somebody who only listens reads in a visit: every line taken from the bytes, without any
secret. What cannot be read is said to be dark, with what its size still tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cryptography import x509

from helpers.conversation import CLIENT, SERVER, Conversation
from helpers.tls.registry import (
    CipherSuite,
    ContentType,
    ExtensionType,
    NamedGroup,
    ProtocolVersion,
    name_of,
)
from helpers.tls.registry13 import TLS13

_E = ExtensionType
_ENCRYPTED_CLIENT_HELLO = 0xFE0D  # RFC 9849
_PRE_SHARED_KEY = 41


@dataclass(frozen=True)
class Reading:
    """One thing that somebody on the way would like to know. `dark`: it is there and encrypted."""

    what: str
    said: str
    dark: bool = False


def readings(conversation: Conversation) -> list[Reading]:
    """What an eavesdropper reads of a Conversation, whatever secrets that one holds. Raises
    ValueError if its hellos are not there."""
    heard = conversation.without_secrets()
    hellos = [message for message in heard.messages if message.name == "client_hello"]
    answer = next((m for m in heard.messages if m.name == "server_hello"), None)
    if not hellos or answer is None:
        raise ValueError("this Conversation has no ClientHello with an answer")
    modern = answer.version == TLS13
    return [*_asked(hellos[0].parsed), *_chosen(heard, answer.parsed, modern=modern),
            *_identities(heard, answer.parsed, modern=modern), _ticket(hellos[-1].parsed),
            *(_data(heard, end) for end in (CLIENT, SERVER)), _seen(heard)]


def _asked(hello: object) -> Iterable[Reading]:
    name = hello.extension(_E.server_name)
    yield Reading("server name (SNI)", name.value if name else "not said")
    if hello.extension(_ENCRYPTED_CLIENT_HELLO) is not None:
        size = len(hello.extension(_ENCRYPTED_CLIENT_HELLO).data)
        yield Reading("the real server name", f"inside ECH, {size} bytes", dark=True)
    protocols = hello.extension(_E.application_layer_protocol_negotiation)
    yield Reading("protocols offered (ALPN)", _names(protocols.value) if protocols else "none")


def _chosen(heard: Conversation, hello: object, *, modern: bool) -> Iterable[Reading]:
    yield Reading("version", name_of(ProtocolVersion, TLS13 if modern else hello.server_version)
                  .replace("tls1", "TLS 1").replace("_", "."))
    yield Reading("cipher suite", name_of(CipherSuite, hello.cipher_suite))
    group = _group(heard, hello)
    yield Reading("key exchange group", "none needed" if group is None
                  else name_of(NamedGroup, group))
    chosen = hello.extension(_E.application_layer_protocol_negotiation)
    yield Reading("protocol chosen (ALPN)", "in EncryptedExtensions, if at all", dark=True) \
        if modern else Reading("protocol chosen (ALPN)", _names(chosen.value) if chosen else "none")


def _group(heard: Conversation, hello: object) -> int | None:
    share = hello.extension(_E.key_share)
    if share is not None:
        return share.value[0]
    signed = next((m for m in heard.messages if m.name == "server_key_exchange"), None)
    return None if signed is None else signed.fields.find("named_curve").value


def _names(protocols: Iterable[bytes]) -> str:
    return ", ".join(name.decode("ascii", "replace") for name in protocols)


def _identities(heard: Conversation, answer: object, *, modern: bool) -> Iterable[Reading]:
    back = answer.extension(_PRE_SHARED_KEY) is not None
    for end in (SERVER, CLIENT):
        what = f"the {end}'s certificate"
        shown = next((m for m in heard.messages if m.name == "certificate" and m.sender == end),
                     None)
        if shown is not None:
            chain = shown.parsed.certificate_list
            yield Reading(what, f"{_whose(chain[0])}, {len(shown.data):,} bytes" if chain
                          else "an empty list")
        elif modern and not back:
            yield Reading(what, "if there is one, only sizes hint at it" if end == CLIENT else
                          _first_flight(heard), dark=True)
        else:
            yield Reading(what, "none")


def _whose(certificate: bytes) -> str:
    leaf = x509.load_der_x509_certificate(certificate)
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        return ", ".join(names.value.get_values_for_type(x509.DNSName)) or leaf.subject.\
            rfc4514_string()
    except x509.ExtensionNotFound:
        return leaf.subject.rfc4514_string()


def _first_flight(heard: Conversation) -> str:
    first = next((m for m in heard.messages if m.encrypted and m.sender == SERVER), None)
    sizes = sum(len(message.wire) for message in heard.messages if first is not None
                and message.encrypted and message.flight == first.flight)
    return f"somewhere in a flight of {sizes:,} encrypted bytes"


def _ticket(hello: object) -> Reading:
    old, new = hello.extension(_E.session_ticket), hello.extension(_PRE_SHARED_KEY)
    if new is not None:
        return Reading("a ticket of an earlier visit",
                       f"yes, {len(new.value.identities[0]):,} bytes")
    if old is not None and old.data:
        return Reading("a ticket of an earlier visit", f"yes, {len(old.data):,} bytes")
    return Reading("a ticket of an earlier visit", "no")


def _data(heard: Conversation, end: str) -> Reading:
    what = "the request" if end == CLIENT else "the response"
    records = [message for message in heard.messages if message.sender == end
               and message.encrypted and message.content_type == ContentType.application_data]
    sizes = ", ".join(f"{len(message.wire):,}" for message in records)
    modern = any(message.version == TLS13 for message in records)
    said = f"{'among ' if modern else ''}records of {sizes} bytes"
    return Reading(what, said if records else "nothing of it crossed", dark=bool(records))


def _seen(heard: Conversation) -> Reading:
    """How many encrypted messages give away what they are by the type of their record."""
    sealed = [message for message in heard.messages if message.encrypted]
    told = sum(message.content_type != ContentType.application_data for message in sealed)
    return Reading("which records are handshake or alert",
                   f"{told} of {len(sealed)} encrypted records say so", dark=not told)
