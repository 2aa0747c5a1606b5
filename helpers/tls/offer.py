"""What a TLS 1.2 client offers, and whether the server's answer keeps to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from helpers.tls import extensions
from helpers.tls.errors import TLSError, decode_error
from helpers.tls.extensions import Extension
from helpers.tls.messages import ServerHello
from helpers.tls.registry import (
    SUITES,
    TLS12,
    AlertDescription,
    CipherSuite,
    ECPointFormat,
    ExtensionType,
    NamedGroup,
    name_of,
)
from helpers.tls.signing import SCHEMES

_A, _E = AlertDescription, ExtensionType

DEFAULT_SUITES = tuple(suite for suite in SUITES if SUITES[suite].key_exchange == "ECDHE")
"""RFC 10015 forbids offering RSA key exchange: a lesson has to ask for it by name."""
DEFAULT_GROUPS = (NamedGroup.x25519, NamedGroup.secp256r1)
_OFFERED = frozenset((_E.server_name, _E.supported_groups, _E.ec_point_formats,
                      _E.signature_algorithms, _E.renegotiation_info))


@dataclass(frozen=True)
class Offer:
    """The choices in a ClientHello, best first. Raises ValueError if one of them is a cipher
    suite or a group that this engine could not use if the server chose it, or is empty."""

    cipher_suites: tuple[int, ...] = DEFAULT_SUITES
    groups: tuple[int, ...] = DEFAULT_GROUPS
    alpn: tuple[bytes, ...] = ()
    extended_master_secret: bool = True

    def __post_init__(self) -> None:
        for what, chosen, known in (("cipher suites", self.cipher_suites, SUITES),
                                    ("groups", self.groups, DEFAULT_GROUPS)):
            if not chosen or not set(chosen) <= set(known):
                names = ", ".join(item.name for item in known)
                raise ValueError(f"{what} {list(chosen)}: choose one or more of {names}.")
        if not all(0 < len(protocol) < 256 for protocol in self.alpn):
            raise ValueError("an ALPN protocol name has 1 to 255 bytes.")

    def extensions(self, server_name: str) -> list[tuple[int, bytes]]:
        """The ClientHello's extensions as (type, body) pairs."""
        return [extensions.server_name(server_name), *self._same_for_all]

    @cached_property
    def _same_for_all(self) -> list[tuple[int, bytes]]:
        """The extensions that do not depend on the server's name."""
        offered = [extensions.supported_groups(self.groups), extensions.ec_point_formats(),
                   extensions.signature_algorithms(SCHEMES), extensions.renegotiation_info()]
        if self.extended_master_secret:
            offered.append(extensions.extended_master_secret())
        if self.alpn:
            offered.append(extensions.alpn(self.alpn))
        return offered

    def check(self, hello: ServerHello) -> None:
        """RFC 5246 section 7.4.1.3: the server may only choose from what was offered.

        Raises TLSError: protocol_version, illegal_parameter, unsupported_extension,
        handshake_failure or decode_error."""
        if hello.server_version != TLS12:
            raise TLSError(_A.protocol_version, f"the server chose version "
                           f"0x{hello.server_version:04x}; this client speaks TLS 1.2 (0x0303)")
        if hello.cipher_suite not in self.cipher_suites:
            raise TLSError(_A.illegal_parameter, "the server chose the cipher suite "
                           f"0x{hello.cipher_suite:04x} "
                           f"({name_of(CipherSuite, hello.cipher_suite)}), which was not offered")
        if hello.compression_method != 0:
            raise TLSError(_A.illegal_parameter, "the server chose compression")
        answered = {item.type: item for item in hello.extensions}
        self._check_types(answered)
        self._check_bodies(answered)

    def check_group(self, group: int) -> None:
        """Raises TLSError (illegal_parameter) unless the group was offered."""
        if group not in self.groups:
            raise TLSError(_A.illegal_parameter, f"the server chose the group {group} "
                           f"({name_of(NamedGroup, group)}), which was not offered")

    def _check_types(self, answered: dict[int, Extension]) -> None:
        """Only answers to what was asked (RFC 5246 section 7.4.1.4)."""
        offered = set(_OFFERED)
        if self.extended_master_secret:
            offered.add(_E.extended_master_secret)
        if self.alpn:
            offered.add(_E.application_layer_protocol_negotiation)
        for kind in answered.keys() - offered:
            raise TLSError(_A.unsupported_extension, "the server answered an extension that "
                           f"was not offered: {name_of(_E, kind)} ({kind})")
        if _E.signature_algorithms in answered:
            raise TLSError(_A.illegal_parameter, "servers must not send signature_algorithms "
                           "(RFC 5246 section 7.4.1.4.1)")

    def _check_bodies(self, answered: dict[int, Extension]) -> None:
        name = answered.get(_E.server_name)
        if name and name.data:
            raise decode_error("a server's server_name must be empty (RFC 6066 section 3)")
        renegotiation = answered.get(_E.renegotiation_info)
        if renegotiation is None:
            raise TLSError(_A.handshake_failure, "the server does not know renegotiation_info: "
                           "safe clients refuse (RFC 5746 section 4.1)")
        if renegotiation.value:
            raise TLSError(_A.handshake_failure, "renegotiation_info is not empty in a first "
                           "handshake (RFC 5746 section 3.4)")
        alpn = answered.get(_E.application_layer_protocol_negotiation)
        if alpn and (len(alpn.value) != 1 or alpn.value[0] not in self.alpn):
            raise TLSError(_A.illegal_parameter, "the server's ALPN answer is not one protocol "
                           "of those offered (RFC 7301 section 3.1)")
        formats = answered.get(_E.ec_point_formats)
        if formats and ECPointFormat.uncompressed not in formats.value:
            raise TLSError(_A.illegal_parameter, "the server cannot read uncompressed points "
                           "(RFC 8422 section 5.1.2)")


@lru_cache(maxsize=64)
def make_offer(*choices: tuple[int, ...] | tuple[bytes, ...] | bool) -> Offer:
    """`Offer(*choices)`, checked once: most connections offer what the one before offered."""
    return Offer(*choices)
