"""From a shared secret to keys: the TLS 1.3 key schedule (RFC 9846 section 7, HKDF of RFC 5869).

Every secret is a `Step` that can be shown. RFC 9846 renamed three: RFC 8446 and older tools call
main_secret the master secret, exporter_secret the exporter_master_secret and resumption_secret
the resumption_master_secret. The labels inside the hash still say "master".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from cryptography.hazmat.primitives.hmac import HMAC

from helpers.tls.hkdf13 import (
    IV_LENGTH,
    certificate_verify_content,
    derive_secret,
    expand_label_with,
    finished_key,
    hkdf_expand_label,
    hkdf_extract,
    hkdf_label,
    nonce_of,
    verify_data,
)
from helpers.tls.registry import SuiteParameters
from helpers.tls.schedule12 import HASHES, Step, hash_of

__all__ = ["IV_LENGTH", "RECIPES", "KeySchedule", "Recipe", "certificate_verify_content",
           "derive_secret", "finished_key", "hkdf_expand_label", "hkdf_extract", "hkdf_label",
           "key_schedule", "nonce_of", "resumption_psk", "verify_data"]

_START, _BINDER, _EARLY = "start", "binder", "ClientHello"
_HELLOS, _SERVER, _CLIENT = (f"ClientHello...{last}" for last in (
    "ServerHello", "server Finished", "client Finished"))


class Recipe(NamedTuple):
    """How a secret is made out of `source`: expanded with `label` (with HKDF-Extract, `label` is
    what goes in beside it). `context` is what the transcript hash in it covers, "" if nothing is
    hashed. It can be made once the handshake has come to `moment` (None: as soon as its source).
    """

    source: str
    label: str
    moment: str | None = None
    context: str = ""
    section: str = "RFC 9846 section 7.1"
    extract: bool = False


def _keys(source: str, sender: str, epoch: str, number: str = "") -> dict[str, Recipe]:
    """What seals records (section 7.3)."""
    return {f"{sender}_{epoch}_write_{kind}{number}": Recipe(
        source, kind, section="RFC 9846 section 7.3") for kind in ("key", "iv")}


def _traffic(sender: str, epoch: str, label: str, secret: str, moment: str, last: str = "",
             number: str = "") -> dict[str, Recipe]:
    """One end's traffic secret in one epoch, and its keys."""
    name = f"{sender}_{epoch}_traffic_secret{number}"
    return {name: Recipe(secret, label, moment, moment),
            **_keys(name, sender, epoch, number)} | ({last: Recipe(
                name, "finished", section="RFC 9846 section 4.5.3")} if last else {})


RECIPES: dict[str, Recipe] = {
    "early_secret": Recipe("0", "PSK", _START, extract=True),
    "binder_key": Recipe("early_secret", "res binder", _BINDER, '""'),
    **_traffic("client", "early", "c e traffic", "early_secret", _EARLY),
    "derived_for_handshake": Recipe("early_secret", "derived", _HELLOS, '""'),
    "handshake_secret": Recipe("derived_for_handshake", "shared_secret", _HELLOS, extract=True),
    **_traffic("client", "handshake", "c hs traffic", "handshake_secret", _HELLOS,
               "client_finished_key"),
    **_traffic("server", "handshake", "s hs traffic", "handshake_secret", _HELLOS,
               "server_finished_key"),
    "derived_for_main": Recipe("handshake_secret", "derived", _HELLOS, '""'),
    "main_secret": Recipe("derived_for_main", "0", _HELLOS, extract=True),
    **_traffic("client", "application", "c ap traffic", "main_secret", _SERVER, number="_0"),
    **_traffic("server", "application", "s ap traffic", "main_secret", _SERVER, number="_0"),
    "exporter_secret": Recipe("main_secret", "exp master", _SERVER, _SERVER),
    "resumption_secret": Recipe("main_secret", "res master", _CLIENT, _CLIENT),
}
"""RFC 9846 section 7.1's figure from top to bottom, as a table."""


