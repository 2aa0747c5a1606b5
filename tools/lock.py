"""Write the exact versions down: `python -m tools.lock [--upgrade]`.

From the ranges in pyproject.toml: requirements.txt (run time), requirements-dev.txt
(development tools, in agreement with the first), tools/requirements-uv.txt (the installer),
and the versions of the direct packages in environment.yml. Pins that still fit their range
stay as they are unless --upgrade is given.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tools import preflight

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Written by `make lock` from the ranges in pyproject.toml. Do not edit.\n"
OLDEST = ".".join(map(str, preflight.OLDEST))
FILES = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-dev.txt": ["--group", "dev", "--constraints", "requirements.txt"],
    "tools/requirements-uv.txt": ["--group", "uv"],
}


def main(arguments: list[str] | None = None) -> None:
    """Resolve all three files, then copy the direct versions to environment.yml."""
    parser = argparse.ArgumentParser(prog="python -m tools.lock", description="Lock the versions.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    options = parser.parse_args(arguments)
    for output, source in FILES.items():
        compile_lock(output, source, upgrade=options.upgrade)
    environment = ROOT / "environment.yml"
    pins = dict(read_pins((ROOT / "requirements.txt").read_text("utf-8")))
    environment.write_text(with_pins(environment.read_text("utf-8"), pins, direct_names()), "utf-8")


def compile_lock(output: str, source: list[str], *, upgrade: bool) -> None:
    """Resolve `source` for every platform and every Python that the course runs on."""
    flags = ["--universal", "--python-version", OLDEST, "--generate-hashes", "--no-header"]
    if upgrade:
        flags.append("--upgrade")
    uv = [sys.executable, "-m", "uv", "pip", "compile", "--quiet"]
    if subprocess.run([*uv, *flags, "-o", output, *source], cwd=ROOT).returncode != 0:
        preflight.stop(f"{output} was not written: uv could not resolve it, for the reason above.")
    path = ROOT / output
    path.write_text(HEADER + path.read_text("utf-8"), "utf-8")


def read_pins(text: str) -> list[tuple[str, str]]:
    """(normalised name, version) of every `name==version` line of a requirements file."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, flags=re.MULTILINE)
    return [(normalised(name), version) for name, version in found]


def normalised(name: str) -> str:
    """A package name as the index compares it: lower case, `-` for `_` and `.`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def direct_names() -> list[str]:
    """The names in [project] dependencies, as written there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [re.match(r"[A-Za-z0-9._-]+", entry).group() for entry in project["dependencies"]]


def with_pins(environment: str, pins: dict[str, str], names: list[str]) -> str:
    """`environment` (text of environment.yml) with its `- pip:` list written anew."""
    head, found, _ = environment.partition("  - pip:\n")
    if not found:
        preflight.stop("environment.yml has no line '  - pip:': put it back at the end.")
    return head + found + "".join(f"      - {name}=={pins[normalised(name)]}\n" for name in names)


if __name__ == "__main__":
    main()
