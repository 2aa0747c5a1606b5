"""From a shared secret to keys: the TLS 1.3 key schedule (RFC 9846 section 7, HKDF of RFC 5869).

Every secret is a `Step` that can be shown. RFC 9846 renamed three: RFC 8446 and older tools call
main_secret the master secret, exporter_secret the exporter_master_secret and resumption_secret
the resumption_master_secret. The labels inside the hash still say "master".
"""

from __future__ import annotations

from functools import lru_cache

from helpers.tls.hkdf13 import (
    IV_LENGTH,
    Expander,
    certificate_verify_content,
    derive_secret,
    finished_key,
    hkdf_expand_label,
    hkdf_extract,
    hkdf_label,
    nonce_of,
    verify_data,
)
from helpers.tls.registry import SuiteParameters
from helpers.tls.schedule12 import HASHES, Step, hash_of

__all__ = ["IV_LENGTH", "Expander", "KeySchedule", "application_key_steps",
           "certificate_verify_content", "derive_secret", "early_key_steps", "finished_key",
           "handshake_key_steps", "hkdf_expand_label", "hkdf_extract", "hkdf_label", "key_schedule",
           "nonce_of", "resumption_psk", "updated_step", "verify_data"]

_SCHEDULE, _KEYS = "RFC 9846 section 7.1", "RFC 9846 section 7.3"
_FINISHED, _UPDATE = "RFC 9846 section 4.5.3", "RFC 9846 section 7.2"


_Plan = tuple[str, str, bytes, int, "str | None", str]
"""How a secret follows: from which, by which label and context, how long, what the context covers
(None if it is empty), and where that is written."""


