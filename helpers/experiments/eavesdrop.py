"""Who knows what after each message, and what a stolen secret opens afterwards.

Knowledge is derived, never listed: a message reveals what stands in it in the clear, an end owns
what it made itself, and `_DERIVATIONS` say what follows from what. Give the eavesdropper a stolen
secret and the same rules say how far it gets. That the rules are right is shown by `steal`, which
really decrypts (and by a test that compares the two).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from helpers import lab
from helpers.conversation import CLIENT, SERVER, Conversation
from helpers.experiments import eavesdrop13
from helpers.tls.passive import Message

EAVESDROPPER = "eavesdropper"
WHO = (CLIENT, EAVESDROPPER, SERVER)
THEFTS = ("nothing", "server_private_key", "key_log", "wrong_key")

_IN_THE_CLEAR = {"client_hello": "client_random", "server_hello": "server_random",
                 "certificate": "server_public_key", "server_key_exchange": "server_share"}
_DERIVATIONS = (
    ("pre_master_secret", ("encrypted_pre_master_secret", "server_private_key")),
    ("pre_master_secret", ("client_ephemeral_key", "server_share")),
    ("pre_master_secret", ("server_ephemeral_key", "client_share")),
    ("keys", ("master_secret", "client_random", "server_random")),
)
"""What follows from what (RFC 5246 sections 7.4.7.1, 8.1 and 6.3, RFC 8422 section 5.10)."""
_HASHES = {"session_hash", *eavesdrop13.HASHES}  # everybody who saw the messages can compute it
SECRETS = frozenset({"server_private_key", "client_ephemeral_key", "server_ephemeral_key",
                     "pre_master_secret", "master_secret", "keys", "request", "response"})
"""Facts that ought to stay between client and server, in TLS 1.2."""
ALL_SECRETS = SECRETS | eavesdrop13.SECRETS


@dataclass(frozen=True)
class Row:
    """What each party learned when `message` crossed (None: before the first one).

    `new` maps "client", "eavesdropper" and "server" to facts they did not have before, in the
    order in which they follow from each other. `computed` names those of them that follow from
    others: nobody sent them.
    """

    message: Message | None
    new: dict[str, tuple[str, ...]]
    computed: dict[str, frozenset[str]]

    @property
    def title(self) -> str:
        """The message's name."""
        return self.message.title if self.message else "before the first message"


def knowledge(conversation: Conversation, stolen: Iterable[str] = ()) -> list[Row]:
    """One row a message, for a handshake with RSA or ECDHE key exchange, or TLS 1.3 without PSK.

    `stolen` are facts the eavesdropper has from the start ("server_private_key", "master_secret",
    "client_ephemeral_key" ...). Raises ValueError for a fact that is no secret, or a Conversation
    whose handshake has no cipher suite the course knows, or (TLS 1.3) cannot be read.
    """
    stolen = (stolen,) if isinstance(stolen, str) else tuple(stolen)
    _check_suite(conversation)
    modern = conversation.suite.key_exchange is None
    secrets = eavesdrop13.SECRETS if modern else SECRETS
    if unknown := set(stolen) - secrets:
        raise ValueError(f"{', '.join(sorted(unknown))} cannot be stolen; these can: "
                         f"{', '.join(sorted(secrets))}")
    if modern and not conversation.secrets:
        raise ValueError("this Conversation is TLS 1.3 and holds no key log: nobody can say which "
                         "of its records is which message")
    known = {CLIENT: {}, EAVESDROPPER: dict.fromkeys(stolen), SERVER: {"server_private_key": None}}
    rows = [Row(None, {who: tuple(facts) for who, facts in known.items()},
                dict.fromkeys(WHO, frozenset()))]
    derivations = eavesdrop13.DERIVATIONS if modern else \
        (*_DERIVATIONS, _master_secret(conversation))
    for message in conversation.messages:
        before = {who: set(facts) for who, facts in known.items()}
        for who in WHO:
            for fact in _heard(message, conversation):
                known[who][fact] = None
        for fact in _made_by_sender(message, conversation):
            known[message.sender][fact] = None
        told = {who: set(facts) - _HASHES for who, facts in known.items()}
        computed = {}
        for who in WHO:
            _derive(known[who], derivations)
            computed[who] = frozenset(known[who]) - told[who] - before[who]
            _derive(known[who], _openings(message, modern=modern))
            if modern:  # the Finished that was just read gives the next keys
                _derive(known[who], derivations)
                computed[who] = (frozenset(known[who]) - told[who] - before[who]
                                 - _contents(message))
        rows.append(Row(message, {who: tuple(fact for fact in known[who]
                                             if fact not in before[who]) for who in WHO}, computed))
    return rows


def knows(rows: list[Row], who: str) -> set[str]:
    """Everything `who` knows in the end."""
    return {fact for row in rows for fact in row.new[who]}


