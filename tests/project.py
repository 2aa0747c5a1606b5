"""What tests ask about the project itself: its files, its requirements, its imports."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement

from tools.lock import normalised, read_pins

ROOT = Path(__file__).resolve().parent.parent
FIRST_PARTY = {"conftest", "helpers", "tests", "tools"}


def read(name: str) -> str:
    """The text of a file, named from the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, set[str]]:
    """{package: its versions} of a requirements file: several where Pythons differ."""
    found: dict[str, set[str]] = {}
    for package, version in read_pins(read(name)):
        found.setdefault(package, set()).add(version)
    return found


def ranges(group: str | None = None) -> dict[str, Requirement]:
    """{package: its range} in pyproject.toml: at run time, or of one dependency group."""
    project = tomllib.loads(read("pyproject.toml"))
    entries = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    return {normalised(entry.name): entry for entry in map(Requirement, entries)}


@cache
def tracked() -> tuple[str, ...]:
    """Every file that git keeps or would keep, named from the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(name for name in listed.splitlines() if (ROOT / name).is_file())


def sources(*folders: str) -> Iterator[str]:
    """The Python files and notebooks among the tracked files of `folders`."""
    for name in tracked():
        if name.split("/")[0] in folders and name.endswith((".py", ".ipynb")):
            yield name


def code_of(name: str) -> str:
    """The Python in a file; of a notebook, its code cells one after the other."""
    text = read(name)
    if not name.endswith(".ipynb"):
        return text
    cells = json.loads(text)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def imported_modules(code: str, *, package: str = "") -> set[str]:
    """The full dotted names that `code` imports, anywhere in it.

    `package` is the package that the code stands in, for its relative imports. Of
    `from a.b import c` both `a.b` and `a.b.c` are given: c may be a module or a name.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, package)
            found.add(base)
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return found


def absolute(node: ast.ImportFrom, package: str) -> str:
    """The dotted module that a `from ... import` names."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    parts = parts[: len(parts) - node.level + 1]
    return ".".join([*parts, node.module] if node.module else parts)


def package_of(name: str) -> str:
    """The dotted package that the file `name` stands in."""
    return ".".join(Path(name).parent.parts)


@cache
def installed() -> Mapping[str, list[str]]:
    """{top-level module: the distributions that bring it}."""
    return packages_distributions()


def packages_behind(name: str) -> set[str]:
    """The distributions, beyond Python and the project, that a file imports; '?x' if unknown."""
    modules = imported_modules(code_of(name), package=package_of(name))
    tops = {module.split(".")[0] for module in modules}
    known = installed()
    outside = tops - FIRST_PARTY - set(sys.stdlib_module_names) - {"__future__"}
    return {normalised(known[top][0]) if top in known else f"?{top}" for top in outside}


def readme_commands() -> set[str]:
    """Every make target that the README tells a reader to run."""
    return set(re.findall(r"(?:^|`)make ([a-z-]+)", read("README.md"), flags=re.MULTILINE))
