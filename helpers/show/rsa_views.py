"""How experiments with RSA ended: keys, moduli that fall, a sealed auction, a talkative server."""

from __future__ import annotations

from html import escape

from helpers.experiments.rsa_auction import Auction
from helpers.experiments.rsa_keys import KeyTrial
from helpers.experiments.rsa_oracle import MESSAGE, SIZE, Knowledge
from helpers.experiments.rsa_weak import Attack

from .figure import Figure, Html
from .look import SMALLEST, chip, panel, tone
from .svg import Canvas
from .values import count

_WIDE, _TALL, _LEFT, _TOP, _COLUMNS = 42, 26, 58, 36, 15
_MARKS = {"good": "", "quiet": "=", "trouble": "!"}


def key_trial_view(trial: KeyTrial) -> Html:
    """The verdict on p, q and e, and the ciphertext of every message."""
    if trial.refused:
        verdict, words = chip("no key", "trouble"), trial.refused
    else:
        verdict = chip("a key", "good")
        words = f"public: n = {trial.n}, e = {trial.e}. Private: d = {trial.d}."
    facts = [_crowd(trial), f"{count(len(trial.unchanged), 'message')} of {trial.n} unchanged."]
    said = f"{words} {' '.join(filter(None, facts))}"
    picture = key_map(trial)
    return Html(panel(f"{verdict} {escape(said)}") + picture.html, f"{said}\n{picture.text}")


def _crowd(trial: KeyTrial) -> str:
    if not trial.lost:
        return f"All {trial.n} messages come back."
    if len(trial.crowd) > 1:
        crowd = ", ".join(map(str, trial.crowd[:6])) + (" …" if len(trial.crowd) > 6 else "")
        return (f"{count(len(trial.lost), 'message')} of {trial.n} cannot be read again: "
                f"{crowd} have the same ciphertext.")
    return (f"{count(len(trial.lost), 'message')} of {trial.n} come back wrong: message "
            f"{trial.lost[0]} comes back as {trial.back[trial.lost[0]]}.")