def _master_secret(conversation: Conversation) -> tuple[str, tuple[str, ...]]:
    extended = conversation.find("server_hello").parsed.extension(23) is not None
    inputs = ("session_hash",) if extended else ("client_random", "server_random")
    return "master_secret", ("pre_master_secret", *inputs)


def _contents(message: Message) -> set[str]:
    return {fact for fact, _ in _openings(message, modern=True)} - _HASHES


def _heard(message: Message, conversation: Conversation) -> Iterator[str]:
    if conversation.suite.key_exchange is None:
        yield from eavesdrop13.heard(message)
        return
    if message.encrypted:
        return
    if message.name in _IN_THE_CLEAR:
        yield _IN_THE_CLEAR[message.name]
    if message.name == "client_key_exchange":
        rsa = conversation.suite.key_exchange == "RSA"
        yield "encrypted_pre_master_secret" if rsa else "client_share"
        if "session_hash" in _master_secret(conversation)[1]:
            yield "session_hash"  # the hash of all messages so far: everybody saw them


def _made_by_sender(message: Message, conversation: Conversation) -> Iterator[str]:
    if conversation.suite.key_exchange is None:
        yield from eavesdrop13.made_by_sender(message)
        return
    if message.name == "server_key_exchange":
        yield "server_ephemeral_key"
    if message.name == "client_key_exchange":
        rsa = conversation.suite.key_exchange == "RSA"
        yield "pre_master_secret" if rsa else "client_ephemeral_key"
    if message.name == "application_data":
        yield eavesdrop13.said(message)


def _openings(message: Message, *, modern: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Whoever has the keys can read what is encrypted with them."""
    if modern:
        yield from eavesdrop13.openings(message)
        return
    if message.name == "application_data":
        yield eavesdrop13.said(message), ("keys",)


def _derive(facts: dict[str, None], derivations: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    derivations, size = tuple(derivations), -1
    while len(facts) != size:
        size = len(facts)
        for result, needed in derivations:
            if all(fact in facts for fact in needed):
                facts.setdefault(result)


@dataclass(frozen=True)
class Theft:
    """What somebody with a recording and a stolen secret can read.

    `conversation` is the recording as it now reads; `opened` and `closed` are its encrypted
    messages that can and cannot be read; `why` says how that comes.
    """

    stolen: str
    conversation: Conversation
    opened: tuple[Message, ...]
    closed: tuple[Message, ...]
    request: bytes
    response: bytes
    why: str


def steal(conversation: Conversation, what: str) -> Theft:
    """Reads a recording with what was stolen: "nothing", "server_private_key" (of the lab's
    server), "key_log" (the conversation's own) or "wrong_key" (another RSA key). Raises
    ValueError for anything else, and for a Conversation without a suite the course knows."""
    if what not in THEFTS:
        raise ValueError(f"{what!r} cannot be stolen here; choose one of {', '.join(THEFTS)}")
    _check_suite(conversation)
    heard = conversation.without_secrets()
    if what == "key_log":
        heard = heard.with_secrets(keylog=conversation.keylog)
    if what == "wrong_key":
        heard = heard.with_secrets(server_key=lab.key("other_rsa"))
    if what == "server_private_key":
        kind = "ecdsa" if conversation.suite.authentication == "ECDSA" else "rsa"
        heard = heard.with_secrets(server_key=lab.key(f"server_{kind}"))
    sealed = [message for message in heard.messages if message.encrypted]
    return Theft(what, heard, tuple(item for item in sealed if item.data is not None),
                 tuple(item for item in sealed if item.data is None),
                 heard.application_data(CLIENT), heard.application_data(SERVER),
                 _why(what, conversation.suite.key_exchange))


def _why(what: str, key_exchange: str | None) -> str:
    if what == "nothing":
        return ("Names, sizes and times can be seen, the certificate too. For the rest one needs "
                "the keys, and nothing that crossed gives them away.")
    if what == "key_log" and key_exchange is None:
        return ("The key log holds the traffic secrets of this very connection: every key comes "
                "out of them.")
    if what == "key_log":
        return ("The key log holds the master secret of this very connection. Together with both "
                "randoms, which everybody saw, it gives all keys.")
    if key_exchange == "ECDHE":
        return ("The key of the certificate only signed the server's share. The pre-master secret "
                "comes from two ephemeral keys that never crossed and were thrown away: this is "
                "forward secrecy.")
    if key_exchange is None:
        return ("In TLS 1.3 the key of the certificate only signs. Every secret comes from two "
                "ephemeral keys that never crossed and were thrown away: this is forward secrecy.")
    if what == "wrong_key":
        return ("Only the private key that belongs to the certificate decrypts the pre-master "
                "secret. Another key gives other bytes, hence other keys, and no tag fits.")
    return ("The client encrypted the pre-master secret to the server's key and sent it: it is in "
            "the recording. With the private key it comes out, and all keys follow, years later "
            "too.")


def _check_suite(conversation: Conversation) -> None:
    if conversation.suite is None:
        raise ValueError("this Conversation has no ServerHello with a cipher suite of the course")
