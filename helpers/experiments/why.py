"""Why a changed byte was caught where it was: rules over what was watched, most special first.

Each rule looks at a `Hit` and returns a sentence, or None where it has nothing to say. A rule may
use only what was measured in that run (who gave up, at which message, with which alert and
reason, whether both ends had the same master secret) and the meaning of the byte that was hit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpers.experiments import why13
from helpers.tls.passive import Message
from helpers.tls.record import HEADER_LENGTH
from helpers.tls.registry import ContentType, HandshakeType


@dataclass(frozen=True)
class Hit:
    """One changed byte and what could be seen of its effect (fields as in tamper.Outcome).

    `same_master_secret` is None where an end never got that far (in TLS 1.3: the handshake traffic
    secrets); `extended` says whether the server uses the extended master secret of RFC 7627.
    """

    message: Message
    field: str
    offset: int
    mask: int
    noticed: str
    at: Message | None
    alert: str | None
    reason: str | None
    same_master_secret: bool | None
    extended: bool
    tls13: bool = False

    @property
    def receiver(self) -> str:
        """Who gets the changed byte."""
        return "server" if self.message.sender == "client" else "client"

    @property
    def at_once(self) -> bool:
        """Noticed in the message that was hit."""
        return self.at is not None and self.at.index == self.message.index

    def number(self, start: int, size: int) -> tuple[int, int]:
        """The integer in bytes `start` to `start + size` of the record: as sent, as changed."""
        data = bytearray(self.message.wire[start:start + size])
        before = int.from_bytes(data, "big")
        data[self.offset - start] ^= self.mask
        return before, int.from_bytes(data, "big")


_HELLOS = ("client_hello", "server_hello")
_CERTIFICATE = {
    "decode_error": "A length in the list of certificates no longer fits the bytes it counts.",
    "bad_certificate": "The bytes can no longer be read as a certificate: its DER structure is "
                       "broken.",
    "decrypt_error": "The certificate can still be read, but the issuer's signature no longer fits "
                     "it. Only the issuer could sign the changed one.",
    "unknown_ca": "The certificates no longer link up: the changed one does not lead to a root "
                  "that the client trusts.",
    "internal_error": "The public key inside the certificate can no longer be read.",
    "certificate_unknown": "The certificate now has an extension that is marked critical and that "
                           "the client does not know, so it must not accept it.",
    "unsupported_certificate": "Its extensions no longer say that it may be used for a web server.",
}
"""Why the client refuses the chain, by the alert it sends."""


def explain(hit: Hit) -> str:
    """One or two sentences: why that check caught it, or why none did."""
    rules = (*why13.RULES, *_RULES) if hit.tls13 else _RULES
    return next(text for rule in rules if (text := rule(hit)))


def _harmless(hit: Hit) -> str | None:
    if hit.noticed != "nobody":
        return None
    if hit.field == "record header: version" and hit.message.name in _HELLOS:
        return ("No version is agreed yet, so OpenSSL looks only at the first byte of this field "
                "(of servers, RFC 5246 appendix E.1 asks just that). And Finished covers "
                "messages, not record headers: nothing depends on this byte.")
    return ("The client said goodbye first and no longer reads. It has all it asked for, so "
            "nothing was lost.")


def _waiting(hit: Hit) -> str | None:
    if hit.noticed != "waiting":
        return None
    in_record = hit.field == "record header: length"
    before, after = hit.number(3, 2) if in_record else hit.number(HEADER_LENGTH + 1, 3)
    if after < before:
        return (f"The {'record' if in_record else 'message'} now ends {_bytes(before - after)} "
                f"early. The {hit.receiver} takes what is left over for the beginning of the next "
                "one and waits for more, which nobody will send: a real program gives up after a "
                "time-out.")
    return (f"The {'record header' if in_record else 'message'} now promises {after:,} bytes "
            f"instead of {before:,}. The {hit.receiver} waits for the rest, which nobody will "
            "send: a real program gives up after a time-out.")


def _record_type(hit: Hit) -> str | None:
    if hit.field != "record header: type":
        return None
    _, after = hit.number(0, 1)
    says = f"now says {_name(ContentType, after)}"
    if hit.message.encrypted:
        return (f"The first byte of a record says what is inside; it {says}. It is not encrypted, "
                "but the tag covers it, so the tag no longer fits.")
    return (f"The first byte of a record says what is inside; it {says}, and that has no place "
            "here.")


def _record_version(hit: Hit) -> str | None:
    if hit.field != "record header: version":
        return None
    if hit.message.name in _HELLOS:
        return ("The first byte of a TLS version has always been 3, so this does not look like "
                "TLS at all. Whoever speaks another protocol would not understand an alert.")
    return ("From ServerHello on, every record header must say 03 03 (TLS 1.2): this is looked at "
            "before anything else is done with the record.")


def _record_length(hit: Hit) -> str | None:
    if hit.field != "record header: length":
        return None
    before, after = hit.number(3, 2)
    if hit.alert == "record_overflow":
        return (f"The header now promises {after:,} bytes, more than any record may have (2^14, "
                "and 2,048 more when it is encrypted).")
    if after > before:
        return (f"The record now swallows the first {_bytes(after - before)} of what follows it, "
                "and neither can be read any more.")
    if hit.message.encrypted:
        return (f"The record now ends {_bytes(before - after)} early, so what is taken for its tag "
                "is not the tag.")
    return (f"The record now ends {_bytes(before - after)} early, and what is left over is taken "
            "for the header of another record, which it is not.")


def _message_header(hit: Hit) -> str | None:
    if hit.field == "msg_type":
        _, after = hit.number(HEADER_LENGTH, 1)
        return (f"The first byte of a message says which one it is; it now says "
                f"{_name(HandshakeType, after)}. The {hit.receiver} cannot take that here.")
    if hit.field != "length" or hit.offset >= HEADER_LENGTH + 4:
        return None
    before, after = hit.number(HEADER_LENGTH + 1, 3)
    if hit.reason == "excessive message size":
        return f"The message now claims {after:,} bytes, more than this message can have."
    if after > before:
        return (f"The message now claims {_bytes(after - before)} more than it has, takes them "
                "from the next one, and no longer makes sense.")
    return (f"The message now ends {_bytes(before - after)} early: the {hit.receiver} reads only "
            "its beginning, and that cannot be right.")


def _sealed(hit: Hit) -> str | None:
    if not hit.field.startswith("sealed"):
        return None
    return ("This record is encrypted and carries a 16-byte tag. Nonce, ciphertext and tag belong "
            "together: change any bit of them and the tag no longer fits.")


def _change_cipher_spec(hit: Hit) -> str | None:
    if hit.message.name == "change_cipher_spec":
        return "ChangeCipherSpec is a single byte, and its only value is 1."
    return None


def _certificate(hit: Hit) -> str | None:
    if hit.message.name != "certificate":
        return None
    return _CERTIFICATE.get(hit.alert, "The client walks from the server's certificate to a root "
                            "it trusts, and one of its checks on the way fails now.")


def _signature(hit: Hit) -> str | None:
    if hit.reason != "bad signature":
        return None
    if hit.message.name == "server_key_exchange":
        return ("The server signed its share, and both randoms, with the key of its certificate. "
                "Share and signature no longer fit each other.")
    return ("The server's signature in ServerKeyExchange covers both randoms as well as its "
            "share. The two ends hold different randoms, so it does not fit.")


def _same_keys(hit: Hit) -> str | None:
    if hit.reason != "digest check failed" or not hit.same_master_secret:
        return None
    start = "Nothing that was changed goes into the keys, so both ends have the same keys"
    if hit.field.startswith("extended_master_secret") and hit.extended:
        start = ("The server no longer sees this extension, so both ends make the master secret "
                 "the old way, from the two randoms, and have the same keys")
    return (f"{start}: the Finished opens. But it covers every handshake message so far, and the "
            "two ends did not see the same ones.")


def _other_keys(hit: Hit) -> str | None:
    if hit.alert != "bad_record_mac" or hit.same_master_secret is not False:
        return None
    then = "Finished is the first encrypted message, so here it shows: it cannot be opened."
    if hit.field == "encrypted_pre_master_secret.bytes":
        return ("It decrypts to another pre-master secret. The server does not say so "
                f"(that would help an attacker) and goes on with other keys. {then}")
    if hit.field == "ecdh_public.bytes":
        if hit.offset == len(hit.message.wire) - 1 and hit.mask == 0x80:
            return ("x25519 ignores this bit (RFC 7748 section 5), so both ends get the same "
                    "pre-master secret. But the extended master secret covers every message up "
                    f"to here, so the keys differ. {then}")
        return f"With another share the two ends compute different secrets and keys. {then}"
    if hit.extended:
        return ("The extended master secret is made from all messages so far, and the two ends "
                f"saw different ones: their keys differ. {then}")
    if hit.field == "cipher_suite":
        return f"The client believes that another suite was chosen: it makes keys for that. {then}"
    if hit.field == "random":
        return f"Both randoms go into the keys, so the two ends now have different keys. {then}"
    return ("The pre-master secret begins with the version the client offered. The server finds "
            f"another there, says nothing, and goes on with a secret of its own. {then}")


def _offer(hit: Hit) -> str | None:
    if hit.reason == "unsafe legacy renegotiation disabled":
        return ("The client does not find renegotiation_info (RFC 5746) in the server's answer. It "
                "insists on it, because without it somebody could put words in front of its own.")
    if hit.reason == "no shared cipher":
        return ("In the offer as it arrived, the server finds nothing that it could use: no "
                "cipher suite together with a group that it shares with the client.")
    if hit.alert == "protocol_version":
        return f"The version field now names a version that the {hit.receiver} does not accept."
    if hit.reason == "required compression algorithm missing":
        return "Every ClientHello must offer the compression method 0 (none)."
    if hit.reason == "wrong certificate type":
        return "The suite in ServerHello now needs a certificate with another kind of key."
    if hit.reason == "unsolicited extension":
        return "A server may only answer extensions that the client sent."
    return None


def _choice(hit: Hit) -> str | None:
    if hit.message.name not in ("server_hello", "server_key_exchange") or not hit.at_once:
        return None
    if hit.field in ("cipher_suite", "compression_method", "curve_type", "named_curve",
                     "signature_algorithm") or hit.field.endswith("protocol_name.bytes"):
        return "The server may only choose what the client offered, and this was not offered."
    return None


def _structure(hit: Hit) -> str | None:
    if hit.field.endswith("extension_type") and hit.at_once:
        return ("The number in front of an extension says how to read it. With this one the "
                "content makes no sense, or the same extension comes twice.")
    if hit.field.endswith("length"):
        return "A length no longer fits the bytes it counts, so the message cannot be taken apart."
    return None


def _anything_else(hit: Hit) -> str:
    return f"The {hit.noticed} cannot accept {hit.field} with this value."


def _bytes(count: int) -> str:
    return "1 byte" if count == 1 else f"{count:,} bytes"


def _name(registry: type, value: int) -> str:
    known = value in set(registry)
    return f"{value} ({registry(value).name if known else 'which does not exist'})"


_RULES: tuple[Callable[[Hit], str | None], ...] = (
    _harmless, _waiting, _record_type, _record_version, _record_length, _message_header, _sealed,
    _change_cipher_spec, _certificate, _signature, _same_keys, _other_keys, _offer, _choice,
    _structure, _anything_else)