def key_map(trial: KeyTrial) -> Figure:
    """A box for every message, holding its ciphertext."""
    lost, same = set(trial.lost), set(trial.unchanged)
    rows = -(-trial.n // _COLUMNS)
    canvas = Canvas(_LEFT + _COLUMNS * _WIDE + 10, _TOP + rows * _TALL + 34)
    for column in range(min(_COLUMNS, trial.n)):
        canvas.text(_LEFT + column * _WIDE + _WIDE / 2, 24, f"+{column}", anchor="middle",
                    size=SMALLEST)
    for row in range(rows):
        canvas.text(_LEFT - 8, _TOP + row * _TALL + 17, str(row * _COLUMNS), anchor="end",
                    size=SMALLEST)
    for message, sealed in enumerate(trial.ciphertexts):
        look = "trouble" if message in lost else "quiet" if message in same else "good"
        x, y = _LEFT + message % _COLUMNS * _WIDE, _TOP + message // _COLUMNS * _TALL
        _cell(canvas, x, y, f"{sealed}{_MARKS[look]}", look)
    for x, words in ((_LEFT, "! does not come back"), (_LEFT + 200, "= is its own ciphertext")):
        canvas.text(x, _TOP + rows * _TALL + 22, words, size=SMALLEST)
    some = ", ".join(f"{one} to {trial.ciphertexts[one]}" for one in range(2, min(trial.n, 7)))
    return Figure(canvas, alt=(f"The ciphertexts of all {trial.n} messages: {len(lost)} do not "
                               f"come back, {len(same - lost)} others are unchanged. Encrypted: "
                               f"{some} and so on."),
                  caption=f"Every message from 0 to {trial.n - 1} and its ciphertext. The message "
                          "is the number of the row plus that of the column.")


def _cell(canvas: Canvas, x: float, y: float, words: str, look: str) -> None:
    plain = tone(look)
    canvas.rect(x + 1, y + 1, _WIDE - 2, _TALL - 2, fill=plain.fill, stroke=plain.line, thick=1,
                dash="3 2" if look == "trouble" else None)
    canvas.text(x + _WIDE / 2, y + 18, words, anchor="middle", size=SMALLEST, mono=True,
                fill=plain.text)


def attack_view(attack: Attack) -> Html:
    """Whether a modulus fell to an attack, and after how many steps."""
    if attack.factor is None:
        words = {"divide": f"{count(attack.steps, 'divisor')} tried, none of them divides n.",
                 "close": f"{count(attack.steps, 'step')} away from the root of n, nothing found.",
                 "shared": f"Compared with {count(attack.steps, 'other modulus', 'other moduli')}: "
                           "no factor in common."}[attack.attack]  # fmt: skip
        verdict = chip("stands", "quiet")
    else:
        bits = attack.factor.bit_length()
        factor = (f"the factor {attack.factor}" if bits < 64 else
                  f"a factor of {bits} bits, {hex(attack.factor)[:14]}…")
        verdict, words = chip("falls", "trouble"), (
            f"After {count(attack.steps, 'step')}: {factor}. Whoever has it computes the private "
            "key as the owner does.")
    said = f"{attack.target}, modulus of {attack.bits} bits."
    return Html(panel(f"{verdict} <strong>{escape(said)}</strong> {escape(words)}"),
                f"{said} {words}")


def auction_view(auction: Auction) -> Html:
    """What the rival learned, or what the auctioneer reads in the forged bid."""
    how = ("textbook RSA" if auction.padding == "none" else "OAEP")
    head = f"Bid {auction.bid}, {how}, e = {auction.e}."
    words = _found(auction) if auction.attack != "double" else _forged(auction)
    verdict = chip("broken", "trouble") if auction.broken else chip("holds", "good")
    return Html(panel(f"{verdict} <strong>{escape(head)}</strong> {escape(words)}"),
                f"{head} {words}")


def _found(auction: Auction) -> str:
    if auction.learned is not None:
        return (f"After {count(auction.tries, 'try', 'tries')} the rival knows that the bid is "
                f"{auction.learned}.")
    if auction.attack == "root":
        return (f"The {auction.e}th root of the ciphertext is no whole number: the rival learns "
                "nothing." if auction.e > 3 else
                "The cube root of the ciphertext is no whole number: the rival learns nothing.")
    return (f"The rival encrypted all {auction.tries} possible bids. None of the ciphertexts is "
            "the one that was sent.")


def _forged(auction: Auction) -> str:
    if auction.received is not None:
        return (f"The auctioneer decrypts the rival's bid and reads {auction.received}. The rival "
                "wins without knowing either number.")
    return "The auctioneer's decryption finds broken padding and refuses the rival's bid."


def oracle_view(knowledge: Knowledge) -> Html:
    """What the stranger knows of the block: certain bytes, and what is still open."""
    picture = oracle_map(knowledge)
    known = len(knowledge.certain)
    text = knowledge.certain.partition(b"\0")[2].partition(b"\0")[2].decode("ascii", "replace")
    message = f"“{text}{'…' if known < SIZE else ''}”" if text else "nothing yet"
    answer = f" Last answer: {knowledge.answer}." if knowledge.answer else ""
    said = (f"{count(knowledge.questions, 'question')} asked.{answer} Certain: "
            f"{known} of {SIZE} bytes. Of the message: {message}")
    left = ("The block is known. Nothing is left to ask." if knowledge.open_bits == 0 else
            f"The block is one of about 2^{knowledge.open_bits} numbers.")
    tone_name = "trouble" if text else "quiet"
    return Html(panel(f"{chip('read' if known == SIZE else 'still open', tone_name)} "
                      f"{escape(said)}. {left}") + picture.html,
                f"{said}. {left}\n{picture.text}")


def oracle_map(knowledge: Knowledge) -> Figure:
    """The block's bytes: the certain ones in hex with their letters, the others as question
    marks."""
    step = (700 - 20) / SIZE
    canvas = Canvas(700, 106)
    for at in range(SIZE):
        sure = at < len(knowledge.certain)
        look = tone("secret" if sure else "eavesdropper")
        x = 10 + at * step
        canvas.text(x + step / 2, 22, str(at), anchor="middle", size=SMALLEST)
        canvas.rect(x + 1, 30, step - 2, 28, fill=look.fill, stroke=look.line, thick=1,
                    dash=None if sure else "3 2")
        value = knowledge.certain[at] if sure else 0
        canvas.text(x + step / 2, 49, f"{value:02x}" if sure else "?", anchor="middle", mono=True,
                    size=SMALLEST, fill=look.text)
        if sure and at >= SIZE - len(MESSAGE):
            canvas.text(x + step / 2, 75, chr(value).replace(" ", "␣"), anchor="middle", mono=True,
                        size=15, bold=True)
    canvas.text(10, 94, "upper line: byte number; below: hex, and the letter it stands for",
                size=SMALLEST)
    known = knowledge.certain.hex(" ") or "none"
    return Figure(canvas, alt=f"The first {len(knowledge.certain)} of {SIZE} bytes are certain: "
                              f"{known}.",
                  caption=f"The decrypted block, {SIZE} bytes, as far as the stranger knows it.")
