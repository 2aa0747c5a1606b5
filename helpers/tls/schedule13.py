"""From a shared secret to keys: the TLS 1.3 key schedule (RFC 9846 section 7, HKDF of RFC 5869).

Every secret is a `Step` that can be shown. RFC 9846 renamed three: RFC 8446 and older tools call
main_secret the master secret, exporter_secret the exporter_master_secret and resumption_secret
the resumption_master_secret. The labels inside the hash still say "master".
"""

from __future__ import annotations

from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from helpers.tls.registry import SuiteParameters
from helpers.tls.schedule12 import HASHES, Step, hash_of

IV_LENGTH = 12  # of every AEAD that TLS 1.3 uses (RFC 9846 section 5.3)
_CONTEXTS = {"client": b"TLS 1.3, client CertificateVerify",
             "server": b"TLS 1.3, server CertificateVerify"}
_SCHEDULE, _KEYS = "RFC 9846 section 7.1", "RFC 9846 section 7.3"


def hkdf_extract(salt: bytes, input_key: bytes, hash_name: str = "SHA256") -> bytes:
    """Concentrates what is secret in `input_key` into one hash's length (RFC 5869 section 2.2)."""
    return HKDF.extract(HASHES[hash_name], salt, input_key)


def hkdf_label(label: str, context: bytes, length: int) -> bytes:
    """The HkdfLabel structure: what a secret is expanded with. Raises OverflowError if the label
    (with its "tls13 ") or the context is longer than 255 bytes, or the length than 2^16 - 1."""
    full = b"tls13 " + label.encode("ascii")
    return (length.to_bytes(2, "big") + len(full).to_bytes(1, "big") + full
            + len(context).to_bytes(1, "big") + context)


def hkdf_expand_label(secret: bytes, label: str, context: bytes, length: int,
                      hash_name: str = "SHA256") -> bytes:
    """`length` bytes for the purpose that `label` names (RFC 9846 section 7.1). "tls13 " is put
    in front of the label here; `context` is b"" or a transcript hash."""
    return HKDFExpand(HASHES[hash_name], length, hkdf_label(label, context, length)).derive(secret)


def derive_secret(secret: bytes, label: str, messages: bytes, hash_name: str = "SHA256") -> bytes:
    """A secret tied to the handshake so far (RFC 9846 section 7.1). `messages` are the handshake
    messages in a row, their 4-byte headers included, record headers not; they are hashed here."""
    transcript_hash = hash_of(hash_name, messages)
    return hkdf_expand_label(secret, label, transcript_hash, len(transcript_hash), hash_name)


def finished_key(traffic_secret: bytes, hash_name: str = "SHA256") -> bytes:
    """The key of Finished's HMAC, from a handshake traffic secret (RFC 9846 section 4.5.3)."""
    length = HASHES[hash_name].digest_size
    return hkdf_expand_label(traffic_secret, "finished", b"", length, hash_name)


def verify_data(key: bytes, transcript_hash: bytes, hash_name: str = "SHA256") -> bytes:
    """What Finished says: HMAC with the `finished_key` over the hash of every handshake message
    before it (RFC 9846 section 4.5.3). 32 bytes with SHA-256, 48 with SHA-384."""
    mac = HMAC(key, HASHES[hash_name])
    mac.update(transcript_hash)
    return mac.finalize()


def nonce_of(iv: bytes, sequence_number: int) -> bytes:
    """The nonce of one record: the IV XOR the number of the record under this key, counted from 0
    (RFC 9846 section 5.3). Raises OverflowError for a number below 0 or beyond the IV's length."""
    number = sequence_number.to_bytes(len(iv), "big")
    return bytes(one ^ other for one, other in zip(iv, number, strict=True))


def certificate_verify_content(sender: str, transcript_hash: bytes) -> bytes:
    """The bytes that CertificateVerify signs; `sender` is "client" or "server", the hash covers
    every message up to Certificate (RFC 9846 section 4.5.2).

    64 spaces, so that no signature of an older protocol can pass for one of these; a sentence that
    says whose it is; a zero byte; the hash.
    """
    return b" " * 64 + _CONTEXTS[sender] + b"\0" + transcript_hash


