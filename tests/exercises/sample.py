"""A small lesson of exercises for the tests of the machinery: no part of the course."""

from helpers.exercises import (
    BytesForm,
    Case,
    Exercise,
    FunctionForm,
    IntegerForm,
    Lazy,
    Option,
    Question,
    TextForm,
    Wrong,
)

SUITE = bytes.fromhex("c02f")
PAIRS = [(bytes(12), 1), (bytes(range(12)), 0x0102030405060708)]


def nonce(iv: bytes, sequence: int) -> bytes:
    """The right answer to 99-nonce (RFC 9846, section 5.3)."""
    return (int.from_bytes(iv, "big") ^ sequence).to_bytes(12, "big")


def _little(iv: bytes, sequence: int) -> bytes:
    return bytes(a ^ b for a, b in zip(iv, sequence.to_bytes(12, "little"), strict=True))


EXERCISES = [
    Exercise(
        slug="99-suite",
        title="Find the chosen cipher suite",
        level="easy",
        minutes=2,
        form=BytesForm(length=2),
        cases=lambda: [Case(SUITE)],
        wrong=[
            Wrong("offered first", b"\x13\x01", "That is the first suite the client offered."),
            Wrong("length too", Lazy(lambda: b"\x00\x02" + SUITE), "You kept the length in front."),
        ],
        why="Both sides must agree on it before anything can be encrypted.",
        start="Look for the suite after the session id in ServerHello.",
    ),
    Exercise(
        slug="99-number",
        title="How many bytes does the record hold?",
        level="easy",
        minutes=2,
        form=IntegerForm(),
        cases=lambda: [Case(123456)],
        wrong=[
            Wrong("header too", 123461, "You counted the 5 bytes of the header as well."),
            Wrong("reversed", 1 << 40, "You read the bytes in the other order."),
        ],
        why="A length is how a parser knows where to stop.",
        start="Read bytes 3 and 4.",
    ),
    Exercise(
        slug="99-name",
        title="Who speaks first?",
        level="easy",
        minutes=1,
        form=TextForm("a message name", synonyms={"hello of the client": "Client Hello"}),
        cases=lambda: [Case("client_hello")],
        wrong=[
            Wrong("server", "ServerHello", "The server answers; it does not begin."),
            Wrong("tcp", "SYN", "That is TCP, one floor below."),
        ],
        why="The client has to say what it can do before the server can choose.",
        start="Look at the first arrow.",
    ),
    Exercise(
        slug="99-nonce",
        title="Make the nonce of a record",
        level="hard",
        minutes=10,
        form=FunctionForm(returns=BytesForm(length=12), parameters=("iv", "sequence")),
        cases=lambda: [Case(nonce(*pair), pair, f"record {pair[1]}") for pair in PAIRS],
        wrong=[
            Wrong("iv only", lambda iv, sequence: iv, "Every record needs another nonce."),
            Wrong("little-endian", _little, "The sequence number is big-endian."),
        ],
        why="A nonce that is used twice gives the plaintext away.",
        start="Write the body of record_nonce.",
    ),
]
PREDICTIONS = [
    Question(
        "99-flip",
        "What happens when one bit of the ciphertext is flipped?",
        [
            Option("One bit of the text changes.", "That is so without a tag."),
            Option("The receiver refuses the record.", "The tag no longer fits.", right=True),
            Option("Nothing.", "Ciphertext has no spare bits."),
        ],
    )
]
QUIZ = [
    Question(
        "99-quiz-first",
        "Who sends the first message?",
        [
            Option("The client.", "It opens the connection.", right=True),
            Option("The server.", "It waits to be called."),
        ],
    ),
    Question(
        "99-quiz-random",
        "Is the server random a prime?",
        [
            Option("Yes.", "No number theory is done with it."),
            Option("No.", "It is 32 random bytes.", right=True),
        ],
    ),
]
