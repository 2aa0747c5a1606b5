"""Is a notebook the same every time? `python -m tools.soak [TIMES] [FILES]` (`make soak TIMES=20`).

Runs nbval, strict, over the notebooks (all of them, if none is named) so many times, each time
with new kernels and another seed for Python's hashes, and prints what differed. The exit code is 1
as soon as one round found a difference. For changes to what a notebook prints: an output that is
true of almost every run is a test that fails on somebody else.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def command(files: Sequence[str], jobs: int) -> list[str]:
    """What one round runs."""
    return [
        *(sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider"),
        *(("-n", str(jobs), "--dist", "loadscope") if jobs > 1 else ()),
        *(files or ["notebooks"]),
    ]


def one_round(files: Sequence[str], jobs: int, number: int) -> str:
    """What pytest said when something differed, or "" when nothing did."""
    seeded = os.environ | {"PYTHONHASHSEED": str(number)}
    done = subprocess.run(
        command(files, jobs), cwd=ROOT, env=seeded, capture_output=True, text=True
    )
    return (done.stdout + done.stderr) if done.returncode else ""


def soak(times: int, files: Sequence[str], jobs: int) -> int:
    """Run so many rounds, telling how each went; the number of rounds that differed."""
    different = 0
    for number in range(1, times + 1):
        began = time.monotonic()
        said = one_round(files, jobs, number)
        different += bool(said)
        took = time.monotonic() - began
        print(f"round {number} of {times}: {'DIFFERENT' if said else 'the same'}, {took:.0f} s",
              flush=True)  # fmt: skip
        if said:
            print(said, flush=True)
    return different


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: 0 when every round gave what is committed, 1 when one did not."""
    summary = __doc__.split("\n", 1)[0]
    parser = argparse.ArgumentParser(prog="python -m tools.soak", description=summary)
    parser.add_argument("times", nargs="?", type=int, default=20, help="rounds (default: 20)")
    parser.add_argument("files", nargs="*", help="notebooks (default: all of them)")
    parser.add_argument("--jobs", type=int, default=2, help="notebooks at a time (default: 2)")
    options = parser.parse_args(arguments)
    different = soak(options.times, options.files, options.jobs)
    print(f"{different} of {options.times} rounds differed")
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main())
