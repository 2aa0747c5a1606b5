"""Widgets of the lesson on signatures: change what was signed, choose the nonces, put together
what a server signs, and pretend to be one."""

from __future__ import annotations

from helpers.experiments.nonces import attack
from helpers.experiments.possession import pretend
from helpers.experiments.signatures import ALGORITHMS, LETTER, original, tamper_with
from helpers.experiments.signed import NOTHING, pieces, put_together
from helpers.show.possession import assembly_view, possession_view
from helpers.show.signatures import nonce_view, tampered_view

from .controls import Choice, Number, Toggle
from .explorer import Explorer

CHANGES = {
    "nothing": "nothing",
    "one bit of the message": "message",
    "one bit of the signature": "signature",
    "the signature, for its arithmetic twin": "twin",
    "the signature, for somebody else's": "signer",
}
KNOWS = {
    "the two signatures, as everybody": "signatures",
    "and believes that k2 = k1 + 1 (a counter)": "counter",
    "and knows k1 (it leaked)": "nonce",
}
RECORDINGS = {
    "TLS 1.2, RSA certificate": "tls12_ecdhe",
    "TLS 1.2, ECDSA certificate": "tls12_ecdhe_ecdsa",
    "TLS 1.3, RSA certificate": "tls13_x25519",
    "TLS 1.3, ECDSA certificate": "tls13_ecdsa",
}


def sign_and_tamper() -> Explorer:
    """A signed letter on its way: change one thing and ask the verifier."""
    return Explorer(
        "Sign, then change something",
        {
            "algorithm": Choice("Algorithm", ALGORITHMS, style="radio"),
            "change": Choice("Change", CHANGES, style="radio"),
            "place": Number("Which byte (for one bit)", 0, _last, value=4),
        },
        lambda algorithm, change, place: tampered_view(tamper_with(algorithm, change, place)),
        question="Somebody without the key turns a signature into other bytes that verify all the "
        "same. With which algorithm does that work? And what has that somebody not achieved?",
    )


def _last(earlier: dict) -> int:
    """The last byte that can be changed."""
    length = {"message": len(LETTER), "signature": len(original(earlier["algorithm"]))}
    return length.get(earlier["change"], 1) - 1


def reuse_a_nonce() -> Explorer:
    """Two signatures on the toy curve, with nonces of one's choice."""
    return Explorer(
        "Choose the nonces",
        {
            "first": Number("k1, nonce of signature 1", 2, 101, value=20),
            "second": Number("k2, nonce of signature 2", 2, 101, value=30),
            "knows": Choice("The attacker has", KNOWS, style="radio"),
        },
        lambda first, second, knows: nonce_view(attack(first, second, knows)),
        question="The attacker has only the two signatures. Find two different nonces that give "
        "the key away nevertheless. What is special about the pair?",
    )


def what_is_signed() -> Explorer:
    """The pieces of a recorded handshake, put together and held against its signature."""
    places = {f"piece{number}": Choice(f"Piece {number}", _names, value=NOTHING)
              for number in range(1, 5)}
    return Explorer(
        "What did the server sign?",
        {"recording": Choice("Recording", RECORDINGS), **places,
         "told": Toggle("Tell me how near I am (no verifier can)")},
        lambda recording, told, **chosen: assembly_view(
            put_together(recording, list(chosen.values())), told=told),
        question="Make the signature fit in each of the four recordings. How many bytes were "
        "signed in each? Why do the two of one version differ, and the two of the other not?",
    )


def _names(earlier: dict) -> list[str]:
    return list(pieces(earlier["recording"]))


def pretend_to_be_the_shop() -> Explorer:
    """An impostor at the door: what it shows, how it signs, and which check stops it."""
    return Explorer(
        "Pretend to be the shop",
        {
            "certificate": Choice("Certificate", {
                "the shop's, copied": "copied",
                "self-made, for the shop's name": "own"}, style="radio"),
            "signature": Choice("Signature", {
                "made now, with the impostor's own key": "own key",
                "the shop's of yesterday, played back": "played back",
                "made now, with the shop's stolen key": "stolen key"}, style="radio"),
            "random": Choice("The client's random", {
                "fresh": "fresh",
                "the same as yesterday (its generator is broken)": "repeated"}, style="radio"),
        },
        lambda certificate, signature, random: possession_view(
            pretend(certificate, signature, random)),
        question="Which impostor gets past certificate and signature and is still caught, and by "
        "what? Which one is caught by nobody?",
    )
