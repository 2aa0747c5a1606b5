"""Playing with RSA: make a key, break a modulus, attack an auction, look into a block, ask."""

from __future__ import annotations

from helpers.experiments.rsa_auction import ATTACKS as AUCTION_ATTACKS
from helpers.experiments.rsa_auction import MOST, hold_auction
from helpers.experiments.rsa_blocks import PADDINGS, seal_block
from helpers.experiments.rsa_keys import try_key
from helpers.experiments.rsa_oracle import MOST as MOST_QUESTIONS
from helpers.experiments.rsa_oracle import SERVERS, knowledge_of
from helpers.experiments.rsa_weak import ATTACKS, MODULI, attack_modulus
from helpers.show import attack_view, auction_view, block_view, key_trial_view, oracle_view

from .controls import Choice, Number
from .explorer import Explorer

_SIZES = {"1 byte": 1, "48 bytes": 48, "190 bytes": 190, "191 bytes": 191, "245 bytes": 245,
          "246 bytes": 246}  # fmt: skip


def make_a_key() -> Explorer:
    """Any p, q and e, good or bad, and what becomes of every message."""
    numbers = [3, 5, 7, 9, 11, 13]
    return Explorer(
        "Make a key",
        {
            "p": Choice("p", numbers, style="buttons", value=3),
            "q": Choice("q", numbers, style="buttons", value=11),
            "e": Number("e", 2, 40, value=3),
        },
        lambda p, q, e: key_trial_view(try_key(p, q, e)),
        question="With p = 5 and q = 11: which e up to 21 make a key, and which of those leaves "
        "every message as it is? For which three does it show d the same as e? Then take p = 9, "
        "which is no prime, and q = 5: does every e lose all messages?",
    )


def break_a_modulus() -> Explorer:
    """Five moduli of 2048 bits and three attacks that take milliseconds."""
    return Explorer(
        "Which of these moduli falls?",
        {
            "target": Choice("Whose modulus", list(MODULI), style="radio"),
            "attack": Choice("Attack", ATTACKS, style="radio"),
        },
        lambda target, attack: attack_view(attack_modulus(target, attack)),
        question="All five have 2048 bits. Which one stands against all three attacks, and which "
        "attack brings each of the others down?",
    )


def attack_the_auction() -> Explorer:
    """A sealed bid and a rival without the private key."""
    return Explorer(
        "Attack the sealed auction",
        {
            "bid": Number("Bid", 1, MOST, value=320),
            "e": Choice("Public exponent e", [3, 65537], style="buttons"),
            "padding": Choice("Padding", {"none (textbook RSA)": "none", "OAEP": "OAEP"},
                              style="buttons"),
            "attack": Choice("The rival's attack", AUCTION_ATTACKS, style="radio"),
        },
        lambda bid, e, padding, attack: auction_view(hold_auction(bid, e, padding, attack)),
        question="Which single attack is stopped by e = 65537, and which ones are stopped by OAEP? "
        "Which attack wins the auction without learning the bid?",
    )


def look_into_the_block() -> Explorer:
    """What RSA is applied to, byte by byte, for each padding."""
    return Explorer(
        "Look into the block",
        {
            "padding": Choice("Padding", dict(zip(("none (textbook RSA)", *PADDINGS[1:]), PADDINGS,
                                                  strict=True)), style="buttons"),
            "length": Choice("Message", _SIZES, style="dropdown", value=48),
            "which": Choice("Encrypted for the", {"first time": 1, "second time": 2},
                            style="buttons"),
        },
        lambda padding, length, which: block_view(seal_block(padding, _message(length), which)),
        question="Which paddings give another ciphertext the second time? How many bytes of "
        "message does each take at most, and in which block can you not see the message?",
    )


def _message(length: int) -> bytes:
    return (b"the same words again, " * 12)[:length]


def ask_the_server() -> Explorer:
    """A stranger asks a server about ciphertexts, and learns from how it answers."""
    return Explorer(
        "Ask the server",
        {
            "server": Choice("The server", SERVERS, style="radio"),
            "questions": Number("Questions asked", 0, MOST_QUESTIONS, value=0),
        },
        lambda server, questions: oracle_view(knowledge_of(server)[
            min(questions, len(knowledge_of(server)) - 1)]),
        question="After how many questions is the first letter of the message certain, and after "
        "how many all of it? And how much is certain when the server always answers the same?",
    )