def key_schedule(suite: SuiteParameters, shared_secret: bytes, *, hellos: bytes,
                 to_server_finished: bytes | None = None,
                 to_client_finished: bytes | None = None, psk: bytes | None = None) -> list[Step]:
    """Every secret of a handshake, in order (RFC 9846 section 7.1, figure 5).

    `shared_secret` is what the key exchange gave. The transcripts are handshake messages in a row:
    ClientHello to ServerHello, to the server's Finished, to the client's Finished; what needs one
    that is None is left out. `psk` is None without resumption: then zeros stand in for it.
    Not included: the binder key and the early (0-RTT) secrets.
    """
    name = suite.hash_name
    zeros = bytes(HASHES[name].digest_size)
    early = _extracted("early_secret", ("0", zeros), ("PSK", psk or zeros), name)
    derived = _derived("derived_for_handshake", early, "derived", b"", "", name)
    handshake = _extracted("handshake_secret", ("derived_for_handshake", derived.output),
                           ("shared_secret", shared_secret), name)
    steps = [early, derived, handshake]
    for sender in ("client", "server"):
        steps.append(_derived(f"{sender}_handshake_traffic_secret", handshake,
                              f"{sender[0]} hs traffic", hellos, "ClientHello...ServerHello", name))
        steps += handshake_key_steps(suite, sender, steps[-1].output)
    derived = _derived("derived_for_main", handshake, "derived", b"", "", name)
    main = _extracted("main_secret", ("derived_for_main", derived.output), ("0", zeros), name)
    steps += [derived, main]
    if to_server_finished is not None:
        span = "ClientHello...server Finished"
        for sender in ("client", "server"):
            steps.append(_derived(f"{sender}_application_traffic_secret_0", main,
                                  f"{sender[0]} ap traffic", to_server_finished, span, name))
            steps += application_key_steps(suite, sender, steps[-1].output)
        steps.append(_derived("exporter_secret", main, "exp master", to_server_finished, span,
                              name))
    if to_client_finished is not None:
        steps.append(_derived("resumption_secret", main, "res master", to_client_finished,
                              "ClientHello...client Finished", name))
    return steps


def handshake_key_steps(suite: SuiteParameters, sender: str, secret: bytes) -> list[Step]:
    """Key and IV for one end's handshake records, and the key of its Finished (sections 7.3 and
    4.5.3), from `{sender}_handshake_traffic_secret`."""
    source = f"{sender}_handshake_traffic_secret"
    steps = _key_steps(suite, source, secret, f"{sender}_handshake_write_key",
                       f"{sender}_handshake_write_iv")
    steps.append(Step(f"{sender}_finished_key",
                      f'HKDF-Expand-Label({source}, "finished", "", {len(secret)})',
                      ((source, secret),), finished_key(secret, suite.hash_name),
                      "RFC 9846 section 4.5.3"))
    return steps


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


def _key_steps(suite: SuiteParameters, source: str, secret: bytes, key_name: str,
               iv_name: str) -> list[Step]:
    wanted = ((key_name, "key", suite.key_length), (iv_name, "iv", IV_LENGTH))
    return [Step(name, f'HKDF-Expand-Label({source}, "{label}", "", {length})',
                 ((source, secret),),
                 hkdf_expand_label(secret, label, b"", length, suite.hash_name), _KEYS)
            for name, label, length in wanted]


def _extracted(name: str, salt: tuple[str, bytes], key: tuple[str, bytes],
               hash_name: str) -> Step:
    return Step(name, f"HKDF-Extract({salt[0]}, {key[0]})", (salt, key),
                hkdf_extract(salt[1], key[1], hash_name), _SCHEDULE)


def _derived(name: str, secret: Step, label: str, messages: bytes, span: str,
             hash_name: str) -> Step:
    shown = span or '""'
    inputs = ((secret.name, secret.output), ("transcript_hash", hash_of(hash_name, messages)))
    return Step(name, f'Derive-Secret({secret.name}, "{label}", {shown})', inputs,
                derive_secret(secret.output, label, messages, hash_name), _SCHEDULE)
