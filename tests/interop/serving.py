"""A peer's server while it runs, the same for all drivers."""

from __future__ import annotations

import re
import secrets
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.interop.processes import Process

_OURS = range(20_000, 30_000)


class Serving:
    """`port` on 127.0.0.1, and what the program `said`."""

    def __init__(self, process: Process, port: int, last_word: str | None):
        self._process, self.port, self._last_word = process, port, last_word

    @property
    def said(self) -> str:
        return self._process.said

    def finish(self, connections: int) -> None:
        """Waits a moment for the program to report on its last connection."""
        if self._last_word:
            end = time.monotonic() + 2
            while len(re.findall(self._last_word, self.said)) < connections \
                    and time.monotonic() < end:
                time.sleep(0.02)


@contextmanager
def serve(command: Sequence[str], listens: str, *, port: int, last_word: str | None = None,
          say: bytes = b"", **environment: str) -> Iterator[Serving]:
    """Runs a server until the end of the `with`. `listens` is the regular expression of its first
    words, and `last_word` that of its report on a connection."""
    with Process(command, say=say, **environment) as process:
        process.wait_for(listens)
        yield Serving(process, port, last_word)


def free_port() -> int:
    """A port that nobody has at this moment, and that no system gives out by itself.

    Among those that it does give out are the ports of kernels that have ended, where Jupyter goes
    on knocking for a while: a server that got one of them would report of a stranger who speaks no
    TLS.
    """
    while True:
        port = secrets.choice(_OURS)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:  # somebody has it
            continue
