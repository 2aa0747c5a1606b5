"""Make .venv and install the locked packages into it: `python -m tools.setup [--dev]`.

Nothing is done twice. `.venv/installed.json` holds the SHA-256 of each requirements file
that was installed; the same contents mean there is nothing to do. An installation that was
cut short leaves its mark there too, and the next run then begins from an empty .venv.

uv does the installing, because it is about ten times as fast as pip. pip brings uv, and takes
over when uv cannot be had or cannot reach the package index (uv does not read pip's settings).
Every package is checked against the hashes in the requirements files.

This file keeps to a syntax that Python 3.6 reads, so that an old Python gets a sentence.
It does not remove packages that are no longer named: `make clean setup` does.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tools import preflight

preflight.require_python()

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
UV = "tools/requirements-uv.txt"
STAMP, INTERRUPTED = "installed.json", "interrupted"


def main(arguments: list[str] | None = None) -> None:
    """Bring the virtual environment up to date; leave with one sentence if that fails."""
    options = parse(arguments)
    began = time.monotonic()
    try:
        changed = bring_up_to_date(ROOT / options.venv, options)
    except preflight.Refused as refused:
        preflight.stop(refused)
    took = f" after {time.monotonic() - began:.0f} s" if changed else ": nothing to do"
    print(f"{options.venv} is ready{took}.", flush=True)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.setup", description="Set the course up.")
    parser.add_argument("--dev", action="store_true", help="also install the development tools")
    parser.add_argument("--venv", default=".venv", help="folder of the virtual environment")
    parser.add_argument(
        "--this-python", action="store_true", help="rebuild what another Python made"
    )
    return parser.parse_args(arguments)


def bring_up_to_date(venv: Path, options: argparse.Namespace) -> bool:
    """Create `venv` and install what is missing; True when anything had to be done."""
    stamp = venv / STAMP
    done = read_stamp(stamp)
    created = False
    if not usable(venv, done, this_python=options.this_python):
        preflight.check_folder(str(venv.parent))
        create(venv)
        done, created = {}, True
    files = [RUNTIME, DEVELOPMENT] if options.dev else [RUNTIME]
    missing = [name for name in files if done.get(name) != digest(ROOT / name)]
    if missing:
        preflight.check_folder(str(venv))
        write_stamp(stamp, {INTERRUPTED: True})
        install(venv, missing)
        done.update({name: digest(ROOT / name) for name in missing})
        write_stamp(stamp, done)
    return created or bool(missing)


def usable(venv: Path, done: dict, *, this_python: bool) -> bool:
    """Whether `venv` is whole, new enough and, if asked for, of this very Python version."""
    if INTERRUPTED in done:
        return False
    python = str(python_of(venv))
    ask = [python, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, check=True)
        if not done:  # not made here, or cut short before anything was installed
            subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    version = tuple(int(part) for part in answer.stdout.split())
    return version >= preflight.OLDEST and (not this_python or version == sys.version_info[:2])


def create(venv: Path) -> None:
    """Make an empty virtual environment, with pip, in the place of an older one.

    Raises preflight.Refused if anything else is there: making it would erase that.
    """
    refuse_to_erase(venv)
    print(f"Creating {venv.name} with Python {sys.version.split()[0]} ...", flush=True)
    python = getattr(sys, "_base_executable", sys.executable)
    command = [python, "-m", "venv", "--clear", str(venv)]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode != 0:
        detail = (made.stderr or made.stdout).strip().splitlines()
        raise preflight.Refused(
            f"Python could not make the virtual environment {venv.name} "
            f"({detail[-1] if detail else 'no reason given'}): on Debian and Ubuntu, "
            "apt install python3-venv adds what is missing."
        )


def refuse_to_erase(venv: Path) -> None:
    """Raises preflight.Refused unless `venv` is free, empty, or a virtual environment."""
    place = venv.resolve()
    ours = (venv / "pyvenv.cfg").is_file()
    if place == ROOT.resolve() or place in ROOT.resolve().parents:
        raise preflight.Refused(
            f"The virtual environment cannot be {place}, which holds the course itself: leave "
            "VENV away, or name a new folder."
        )
    if venv.is_symlink() and not venv.exists():
        raise preflight.Refused(f"{venv.name} is a link to nothing: delete it and run this again.")
    if venv.exists() and not venv.is_dir():
        raise preflight.Refused(f"{venv.name} is a file, not a folder: move it away first.")
    if venv.exists() and not ours and any(item.name != STAMP for item in venv.iterdir()):
        raise preflight.Refused(
            f"{place} is not empty and not a virtual environment: nothing was touched. "
            "Name another folder, or move that one away."
        )


def install(venv: Path, files: list[str]) -> None:
    """Install the hashed requirements `files`, with uv if it can be had and else with pip."""
    print(f"Installing {' and '.join(files)} ...", flush=True)
    python = str(python_of(venv))
    chosen = [part for name in files for part in ("-r", str(ROOT / name))]
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
    if succeeds([*pip, "--quiet", "-r", str(ROOT / UV)], hide=True):
        uv = [python, "-m", "uv", "pip", "install", *quiet, "--python", python, "--require-hashes"]
        if succeeds([*uv, *chosen]):
            return
    print("uv could not be had, or could not install: pip tries, and is slower ...", flush=True)
    if not succeeds([*pip, *quiet, *chosen]):
        raise preflight.Refused(
            "The packages could not be installed, for the reason given above: "
            "if it is the network, run the same command again when that is back."
        )


def succeeds(command: list[str], *, hide: bool = False) -> bool:
    """Run `command` in the root folder; `hide` shows nothing of what it prints."""
    where = subprocess.DEVNULL if hide else None
    return subprocess.run(command, cwd=ROOT, stdout=where, stderr=where).returncode == 0


def python_of(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_stamp(path: Path) -> dict:
    """What was installed; nothing when there is no stamp, or one that cannot be read."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError):
        return {INTERRUPTED: True}
    return found if isinstance(found, dict) else {INTERRUPTED: True}


def write_stamp(path: Path, done: dict) -> None:
    path.write_text(json.dumps(done, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
