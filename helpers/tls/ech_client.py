"""The client's side of Encrypted ClientHello (RFC 9849 section 6): two ClientHellos in one, or one
that only looks like it. `client` asks here at the few places where that makes a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from helpers.tls import build, ech, extensions, extensions13, hpke, messages
from helpers.tls.ech_hello import associated, confirm, pack
from helpers.tls.errors import TLSError
from helpers.tls.events import ECHAnswered, Event
from helpers.tls.handshake13 import hash_message
from helpers.tls.messages import ClientHello, ServerHello
from helpers.tls.registry import AlertDescription, ContentType, ExtensionType
from helpers.tls.registry13 import SUITES13, TLS13
from helpers.tls.schedule12 import hash_of
from helpers.wire import Reader, WireError

if TYPE_CHECKING:
    from helpers.tls.client import Client

_A, _E = AlertDescription, ExtensionType
Pairs = list[tuple[int, bytes]]
_SHARED = (_E.key_share, _E.cookie)
_PRIVATE = frozenset((_E.server_name, _E.early_data, _E.pre_shared_key, _E.encrypted_client_hello))
"""What is not the same in both ClientHellos."""


def choose(config_list: bytes) -> ech.ECHConfig | None:
    """The first config that this engine can use (section 6.1), None if there is none or the list is
    b"". Raises ValueError if the bytes are no ECHConfigList."""
    if not config_list:
        return None
    try:
        reader = Reader(config_list)
        found = ech.configs(reader)
        reader.finish("the ECHConfigList")
    except WireError as problem:
        raise ValueError(f"this is no ECHConfigList: {problem}.") from None
    return next((config for config in found if config.usable), None)


def _packed(hello: ClientHello, maximum_name_length: int) -> bytes:
    return pack(hello, {item.type for item in hello.extensions} - _PRIVATE, maximum_name_length)


def hide(end: Client, config_list: bytes) -> Grease:
    """What a client does with its `ech`. Raises ValueError for bytes that are no list, or a useless
    key in it."""
    config = choose(config_list)
    return Grease(end) if config is None else Offer(end, config)


class Grease:
    """No config: a made-up extension, so that those with a real one do not stand out, and servers
    do not forget to skip it (section 6.2.1). It promises nothing, so any answer will do."""

    accepted: bool | None = None
    retry_configs = b""
    told = b""  # the retry configs, before it is known who says so
    keylog: Sequence[str] = ()

    def __init__(self, end: Client):
        self._random = end.random
        self._extension: tuple[int, bytes] | None = None

    def versions(self, wanted: Sequence[int]) -> Sequence[int]:
        """Those that may be offered."""
        return wanted

    def name(self, real: str) -> str:
        """The name that the server has to have a certificate for."""
        return real

    def extensions(self, added: Pairs, write: Callable[[Pairs], bytes]) -> Pairs:
        """What the ClientHello says besides; `write` builds it. A second one says the same."""
        if self._extension is None:
            size = len(_packed(messages.parse_handshake(write(added)), 0))
            key = X25519PrivateKey.from_private_bytes(self._random(32)).public_key()
            self._extension = ech.outer(self._random(1)[0], key.public_bytes_raw(),
                                        self._random(size + hpke.TAG_LENGTH))
        return [*added, self._extension]

    def say(self, end: Client, hello: bytes) -> None:
        """The ClientHello goes out as it is."""
        end.say(hello)

    def on_retry(self, end: Client, hello: ServerHello, data: bytes) -> None:
        """Nothing hangs on it."""

    def on_server_hello(self, end: Client, hello: ServerHello, data: bytes,
                        sent: frozenset[int]) -> frozenset[int]:
        """The extensions that the server may answer: those that were `sent`."""
        return sent

    def finish(self, events: list[Event]) -> None:
        """Nothing was asked for."""


class Offer(Grease):
    """A real one: the handshake is that of the inner ClientHello unless the server, by not
    confirming it, says that it is the outer one's (section 6.1).

    `accepted` is None until that is known. The two say the same but for the name, the random, the
    ticket and the early data: what else may differ is the same for every site that this client
    visits."""

    def __init__(self, end: Client, config: ech.ECHConfig):
        super().__init__(end)
        self.config = config
        self.outer_random = end.random(messages.RANDOM_LENGTH)
        self._enc, self._context = hpke.sender(config.public_key, config.info, end.random)
        self._outer: list[bytes] = []  # the transcript, should the server not accept
        self._not_meant: tuple[int, bytes] | None = None  # the outer pre_shared_key

    @property
    def keylog(self) -> list[str]:
        """What opens the inner ClientHello, as lines of a key log file
        (draft-ietf-tls-ech-keylogfile section 2)."""
        which = self.outer_random.hex()
        return [f"ECH_SECRET {which} {self._context.shared_secret.hex()}",
                f"ECH_CONFIG {which} {self.config.data.hex()}"]

    def versions(self, wanted: Sequence[int]) -> Sequence[int]:
        """TLS 1.3 alone: the inner ClientHello must not offer less (section 6.1), nor does the
        outer one."""
        return [version for version in wanted if version == TLS13]

    def name(self, real: str) -> str:
        """The public one, once the server could not read the real one (section 6.1.7)."""
        return self.config.public_name if self.accepted is False else real

    def extensions(self, added: Pairs, write: Callable[[Pairs], bytes]) -> Pairs:
        """The inner ClientHello's: first those that the outer one will have too (section 5.1)."""
        if self.accepted is False:
            return [*added, self._extension]
        return [*sorted(added, key=lambda item: item[0] not in _SHARED), ech.INNER]

    def say(self, end: Client, hello: bytes) -> None:
        """`hello` is remembered, and crosses sealed in another."""
        if self.accepted is False:
            end.say(hello)
            return
        end.transcript.append(hello)
        outer = self._seal(messages.parse_handshake(hello))
        self._outer.append(outer)
        end.layer.send(ContentType.handshake, outer)

    def _seal(self, inner: ClientHello) -> bytes:
        """Section 6.1.1: everything else is written first, and bound to what is sealed."""
        added: Pairs = []
        for item in inner.extensions:
            if item.type == _E.key_share:  # where it would be in any other ClientHello
                added.append(extensions.server_name(self.config.public_name))
            if item.type not in _PRIVATE or item.type == _E.early_data:
                added.append((item.type, item.data))
        last = [self._grease_psk(inner)] if inner.extension(_E.pre_shared_key) else []
        packed = _packed(inner, self.config.maximum_name_length)

        def write(payload: bytes) -> bytes:
            self._extension = ech.outer(self.config.config_id, self._enc, payload)
            return build.client_hello(self.outer_random, inner.cipher_suites,
                                      [*added, self._extension, *last],
                                      session_id=inner.session_id)

        blank = write(bytes(len(packed) + hpke.TAG_LENGTH))
        said = messages.parse_handshake(blank).extension(_E.encrypted_client_hello)
        sealed = write(self._context.seal(associated(blank, said.value), packed))
        self._enc = b""  # a second message needs no new key (section 6.1.5)
        return sealed

    def _grease_psk(self, inner: ClientHello) -> tuple[int, bytes]:
        """Section 6.1.2: random bytes, as many as the real ones, so that the server's answer looks
        like one to this."""
        if self._not_meant is None:
            real = inner.extension(_E.pre_shared_key).value
            self._not_meant = extensions13.offer_psk(
                self._random(len(real.identities[0])), int.from_bytes(self._random(4), "big"),
                self._random(len(real.binders[0])))
        return self._not_meant

    def on_retry(self, end: Client, hello: ServerHello, data: bytes) -> None:
        """Section 6.1.4: a HelloRetryRequest that confirms the inner ClientHello, or does not."""
        place = hello.extension(_E.encrypted_client_hello)
        name = SUITES13[hello.cipher_suite].hash_name
        before = [hash_message(hash_of(name, end.transcript[0]))]
        self._settle(end, place is not None and data == confirm(
            data, before, end.client_random, name, place.value))

    def on_server_hello(self, end: Client, hello: ServerHello, data: bytes,
                        sent: frozenset[int]) -> frozenset[int]:
        """Section 6.1.4: only who has read the inner ClientHello can confirm it. Raises TLSError
        (illegal_parameter) if that was done before and now is not."""
        if self.accepted is False:
            return sent
        name = SUITES13[hello.cipher_suite].hash_name
        confirmed = data == confirm(data, end.transcript, end.client_random, name)
        if self.accepted and not confirmed:
            raise TLSError(_A.illegal_parameter, "the server confirmed the first inner ClientHello "
                           "and not the second (RFC 9849 section 6.1.5)")
        self._settle(end, confirmed)
        return sent - {_E.encrypted_client_hello} if confirmed else sent | {_E.server_name}

    def _settle(self, end: Client, accepted: bool) -> None:
        """If not, it is the outer ClientHello's handshake, without a session, and nobody is told
        who the client is (sections 6.1.6 and 6.1.7)."""
        self.accepted = accepted
        if not accepted:
            end.transcript[:] = self._outer
            end.client_random = self.outer_random
            end.session = end.identity = None

    def finish(self, events: list[Event]) -> None:
        """Section 6.1.6: whoever answered has the certificate. Raises TLSError (ech_required) if
        it did not read the inner ClientHello: then nothing else is said to it."""
        if not self.accepted:
            self.retry_configs = self.told
        events.append(ECHAnswered(self.accepted, self.retry_configs))
        if not self.accepted:
            raise TLSError(_A.ech_required, "the server could not read the inner ClientHello; " + (
                "it says with which keys it could" if self.retry_configs else
                "it says that it does without"))
