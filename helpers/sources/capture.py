"""Recordings: a Conversation in a file, so that its bytes are the same for every learner.

The file is JSON: {"title", "about", "crossings": [{"sender", "hex"}], "keylog": [lines]}.
"""

from __future__ import annotations

import json
from pathlib import Path

from helpers import lab
from helpers.conversation import CLIENT, SERVER, Conversation, Crossing

_FOLDER = lab.DATA / "recordings"


def names() -> list[str]:
    """The recordings in data/recordings, by name."""
    return sorted(path.stem for path in _FOLDER.glob("*.json"))


def load(name: str) -> Conversation:
    """A recording with the secrets its OpenSSL wrote down. Raises ValueError for an unknown name
    or a file that is no recording, saying what to do."""
    if name not in names():
        raise ValueError(f"There is no recording called {str(name)[:40]!r}. There are: "
                         f"{', '.join(names())}.")
    return read(_FOLDER / f"{name}.json")


def read(path: Path) -> Conversation:
    """The recording in a file. Raises ValueError if it is none."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        crossings = [(item["sender"], bytes.fromhex(item["hex"])) for item in stored["crossings"]]
        keylog, title = [str(line) for line in stored["keylog"]], str(stored["title"])
    except (ValueError, KeyError, TypeError, OSError, RecursionError) as problem:
        raise ValueError(f"{path.name} is not a recording of this course "
                         f"({type(problem).__name__}: {problem}).") from None
    if any(sender not in (CLIENT, SERVER) for sender, _ in crossings):
        raise ValueError(f"{path.name} names a sender other than {CLIENT} and {SERVER}.")
    return Conversation(tuple(Crossing(sender, data, data) for sender, data in crossings),
                        tuple(keylog), title=title)


def save(conversation: Conversation, path: Path, about: str) -> None:
    """Writes what was sent, in order, and the key log. `about` says how it was made."""
    stored = {"title": conversation.title, "about": about,
              "crossings": [{"sender": item.sender, "hex": item.sent.hex()}
                            for item in conversation.crossings],
              "keylog": list(conversation.keylog)}
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def keylog_text(conversation: Conversation) -> str:
    """The secrets as a key log file that Wireshark reads (RFC 9850)."""
    return "".join(f"{line}\n" for line in conversation.keylog)
