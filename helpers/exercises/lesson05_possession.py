"""Lesson 05, last exercise: does this handshake prove possession of the certificate's key?

Real handshakes of TLS 1.2, and the same with one part taken from elsewhere.
"""

from __future__ import annotations

from hashlib import sha256
from types import FunctionType
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from helpers.experiments.signed import fits
from helpers.lab import seeded
from helpers.sources import load
from helpers.tls import key_exchange_content

from .calling import Failed, call
from .model import Attempt, Case, Exercise, Wrong
from .nearness import pieces
from .recorded import randoms
from .truth import TruthForm
from .watching import with_stand_in
from .wording import FunctionForm


def _parts(name: str) -> tuple[bytes, bytes, bytes, bytes]:
    """Both randoms, the ServerKeyExchange and the server's own certificate."""
    visit = load(name)
    return (*randoms(visit), visit.find("server_key_exchange").data,
            visit.find("certificate").parsed.certificate_list[0])


def _cases() -> list[Case]:
    client, server, message, certificate = _parts("tls12_ecdhe")
    client2, server2, message2, certificate2 = _parts("tls12_ecdhe_ecdsa")
    fresh = seeded("a new visit")(32)
    share = bytearray(message)
    share[20] ^= 1
    return [
        Case(True, (client, server, message, certificate), "a real handshake, RSA"),
        Case(True, (client2, server2, message2, certificate2), "a real handshake, ECDSA"),
        Case(False, (fresh, server, message, certificate), "played back to a new client"),
        Case(False, (client, server, bytes(share), certificate), "another share"),
        Case(False, (client2, server2, message2, certificate), "another certificate"),
        Case(False, (client2, fresh, message2, certificate2), "another server random"),
    ]


def _asked(attempt: Attempt) -> list[tuple]:
    """What the learner's function hands to `fits`."""
    seen: list[tuple] = []

    def noting(*told: Any) -> bool:
        seen.append(told)
        return fits(*told)

    if type(attempt.answer) is FunctionType:
        try:
            call(with_stand_in(attempt.answer, fits, noting), attempt.case.args)
        except Failed:
            return seen  # expected: it failed the first time, too
    return seen


def _trouble(attempt: Attempt) -> str:
    client, server, message, certificate = attempt.case.args
    asked = _asked(attempt)
    if not asked:
        return _before_asking(attempt) if attempt.error else (
            "fits(...) was not asked. It decides: hand it the key, the scheme, the signature and "
            "the signed bytes, and return what it says.")
    if len(asked[-1]) != 4:
        return "fits takes four things: public key, scheme (a number), signature, signed bytes."
    key, scheme, signature, signed = asked[-1]
    end = 8 + message[7]
    if isinstance(key, bytes | x509.Certificate):
        return ("The first argument is the public key: "
                "x509.load_der_x509_certificate(certificate).public_key().")
    right = x509.load_der_x509_certificate(certificate).public_key()
    if isinstance(key, _KEYS) and key != right:
        return ("You asked another public key than the one in this certificate. Take it out of "
                "`certificate`, in the function.")
    if isinstance(signature, bytes) and signature.startswith(client):
        return "The other way round: the signature is the third argument, the signed bytes follow."
    return (_scheme_trouble(scheme, message[end:end + 2])
            or _signature_trouble(signature, message, end)
            or _signed_trouble(signed, client, server, message)
            or "What you asked fits(...) is right. Return its verdict as it is.")


_KEYS = (rsa.RSAPublicKey, ec.EllipticCurvePublicKey)


def _before_asking(attempt: Attempt) -> str:
    """Help for a function that stops before it asks `fits`."""
    used = getattr(getattr(attempt.answer, "__code__", None), "co_names", ())
    if "load_pem_x509_certificate" in used:
        return "The certificate is DER, bytes and no text: x509.load_der_x509_certificate reads it."
    return ""


def _scheme_trouble(scheme: Any, right: bytes) -> str:
    number = int.from_bytes(right, "big")
    if scheme == number:
        return ""
    if isinstance(scheme, str):
        return ("The scheme is a number here, not a name: the two bytes behind the share, read "
                "with int.from_bytes.")
    if isinstance(scheme, bytes):
        return "The scheme is a number here: int.from_bytes(two_bytes, \"big\")."
    if scheme == int.from_bytes(right, "little"):
        return "The scheme is read the wrong way round: TLS writes the high byte first."
    if scheme in (0x0804, 0x0403):
        return ("That is the scheme of another handshake: it is fixed in your function. Read it "
                "from this message.")
    return ("The scheme is not right: it is the two bytes straight behind the share, at "
            "8 + message[7]. (A share need not be 32 bytes long.)")


def _signature_trouble(signature: Any, message: bytes, end: int) -> str:
    if signature == message[end + 4:]:
        return ""
    if signature == message[end + 2:]:
        return "The two bytes of length in front of the signature are not part of it."
    if signature == message[end:]:
        return "Scheme (2 bytes) and length (2) stand in front of the signature. Skip both."
    return ("The signature is not cut right: it begins 4 bytes behind the share (scheme 2, "
            "length 2) and goes on to the end.")


def _signed_trouble(signed: Any, client: bytes, server: bytes, message: bytes) -> str:
    if signed == key_exchange_content(client, server, message[4:8 + message[7]]):
        return ""
    if signed == sha256(key_exchange_content(client, server, message[4:8 + message[7]])).digest():
        return "You hashed the signed bytes. fits hashes on its own: hand it the bytes themselves."
    if not isinstance(signed, bytes):
        return "The signed bytes have to be bytes: both randoms and the parameters, joined."
    names = {"client_random": client, "server_random": server, "message": message}
    found = [piece.name for piece in pieces(signed, names) if piece.name]
    if found[:2] == ["server_random", "client_random"]:
        return "In the signed bytes the client's random comes first."
    if sorted(found) != ["client_random", "message", "server_random"]:
        return ("The signed bytes have three parts: client random, server random, and the "
                "parameters out of the message, each once.")
    if not signed.startswith(client + server):
        return ("client_random and server_random are the randoms already, 32 bytes each. Take them "
                "whole: there is no header to cut off, as there was in the Hellos.")
    return ("The randoms are right. The parameters go from byte 4 of the message to the end of "
            "the share, 8 + message[7].")


def _without_fits(client: bytes, server: bytes, message: bytes, certificate: bytes) -> bool:
    """Right as long as the signature fits."""
    key, end = x509.load_der_x509_certificate(certificate).public_key(), 8 + message[7]
    how = (ec.ECDSA(hashes.SHA256()),) if isinstance(key, ec.EllipticCurvePublicKey) else (
        padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    key.verify(message[end + 4:], client + server + message[4:end], *how)
    return True


POSSESSION = Exercise(
    "05-possession", "Whose handshake is it?", "hard", 10,
    FunctionForm(TruthForm(), ("client_random", "server_random", "message", "certificate")),
    _cases,
    [
        Wrong("certificate shown", lambda client, server, message, certificate: True,
              "You take everybody for the owner. This message was made for another client: its "
              "signature covers another random."),
        Wrong("verify and no fits", _without_fits,
              "verify raises InvalidSignature when a signature does not fit. fits(...) makes False "
              "of it: return what that gives."),
    ],
    "The certificate names a key; the signature over fresh randoms shows that its owner is here, "
    "now. One without the other proves nothing.",
    "Rebuild the signed bytes, cut scheme and signature out of the message, and ask fits(...).",
    _trouble,
    silent="verify itself returns nothing when a signature fits. fits(public_key, scheme, "
    "signature, signed) says True or False: return what it gives.")
