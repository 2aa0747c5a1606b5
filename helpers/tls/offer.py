"""What a client offers in its ClientHello, and whether a TLS 1.2 server's answer keeps to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from helpers.tls import extensions, extensions13
from helpers.tls.errors import TLSError, decode_error
from helpers.tls.extensions import ALLOWED12, check_answers, join_extensions
from helpers.tls.groups import GROUPS, GROUPS12
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
from helpers.tls.registry13 import SUITES13, TLS13
from helpers.tls.registry_cbc import ALL_SUITES
from helpers.tls.signing import SCHEMES

_A, _E = AlertDescription, ExtensionType

DEFAULT_VERSIONS = (TLS13, TLS12)
DEFAULT_SUITES = (*SUITES13, *(suite for suite in SUITES if SUITES[suite].key_exchange == "ECDHE"))
"""RFC 10015 forbids offering RSA key exchange: a lesson has to ask for it by name."""
DEFAULT_GROUPS = GROUPS
_KNOWN_SUITES = {TLS13: SUITES13, TLS12: ALL_SUITES}


def usable_versions(versions: Sequence[int], cipher_suites: Sequence[int], groups: Sequence[int],
                    schemes: Sequence[int] = SCHEMES) -> tuple[int, ...]:
    """The versions for which there is a cipher suite. Raises ValueError for a choice that this
    engine does not know, or for none."""
    for what, chosen, known in (("versions", versions, DEFAULT_VERSIONS),
                                ("cipher suites", cipher_suites, (*SUITES13, *ALL_SUITES)),
                                ("groups", groups, GROUPS),
                                ("signature schemes", schemes, SCHEMES)):
        if not chosen or not set(chosen) <= set(known):
            names = ", ".join(getattr(item, "name", hex(item)) for item in known)
            raise ValueError(f"{what} {list(chosen)}: choose one or more of {names}.")
    return tuple(version for version in versions
                 if set(cipher_suites) & _KNOWN_SUITES[version].keys())


@dataclass(frozen=True)
class Offer:
    """The choices in a ClientHello, best first. A version for which there is no cipher suite is not
    offered. `shares` are the groups for which a share is sent at once.

    Raises ValueError if one of them is something that this engine could not use if the server
    chose it, or is empty, or if there is a share for a group that is not offered."""

    versions: tuple[int, ...] = DEFAULT_VERSIONS
    cipher_suites: tuple[int, ...] = DEFAULT_SUITES
    groups: tuple[int, ...] = DEFAULT_GROUPS
    shares: tuple[int, ...] | None = None
    schemes: tuple[int, ...] = SCHEMES
    alpn: tuple[bytes, ...] = ()
    extended_master_secret: bool = True
    tickets: bool = True

    def __post_init__(self) -> None:
        held = usable_versions(self.versions, self.cipher_suites, self.groups, self.schemes)
        if not all(0 < len(protocol) < 256 for protocol in self.alpn):
            raise ValueError("an ALPN protocol name has 1 to 255 bytes.")
        if not held:
            raise ValueError("no cipher suite belongs to the versions offered.")
        suites = tuple(suite for suite in self.cipher_suites
                       if any(suite in _KNOWN_SUITES[version] for version in held))
        groups = self.groups if TLS13 in held else tuple(
            group for group in self.groups if group in GROUPS12) or GROUPS12
        shares = self.shares
        if shares is None:  # as browsers do: one for each of the two that servers prefer
            shares = tuple(group for group in groups if group != NamedGroup.secp256r1)[:2] or groups
        if not set(shares) <= set(groups):
            raise ValueError("a share can be sent only for a group that is offered.")
        for name, value in (("versions", held), ("cipher_suites", suites), ("groups", groups),
                            ("shares", shares)):
            object.__setattr__(self, name, value)

    @cached_property
    def same_for_all(self) -> tuple[frozenset[int], bytes]:
        """The extensions that do not depend on server, session or random numbers: their types, and
        all of them written down."""
        offered = [extensions.supported_groups(self.groups),
                   extensions.signature_algorithms(self.schemes)]
        if TLS12 in self.versions:
            offered += [extensions.ec_point_formats(), extensions.renegotiation_info()]
            if self.extended_master_secret:
                offered.append(extensions.extended_master_secret())
        if self.alpn:
            offered.append(extensions.alpn(self.alpn))
        if TLS13 in self.versions:
            offered.append(extensions13.offer_versions(self.versions))
            if self.tickets:
                offered.append(extensions13.psk_with_key_exchange())
        return frozenset(kind for kind, _ in offered), join_extensions(offered)

    def check_suite(self, suite: int, version: int) -> None:
        """Raises TLSError (illegal_parameter) unless it was offered and belongs to the version."""
        if suite not in self.cipher_suites or suite not in _KNOWN_SUITES[version]:
            raise TLSError(_A.illegal_parameter, f"the server chose the cipher suite 0x{suite:04x} "
                           f"({name_of(CipherSuite, suite)}), which was not offered")

    def check_group(self, group: int, known: tuple[int, ...] = GROUPS) -> None:
        """Raises TLSError (illegal_parameter) unless the group was offered."""
        if group not in self.groups or group not in known:
            raise TLSError(_A.illegal_parameter, f"the server chose the group {group} "
                           f"({name_of(NamedGroup, group)}), which was not offered")

    def check_alpn(self, answer: extensions.Extension | None) -> bytes | None:
        """The one protocol that the server chose, None if it said nothing (RFC 7301 section 3.1).
        Raises TLSError (illegal_parameter) if it is not one of those offered."""
        if answer is None:
            return None
        if len(answer.value) != 1 or answer.value[0] not in self.alpn:
            raise TLSError(_A.illegal_parameter, "the server's ALPN answer is not one protocol "
                           "of those offered (RFC 7301 section 3.1)")
        return answer.value[0]

    def check12(self, hello: ServerHello, sent: frozenset[int]) -> None:
        """A TLS 1.2 server may only choose from what was offered (RFC 5246 section 7.4.1.3);
        `sent` are the ClientHello's extension types.

        Raises TLSError: illegal_parameter, unsupported_extension, handshake_failure or
        decode_error."""
        self.check_suite(hello.cipher_suite, TLS12)
        if hello.compression_method != 0:
            raise TLSError(_A.illegal_parameter, "the server chose compression")
        check_answers(hello.extensions, sent, ALLOWED12)
        check_name(hello.extension(_E.server_name))
        renegotiation = hello.extension(_E.renegotiation_info)
        if renegotiation is None:
            raise TLSError(_A.handshake_failure, "the server does not know renegotiation_info: "
                           "safe clients refuse (RFC 5746 section 4.1)")
        if renegotiation.value:
            raise TLSError(_A.handshake_failure, "renegotiation_info is not empty in a first "
                           "handshake (RFC 5746 section 3.4)")
        formats = hello.extension(_E.ec_point_formats)
        if formats and ECPointFormat.uncompressed not in formats.value:
            raise TLSError(_A.illegal_parameter, "the server cannot read uncompressed points "
                           "(RFC 8422 section 5.1.2)")


def check_name(answer: extensions.Extension | None) -> None:
    """Raises TLSError (decode_error) if the server did more than to acknowledge server_name."""
    if answer and answer.data:
        raise decode_error("a server's server_name must be empty (RFC 6066 section 3)")


@lru_cache(maxsize=64)
def make_offer(*choices: object) -> Offer:
    """`Offer(*choices)`, checked once: most connections offer what the one before offered."""
    return Offer(*choices)