class KeySchedule:
    """The secrets of one handshake. Each `add_` method says that the handshake has come further,
    and gives the transcript hash over the messages that its comment names.

    `schedule[name]` is a secret by its RFC name (KeyError if it cannot exist yet): it is worked out
    when it is first asked for, and kept. `steps` are all of them, explained. `psk` is None without
    resumption: then zeros stand in for it. Who only listens knows `overheard` secrets, by name,
    and whatever follows from them.
    """

    def __init__(self, suite: SuiteParameters, psk: bytes | None = None, *,
                 overheard: Mapping[str, bytes] | None = None):
        self.suite = suite
        self._name = suite.hash_name
        zeros = bytes(HASHES[self._name].digest_size)
        self._inputs = {"0": zeros, "PSK": psk or zeros}
        self._hashes = {"": b"", '""': _empty_hash(self._name)}
        self._recipes, self._keyed = RECIPES, {}
        self._overheard = overheard
        if overheard is None:
            self._hashes[_START] = b""
            self._values = {} if psk else _usual_values(self._name).copy()
        else:
            self._values = dict(overheard)

    def __getitem__(self, name: str) -> bytes:
        value = self._values.get(name)
        if value is None:
            value = self._values[name] = self._made(self._recipes[name])
        return value

    def _made(self, recipe: Recipe) -> bytes:
        source, label, moment, context, _, extract = recipe
        if moment is not None:
            self._hashes[moment]  # KeyError: not yet
        if extract:
            salt = self._inputs["0"] if source == "0" else self[source]
            return hkdf_extract(salt, self._inputs[label], self._name)
        keyed = self._keyed.get(source)
        if keyed is None:
            keyed = self._keyed[source] = HMAC(self[source], HASHES[self._name])
        return expand_label_with(keyed, label, self._hashes[context], self._length(label))

    def _length(self, label: str) -> int:
        if label == "key":
            return self.suite.key_length
        return IV_LENGTH if label == "iv" else len(self._inputs["0"])

    @property
    def steps(self) -> list[Step]:
        """Every secret so far, in order, with its formula and inputs."""
        return [self._step(name) for name in self._recipes if self._can_be_made(name)]

    def _can_be_made(self, name: str) -> bool:
        if self._overheard is not None and name in self._overheard:
            return True
        source, _, moment, *_ = self._recipes[name]
        return (moment is None or moment in self._hashes) and (
            source not in self._recipes or self._can_be_made(source))

    def _step(self, name: str) -> Step:
        source, label, _, context, section, extract = self._recipes[name]
        if self._overheard is not None and name in self._overheard:
            return Step(name, "read from the key log", (), self[name], "RFC 9850 section 2.1")
        inputs = (source, self._inputs.get(source) or self._values.get(source, b"")),
        if extract:
            return Step(name, f"HKDF-Extract({source}, {label})",
                        (*inputs, (label, self._inputs[label])), self[name], section)
        if not context:
            formula = f'HKDF-Expand-Label({source}, "{label}", "", {self._length(label)})'
            return Step(name, formula, inputs, self[name], section)
        return Step(name, f'Derive-Secret({source}, "{label}", {context})',
                    (*inputs, ("transcript_hash", self._hashes[context])), self[name], section)

    def binder_key(self) -> bytes:
        """What proves, within the first ClientHello, that the client has the PSK: a finished_key
        (section 4.3.11.2)."""
        self._hashes[_BINDER] = b""
        return finished_key(self["binder_key"], self._name)

    def add_early_data(self, transcript_hash: bytes) -> None:
        """ClientHello: what seals 0-RTT data."""
        self._hashes[_EARLY] = transcript_hash

    def add_shared_secret(self, shared_secret: bytes, transcript_hash: bytes) -> None:
        """ClientHello...ServerHello: what seals the rest of the handshake, and the main secret."""
        self._inputs["shared_secret"] = shared_secret
        self._hashes[_HELLOS] = transcript_hash

    def add_application(self, transcript_hash: bytes) -> None:
        """ClientHello...server Finished: what seals application data."""
        self._hashes[_SERVER] = transcript_hash

    def add_resumption(self, transcript_hash: bytes) -> None:
        """ClientHello...client Finished: what later sessions can start from."""
        self._hashes[_CLIENT] = transcript_hash

    def update(self, sender: str, generation: int) -> None:
        """The next application traffic secret and its keys (section 7.2). Those of `generation` are
        forgotten, but for the first ones (a listener keeps all, as it keeps all messages)."""
        old, new = (f"{sender}_application_traffic_secret_{number}"
                    for number in (generation, generation + 1))
        self._recipes = self._recipes | {
            new: Recipe(old, "traffic upd", section="RFC 9846 section 7.2"),
            **_keys(new, sender, "application", f"_{generation + 1}")}
        self[new]  # while there is something to make it from
        if generation and self._overheard is None:
            for name in (old, *_keys(old, sender, "application", f"_{generation}")):
                for kept in (self._recipes, self._values, self._keyed):
                    kept.pop(name, None)


@lru_cache(maxsize=2)
def _empty_hash(hash_name: str) -> bytes:
    return hash_of(hash_name, b"")


@lru_cache(maxsize=2)
def _usual_values(hash_name: str) -> dict[str, bytes]:
    """What is the same in every handshake without a PSK."""
    zeros = bytes(HASHES[hash_name].digest_size)
    early = hkdf_extract(zeros, zeros, hash_name)
    return {"early_secret": early,
            "derived_for_handshake": derive_secret(early, "derived", b"", hash_name)}


def key_schedule(suite: SuiteParameters, shared_secret: bytes, *, hellos: bytes,
                 to_server_finished: bytes | None = None,
                 to_client_finished: bytes | None = None, psk: bytes | None = None) -> list[Step]:
    """Every secret of a handshake, in order, by a KeySchedule.

    `shared_secret` is what the key exchange gave. The transcripts are handshake messages in a row:
    ClientHello to ServerHello, to the server's Finished, to the client's Finished; what needs one
    that is None is left out. Not included: the binder key and the early (0-RTT) secrets.
    """
    schedule = KeySchedule(suite, psk)
    schedule.add_shared_secret(shared_secret, hash_of(suite.hash_name, hellos))
    if to_server_finished is not None:
        schedule.add_application(hash_of(suite.hash_name, to_server_finished))
    if to_client_finished is not None:
        schedule.add_resumption(hash_of(suite.hash_name, to_client_finished))
    return schedule.steps


def resumption_psk(suite: SuiteParameters, resumption_secret: bytes, ticket_nonce: bytes) -> Step:
    """The PSK that belongs to one ticket (RFC 9846 section 4.7.1)."""
    length = len(resumption_secret)
    output = hkdf_expand_label(resumption_secret, "resumption", ticket_nonce, length,
                               suite.hash_name)
    formula = f'HKDF-Expand-Label(resumption_secret, "resumption", ticket_nonce, {length})'
    return Step("PSK", formula, (("resumption_secret", resumption_secret), ("ticket_nonce",
                                                                           ticket_nonce)), output,
                "RFC 9846 section 4.7.1")
