"""Made-up bytes for every parser and both state machines: `python -m tools.fuzz [target ...]
[--seconds N] [--jobs N]` (`make fuzz`).

The targets are those of tests/tls/hostile/targets.py. atheris drives them where it is installed
(Linux on x86-64, Python 3.11 to 3.13): it watches which lines a run reaches and keeps what reaches
new ones, in build/fuzz/<target>, where the next run begins. Elsewhere hypothesis does, without
such a memory. An input that breaks a promise is printed and kept; the exit code is then 1.

Each target runs in a process of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "build" / "fuzz"
MOST_BYTES = 4096
SLOWEST = 10  # seconds for one input: more is a finding too


def driver() -> str:
    """What drives the targets here."""
    return "atheris" if importlib.util.find_spec("atheris") else "hypothesis"


def with_atheris(name: str, seconds: int) -> None:
    """Does not come back: libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["helpers.tls", "helpers.wire"]):
        from tests.tls.hostile import targets

    corpus = _corpus(name, targets.seeds(name))
    atheris.Setup([sys.argv[0], str(corpus), f"-max_total_time={seconds}",
                   f"-max_len={MOST_BYTES}", f"-timeout={SLOWEST}", "-verbosity=0",
                   "-print_final_stats=1", f"-artifact_prefix={CORPUS}/broken-{name}-"],
                  targets.TARGETS[name])
    atheris.Fuzz()


def _corpus(name: str, seeds: list[bytes]) -> Path:
    """The folder with what was found before, and honest bytes to begin with."""
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    for data in seeds:
        (folder / hashlib.sha256(data).hexdigest()[:20]).write_bytes(data[:MOST_BYTES])
    return folder


def with_hypothesis(name: str, seconds: int) -> int:
    """Runs the target on what hypothesis draws until the time is over; how many inputs that was.
    Raises what the target raises, on the smallest input that hypothesis found."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st

    from tests.tls.hostile import targets

    target, honest, count = targets.TARGETS[name], targets.seeds(name), 0
    until = time.monotonic() + seconds

    @st.composite
    def made_up(draw: Callable) -> bytes:
        data = bytearray(draw(st.one_of(st.binary(max_size=400), st.sampled_from(honest))))
        for _ in range(draw(st.integers(0, 4)) if data else 0):
            data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
        return bytes(data)

    while time.monotonic() < until:
        @seed(count)
        @settings(max_examples=500, deadline=None, database=None,
                  phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck))
        @given(made_up())
        def once(data: bytes) -> None:
            nonlocal count
            count += 1
            target(data)

        once()
    return count


def run_alone(name: str, seconds: int) -> tuple[bool, str]:
    """One target in a process of its own: whether it held, and what it said last."""
    command = [sys.executable, "-m", "tools.fuzz", "--alone", name, "--seconds", str(seconds)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace",
                              timeout=3 * seconds + 120)
    except subprocess.TimeoutExpired:
        return False, "it did not end by itself"
    said = done.stdout + done.stderr
    if done.returncode:
        return False, said[-4000:]
    inputs = [line.split()[-1] for line in said.splitlines()
              if line.startswith(("stat::number_of_executed_units", "inputs:"))]
    return True, f"{int(inputs[-1]):,} inputs" if inputs else "it said nothing"


def main(arguments: list[str] | None = None) -> None:
    """Runs the targets asked for (all, if none is), and says which held."""
    from tests.tls.hostile.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description="Made-up bytes.")
    parser.add_argument("targets", nargs="*", metavar="target", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target (60)")
    parser.add_argument("--jobs", type=int, default=2, help="so many at once (2)")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.targets if name not in TARGETS]:
        raise SystemExit(f"No target is called {', '.join(unknown)}. There are: "
                         f"{', '.join(TARGETS)}.")
    names, held = options.targets or list(TARGETS), True
    print(f"{driver()} drives {len(names)} targets, {options.seconds} s each", flush=True)
    with ThreadPoolExecutor(options.jobs) as pool:
        for name, (good, said) in zip(names, pool.map(
                lambda name: run_alone(name, options.seconds), names), strict=True):
            held = held and good
            print(f"{name:16}{'holds' if good else 'BROKEN'}  {said}", flush=True)
    sys.exit(0 if held else 1)


def alone(name: str, seconds: int) -> None:
    """What the process of one target does."""
    if driver() == "atheris":
        with_atheris(name, seconds)
    else:
        print("inputs:", with_hypothesis(name, seconds))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        alone(sys.argv[2], int(sys.argv[4]))
    else:
        main()