class KeySchedule:
    """The secrets of one handshake, from top to bottom of RFC 9846 section 7.1's figure. Each
    method adds what can follow as soon as its inputs exist; transcript hashes cover the handshake
    messages that the method's comment names.

    `schedule[name]` is a secret by its RFC name (KeyError if it cannot exist yet): it is worked out
    when it is first asked for, and kept. `steps` are all of them, explained. `psk` is None without
    resumption: then zeros stand in for it.
    """

    def __init__(self, suite: SuiteParameters, psk: bytes | None = None):
        self.suite = suite
        self._name = suite.hash_name
        self._length = HASHES[self._name].digest_size
        early, expand, self._derived = _first_steps(self._name, psk)
        self._values = {"early_secret": early.output}
        self._expanders = {"early_secret": expand}
        self._plan: dict[str, Step | _Plan] = {"early_secret": early}

    def __getitem__(self, name: str) -> bytes:
        value = self._values.get(name)
        if value is None:
            source, label, context, length, _, _ = self._plan[name]
            value = self._values[name] = self._expander(source)(label, context, length)
        return value

    @property
    def steps(self) -> list[Step]:
        """Every secret so far, in order, with its formula and inputs."""
        return [item if isinstance(item, Step) else self._step(name, item)
                for name, item in self._plan.items()]

    def binder_key(self) -> bytes:
        """What proves, within the first ClientHello, that the client has the PSK: a finished_key
        (section 4.3.11.2)."""
        self._plan_secret("binder_key", "early_secret", "res binder", _empty_hash(self._name),
                          '""')
        return finished_key(self["binder_key"], self._name)

    def add_early_data(self, transcript_hash: bytes) -> None:
        """ClientHello: what seals 0-RTT data."""
        self._plan_secret("client_early_traffic_secret", "early_secret", "c e traffic",
                          transcript_hash, "ClientHello")
        self._plan_keys("client_early_traffic_secret", "client_early_write_key",
                        "client_early_write_iv")

    def add_shared_secret(self, shared_secret: bytes, transcript_hash: bytes) -> None:
        """ClientHello...ServerHello: what seals the rest of the handshake, and the main secret."""
        derived = self._derived
        self._plan[derived.name] = derived
        self._add_extracted("handshake_secret", (derived.name, derived.output),
                            ("shared_secret", shared_secret))
        for sender in ("client", "server"):
            source = f"{sender}_handshake_traffic_secret"
            self._plan_secret(source, "handshake_secret", f"{sender[0]} hs traffic",
                              transcript_hash, "ClientHello...ServerHello")
            self._plan_keys(source, f"{sender}_handshake_write_key",
                            f"{sender}_handshake_write_iv", f"{sender}_finished_key")
        self._plan_secret("derived_for_main", "handshake_secret", "derived",
                          _empty_hash(self._name), '""')
        self._add_extracted("main_secret", ("derived_for_main", self["derived_for_main"]),
                            ("0", bytes(self._length)))

    def add_application(self, transcript_hash: bytes) -> None:
        """ClientHello...server Finished: what seals application data."""
        span = "ClientHello...server Finished"
        for sender in ("client", "server"):
            self._plan_secret(f"{sender}_application_traffic_secret_0", "main_secret",
                              f"{sender[0]} ap traffic", transcript_hash, span)
            self._plan_application_keys(sender, 0)
        self._plan_secret("exporter_secret", "main_secret", "exp master", transcript_hash, span)

    def add_resumption(self, transcript_hash: bytes) -> None:
        """ClientHello...client Finished: what later sessions can start from."""
        self._plan_secret("resumption_secret", "main_secret", "res master", transcript_hash,
                          "ClientHello...client Finished")

    def update(self, sender: str, generation: int) -> None:
        """The next application traffic secret and its keys (section 7.2). Those of `generation` are
        forgotten, but for the first ones."""
        old = f"{sender}_application_traffic_secret_{generation}"
        new = f"{sender}_application_traffic_secret_{generation + 1}"
        self._plan[new] = old, "traffic upd", b"", self._length, None, _UPDATE
        self._values[new] = self[new]
        self._plan_application_keys(sender, generation + 1)
        if generation:
            for kind in ("traffic_secret", "write_key", "write_iv"):
                name = f"{sender}_application_{kind}_{generation}"
                for kept in (self._plan, self._values, self._expanders):
                    kept.pop(name, None)

    def _plan_application_keys(self, sender: str, generation: int) -> None:
        self._plan_keys(f"{sender}_application_traffic_secret_{generation}",
                        f"{sender}_application_write_key_{generation}",
                        f"{sender}_application_write_iv_{generation}")

    def _plan_secret(self, name: str, source: str, label: str, transcript_hash: bytes,
                     span: str) -> None:
        self._plan[name] = source, label, transcript_hash, self._length, span, _SCHEDULE

    def _plan_keys(self, source: str, key: str, iv: str, finished: str | None = None) -> None:
        self._plan[key] = source, "key", b"", self.suite.key_length, None, _KEYS
        self._plan[iv] = source, "iv", b"", IV_LENGTH, None, _KEYS
        if finished:
            self._plan[finished] = source, "finished", b"", self._length, None, _FINISHED

    def _add_extracted(self, name: str, salt: tuple[str, bytes], key: tuple[str, bytes]) -> None:
        step = self._plan[name] = _extracted(name, salt, key, self._name)
        self._values[name] = step.output

    def _expander(self, source: str) -> Expander:
        found = self._expanders.get(source)
        if found is None:
            found = self._expanders[source] = Expander(self[source], self._name)
        return found

    def _step(self, name: str, plan: _Plan) -> Step:
        source, label, context, length, span, said = plan
        inputs = ((source, self[source]) if source in self._plan else (source, b""),)
        if span is None:
            return Step(name, _expand_formula(source, label, length), inputs, self[name], said)
        return Step(name, _derive_formula(source, label, span),
                    (*inputs, ("transcript_hash", context)), self[name], said)


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


@lru_cache(maxsize=2)
def _empty_hash(hash_name: str) -> bytes:
    return hash_of(hash_name, b"")


def _first_steps(hash_name: str, psk: bytes | None) -> tuple[Step, Expander, Step]:
    """The early secret, what expands it, and what is derived from it for the next floor: without a
    PSK the same in every handshake."""
    return _made_first_steps(hash_name, psk) if psk else _usual_first_steps(hash_name)


