"""Programs that run beside a test: started with a list of words, ended by their own id."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress

START = 20.0  # seconds that a server may take to say that it listens
_TICK = 0.02


class Process:
    """A running program. Its standard output and error go to one file, `said` so far.

    What is in `say` stands in its standard input, which stays open while it runs: many clients
    take the end of their input for a wish to leave. Or it is `typed` at a terminal of its own,
    where ^D ends a text and another may follow. Use it as a context manager.
    """

    def __init__(self, command: Sequence[str], *, say: bytes = b"", typed: bytes = b"",
                 **environment: str):
        self.command = list(command)
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        reads, self._input = os.openpty()[::-1] if typed else os.pipe()
        os.write(self._input, say or typed)
        self._process = subprocess.Popen(
            self.command, stdin=reads, stdout=self._file, stderr=subprocess.STDOUT,
            env={**os.environ, **environment}, start_new_session=True)
        os.close(reads)

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.over:
            self._signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
            self._signal(signal.SIGKILL)
            self._process.wait()
        os.close(self._input)
        self._last = self.said
        self._file.close()

    def _signal(self, number: int) -> None:
        """To the program and to what it started: some commands are scripts that start another."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    @property
    def said(self) -> str:
        if not self._file.closed:
            size = os.fstat(self._file.fileno()).st_size
            self._last = os.pread(self._file.fileno(), size, 0).decode("utf-8", "replace")
        return self._last

    @property
    def over(self) -> bool:
        return self._process.poll() is not None

    @property
    def code(self) -> int | None:
        """Its exit code, None while it runs."""
        return self._process.poll()

    def wait_for(self, pattern: str, seconds: float = START) -> re.Match[str]:
        """The first place where it says `pattern`. Raises TimeoutError, or RuntimeError if it
        ended before that, with what it said instead."""
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.said)):
            if self.over:
                raise RuntimeError(f"{self.command[0]} ended with {self.code}: {self.said[-2000:]}")
            if time.monotonic() > end:
                raise TimeoutError(f"{self.command[0]} did not say {pattern!r}: {self.said}")
            time.sleep(_TICK)
        return found


class Chain:
    """Commands one after the other; the next begins when the one before is over."""

    def __init__(self, commands: Sequence[Sequence[str]], *, say: bytes = b"",
                 typed: bytes = b"", **environment: str):
        self._left = [list(command) for command in commands]
        self._how = {"say": say, "typed": typed, **environment}
        self._done: list[Process] = []
        self._next()

    def _next(self) -> None:
        self._running = Process(self._left.pop(0), **self._how)
        self._done.append(self._running)

    def __enter__(self) -> Chain:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._done:
            process.__exit__()

    def over(self) -> bool:
        """True when the last is over; starts the next if one is due."""
        if not self._running.over:
            return False
        if self._left:
            self._next()
            return False
        return True

    @property
    def said(self) -> str:
        return "\n".join(process.said for process in self._done)

    @property
    def code(self) -> int | None:
        return self._running.code
