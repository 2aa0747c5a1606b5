"""Certificates: forge one, send what a client needs, and get one for a name."""

from __future__ import annotations

from helpers.experiments.certificate_bits import places_in, with_issuer
from helpers.experiments.certificate_forgery import forge
from helpers.experiments.name_control import HOLDS, NAMES, apply_for
from helpers.experiments.serving import send
from helpers.show import (
    certificate_byte_view,
    certificate_forgery_view,
    control_view,
    served_view,
)

from .controls import Choice, Number, Toggle
from .explorer import Explorer

STARTS = {"a copy of the shop's": "shop", "her own, for evil.example": "own"}
CHANGES = {"nothing": "nothing", "the public key: she puts hers in": "key",
           "the name: evil.example becomes shop.example": "name"}
SIGNERS = {"nobody: the old signature stays": "old", "with her own key": "own",
           "with a CA of her own, under the real CA's name": "fake_ca",
           "with the real CA's key, stolen": "stolen"}
STORES = {"our root": "root", "another root": "other_root", "our intermediate": "intermediate",
          "nothing": "nothing"}
ANSWERS = {"made with the account's own key": "own", "the token alone": "token",
           "copied from the shop, last year": "copied"}


WHICH = {"cryptography.io, 2018": "leaf", "our intermediate CA": "intermediate",
         "our root": "root"}


def _places(values: dict[str, object]) -> dict[str, tuple[int, int]]:
    """Where one can jump to in this certificate: name to (first byte, last byte)."""
    return places_in(str(values["which"]))


def _first(values: dict[str, object]) -> int:
    return values["part"][0]


def _last(values: dict[str, object]) -> int:
    return values["part"][1]


def read_a_certificate() -> Explorer:
    """Every byte has a name."""
    return Explorer(
        "Read a certificate, byte by byte",
        {
            "which": Choice("Certificate", WHICH, style="buttons"),
            "part": Choice("Look through", _places),
            "offset": Number("Byte", _first, _last),
        },
        lambda which, part, offset: certificate_byte_view(*with_issuer(which), offset),
        question="Where does a CA's certificate say that it is one? Find those bytes "
        "(basicConstraints) in the root, then look for them in the leaf: what stands there "
        "instead, and why is there no bit that would make the leaf a CA?",
    )


def forge_a_certificate() -> Explorer:
    """Real certificates, changed and signed anew; three checks of a client."""
    return Explorer(
        "Forge a certificate",
        {
            "start": Choice("Mallory begins with", STARTS, style="radio"),
            "change": Choice("She changes", CHANGES),
            "signer": Choice("Signed anew", SIGNERS),
        },
        lambda start, change, signer: certificate_forgery_view(forge(start, change, signer)),
        question="Three kinds of tries are stopped by one check and by nothing else: find one for "
        "each of the three checks. And which tries does nothing stop?",
    )


def send_certificates() -> Explorer:
    """Real OpenSSL handshakes: what the server sends, what the client trusts."""
    return Explorer(
        "What has to be sent?",
        {
            "intermediate": Toggle("The server sends the intermediate"),
            "root": Toggle("The server sends the root"),
            "store": Choice("The client's store holds", STORES, style="radio"),
        },
        lambda intermediate, root, store: served_view(
            send(intermediate=intermediate, root=root, store=store)),
        question="The server always sends its leaf. In how many of the sixteen cases do they "
        "connect? Does sending the root ever help, and does what is trusted have to be a root? "
        "What does OpenSSL say where a root came along and is not trusted?",
    )


def prove_a_name() -> Explorer:
    """ACME's challenges: what somebody holds, which challenge, which answer."""
    return Explorer(
        "Get a certificate for shop.example",
        {
            "holds": Choice("At shop.example you hold", {said: key for key, said in HOLDS.items()}),
            "challenge": Choice("Challenge", ["http-01", "dns-01", "tls-alpn-01"],
                                style="buttons"),
            "answer": Choice("Your answer is", ANSWERS),
            "name": Choice("Certificate for", list(NAMES), style="buttons"),
        },
        lambda holds, challenge, answer, name: control_view(
            apply_for(holds, challenge, answer, name)),
        question="Whoever may write files on the web server passes one challenge; who runs the "
        "server passes two. Who passes all three, and why? And who gets the wildcard?",
    )
