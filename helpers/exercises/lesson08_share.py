"""Lesson 08: its exercises about ServerKeyExchange, the share in it and what is signed."""

from __future__ import annotations

from hashlib import sha256, sha512

from helpers.conversation import Conversation

from .forms import BytesForm
from .model import Attempt, Exercise, Wrong
from .nearness import Piece, pieces
from .recorded import from_recordings, randoms
from .wording import FunctionForm

_ECDHE = ("tls12_ecdhe", "tls12_ecdhe_ecdsa")


# --- the server's share ------------------------------------------------------------------------

def _end_trouble(message: bytes, end: int) -> str:
    """What is wrong with a slice that ends here, or nothing."""
    right = 8 + message[7]
    if end == right:
        return ""
    if abs(end - right) == 1:
        return f"The end is one byte too {'late' if end > right else 'early'}."
    if end in (36, 39, 40, 41):
        return "The end is a fixed place; it has to depend on the length byte in the message."
    if end == len(message):
        return "It goes on to the end of the message: the signature is in it too."
    return ("It ends in the wrong place: as many bytes as the length byte says, counted from "
            "the start of the share.")


def _share_trouble(attempt: Attempt) -> str:
    (message,), cut = attempt.case.args, attempt.given
    if cut == message:
        return ("That is the whole message. The share stands behind the 4-byte header, the curve "
                "(3 bytes) and its own length (1 byte).")
    start = message.find(cut) if cut else -1
    if start < 0:
        return ""
    where = ""
    if start < 4:
        where = "Your first bytes belong to the message's header: type (1 byte) and length (3)."
    elif start < 7:
        where = "Your first bytes are those of the curve, in front of the share's length."
    elif start == 7:
        where = "Your first byte is the length in front of the share, not part of it."
    elif start > 8:
        where = ("Your start is too late: the share begins straight behind its length byte. "
                 "The first byte of the message has the number 0.")
    return f"{where} {_end_trouble(message, start + len(cut))}".strip()


_MESSAGE = FunctionForm(BytesForm(), ("message",))

SHARE = Exercise(
    "08-server-share", "Cut out the share", "medium", 6, _MESSAGE,
    from_recordings(_ECDHE, lambda visit: (visit.find("server_key_exchange").parsed.public,
                                  (visit.find("server_key_exchange").data,))),
    [
        Wrong("always 32 bytes", lambda message: message[8:40],
              "The share of this curve is longer than 32 bytes. Read its length from the byte in "
              "front of it."),
        Wrong("kept the length", lambda message: message[7:8 + message[7]],
              "Your first byte is the length in front of the share. It starts one byte later."),
        Wrong("forgot the header", lambda message: message[4:4 + message[3]],
              "That starts at the curve type. Between the 4-byte header and the share there are "
              "three bytes for the curve and one for the length."),
        Wrong("to the end", lambda message: message[8:],
              "You kept everything up to the end: the signature is in it too."),
        Wrong("only the length", lambda message: message[7:8],
              "That is the length of the share. Now take as many bytes behind it."),
        Wrong("end off by the start", lambda message: message[8:message[7]],
              "In a slice the second number is where it ends, not how long it is."),
    ],
    "Whoever reads lengths instead of assuming them can read any TLS message, also of a kind that "
    "did not exist when the reader was written.",
    "Replace the ... in the function by a return.", _share_trouble)

# --- what the server signs ---------------------------------------------------------------------

def _signed(visit: Conversation) -> tuple[bytes, tuple]:
    message = visit.find("server_key_exchange")
    client_random, server_random = randoms(visit)
    return (client_random + server_random + message.parsed.params,
            (client_random, server_random, message.data))


def _signed_trouble(attempt: Attempt) -> str:
    given, message = attempt.given, attempt.case.args[2]
    if not given:
        return ""
    if given in (sha256(attempt.case.expected).digest(), sha512(attempt.case.expected).digest()):
        return "You hashed it. Asked for are the bytes themselves: signing hashes them on its own."
    names = dict(zip(("client_random", "server_random", "message"), attempt.case.args, strict=True))
    found = [piece for piece in pieces(given, names) if piece.name]
    order = [piece.name for piece in found]
    cut = next((piece for piece in found if piece.name == "message"), None)
    return (_missing(order, cut, message) or _order_trouble(order)
            or _params_trouble(message, cut.start, cut.end))


def _missing(order: list[str], cut: Piece | None, message: bytes) -> str:
    if not order:
        return ("None of this is in the input. Only pieces of the input are signed, joined with "
                "+ and not changed.")
    if order == ["message"] and cut.start >= 8 + message[7]:
        return "That is the signature itself, or a part of it. Asked for is what it covers."
    if order == ["message"]:
        return ("Only bytes of the message. The signature also covers what makes this handshake "
                "different from all others: both randoms.")
    if cut is None:
        return ("The parameters are missing: the part of the message from behind its header to "
                "the end of the share.")
    for name, side in (("client_random", "client"), ("server_random", "server")):
        if name not in order:
            return f"The {side}'s random is missing: both randoms are signed."
    return ""


def _order_trouble(order: list[str]) -> str:
    if order[0] == "message" or order[1] == "message":
        return "Another order: both randoms come first, then the parameters."
    if order[0] == "server_random":
        return "The order of the randoms: the side that speaks first comes first."
    if len(order) > 3:
        return f"You joined {len(order)} pieces. Three are signed, one straight behind the other."
    return ""


def _params_trouble(message: bytes, start: int, end: int) -> str:
    if (start, end) == (0, len(message)):
        return ("You took the whole message, with its 4-byte header and the signature. The "
                "signature covers only the parameters: curve and share.")
    said = ""
    if start < 4:
        said = "The message's own header (4 bytes) is not signed."
    elif 4 < start < 8:
        said = "The parameters begin earlier: with the curve type, straight behind the header."
    elif start >= 8:
        said = "The curve and the length in front of the share are signed, too."
    if end > 9 + message[7]:
        return f"{said} Behind the share comes the signature: it cannot sign itself.".strip()
    return f"{said} {_end_trouble(message, end)}".strip()


SIGNED = Exercise(
    "08-signed-bytes", "What the server signed", "medium", 8,
    FunctionForm(BytesForm(), ("client_random", "server_random", "message")),
    from_recordings(_ECDHE, _signed),
    [
        Wrong("server first", lambda client, server, message:
              server + client + message[4:8 + message[7]],
              "The right pieces, but the client's random comes first here."),
        Wrong("no randoms", lambda client, server, message: message[4:8 + message[7]],
              "Without the randoms the signature would fit every handshake, and an impostor could "
              "play it back."),
        Wrong("the header too", lambda client, server, message:
              client + server + message[:8 + message[7]],
              "The message's own 4-byte header (type and length) is not signed."),
        Wrong("the signature too", lambda client, server, message: client + server + message[4:],
              "Everything after the share is the signature itself. It cannot sign itself."),
        Wrong("only the share", lambda client, server, message:
              client + server + message[8:8 + message[7]],
              "The curve and the length belong to the signed parameters as well: otherwise "
              "somebody could swap the curve."),
        Wrong("without the length", lambda client, server, message:
              client + server + message[4:7] + message[8:8 + message[7]],
              "The byte with the length of the share is missing: it is signed too."),
    ],
    "A signature says exactly as much as the bytes under it. To know what a protocol promises, "
    "look at what is signed.",
    "Replace the ... in the function by a return of bytes joined with +.", _signed_trouble)