def _made_first_steps(hash_name: str, psk: bytes | None) -> tuple[Step, Expander, Step]:
    zeros = bytes(HASHES[hash_name].digest_size)
    early = _extracted("early_secret", ("0", zeros), ("PSK", psk or zeros), hash_name)
    expand = Expander(early.output, hash_name)
    return early, expand, _derived("derived_for_handshake", early, expand, "derived",
                                   _empty_hash(hash_name), '""')


@lru_cache(maxsize=2)
def _usual_first_steps(hash_name: str) -> tuple[Step, Expander, Step]:
    return _made_first_steps(hash_name, None)


def early_key_steps(suite: SuiteParameters, secret: bytes) -> list[Step]:
    """Key and IV for the client's 0-RTT records, from `client_early_traffic_secret`."""
    return _key_steps(suite, "client_early_traffic_secret", secret, "client_early_write_key",
                      "client_early_write_iv")


def handshake_key_steps(suite: SuiteParameters, sender: str, secret: bytes) -> list[Step]:
    """Key and IV for one end's handshake records, and the key of its Finished (sections 7.3 and
    4.5.3), from `{sender}_handshake_traffic_secret`."""
    return _key_steps(suite, f"{sender}_handshake_traffic_secret", secret,
                      f"{sender}_handshake_write_key", f"{sender}_handshake_write_iv",
                      f"{sender}_finished_key")


def application_key_steps(suite: SuiteParameters, sender: str, secret: bytes,
                          generation: int = 0) -> list[Step]:
    """Key and IV for one end's application data (section 7.3); `generation` counts KeyUpdates."""
    return _key_steps(suite, f"{sender}_application_traffic_secret_{generation}", secret,
                      f"{sender}_application_write_key_{generation}",
                      f"{sender}_application_write_iv_{generation}")


def updated_step(suite: SuiteParameters, sender: str, secret: bytes, generation: int) -> Step:
    """The next traffic secret after a KeyUpdate (RFC 9846 section 7.2); `secret` is the one of
    `generation`."""
    name = f"{sender}_application_traffic_secret_"
    source = f"{name}{generation}"
    output = hkdf_expand_label(secret, "traffic upd", b"", len(secret), suite.hash_name)
    return Step(f"{name}{generation + 1}",
                f'HKDF-Expand-Label({source}, "traffic upd", "", {len(secret)})',
                ((source, secret),), output, "RFC 9846 section 7.2")


def _key_steps(suite: SuiteParameters, source: str, secret: bytes, key_name: str, iv_name: str,
               finished_name: str | None = None) -> list[Step]:
    expand, inputs = Expander(secret, suite.hash_name), ((source, secret),)
    wanted = [(key_name, "key", suite.key_length, _KEYS), (iv_name, "iv", IV_LENGTH, _KEYS)]
    if finished_name:
        wanted.append((finished_name, "finished", len(secret), _FINISHED))
    return [Step(name, _expand_formula(source, label, length), inputs, expand(label, b"", length),
                 said) for name, label, length, said in wanted]


@lru_cache(maxsize=256)
def _expand_formula(source: str, label: str, length: int) -> str:
    return f'HKDF-Expand-Label({source}, "{label}", "", {length})'


@lru_cache(maxsize=256)
def _derive_formula(source: str, label: str, span: str) -> str:
    return f'Derive-Secret({source}, "{label}", {span})'


def _extracted(name: str, salt: tuple[str, bytes], key: tuple[str, bytes],
               hash_name: str) -> Step:
    return Step(name, f"HKDF-Extract({salt[0]}, {key[0]})", (salt, key),
                hkdf_extract(salt[1], key[1], hash_name), _SCHEDULE)


def _derived(name: str, secret: Step, expand: Expander, label: str, transcript_hash: bytes,
             span: str) -> Step:
    """Derive-Secret; `span` says what the hash covers, `expand` is keyed with the secret."""
    return Step(name, _derive_formula(secret.name, label, span),
                ((secret.name, secret.output), ("transcript_hash", transcript_hash)),
                expand(label, transcript_hash, len(transcript_hash)), _SCHEDULE)
