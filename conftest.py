"""Shared by tests/ and by nbval's runs of notebooks/; it stands in the root to reach both."""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

BYTECODE = Path(__file__).parent / "build" / "bytecode"


def pytest_configure(config: pytest.Config) -> None:
    """Keep tests, and the kernels that nbval starts, away from the learner's own progress.

    A fixture would be too late: nbval's cells do not ask for any.
    """
    folder = tempfile.TemporaryDirectory()
    config.add_cleanup(folder.cleanup)
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    patch.setenv("COURSE_PROGRESS_FILE", str(Path(folder.name) / "progress.json"))
    if sys.dont_write_bytecode and "PYTHONPYCACHEPREFIX" not in os.environ:
        keep_bytecode(config, patch)


def keep_bytecode(config: pytest.Config, patch: pytest.MonkeyPatch) -> None:
    """Where Python must not put bytecode beside its sources, let it lie in build/ for these tests.

    They start some sixty kernels, and each would compile all that it imports once more.
    """
    patch.delenv("PYTHONDONTWRITEBYTECODE")
    patch.setenv("PYTHONPYCACHEPREFIX", str(BYTECODE))
    passing = Path(tempfile.gettempdir()).resolve()  # copies of the course that tests have made
    of_passing = BYTECODE / passing.relative_to(passing.anchor)
    config.add_cleanup(lambda: shutil.rmtree(of_passing, ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, or one worker would wait for the other at the end."""
    items.sort(key=lambda item: place_of(item.nodeid))


def place_of(nodeid: str) -> int:
    """Browser tests are one long scope; notebooks, and tools that run some, are of the longer."""
    long = ("tests/browser/", "notebooks/", "tests/tools/")
    return next((place for place, start in enumerate(long) if nodeid.startswith(start)), len(long))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A notebook that shows progress shows its own: not what tests before it have solved."""
    name = item.path.stem if item.path.suffix == ".ipynb" else "progress"
    kept = Path(os.environ["COURSE_PROGRESS_FILE"])
    os.environ["COURSE_PROGRESS_FILE"] = str(kept.with_name(f"{name}.json"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With --dist loadscope, let the tests of a file that are about one notebook stay together.

    What they share is then prepared once for each notebook, and the slow work of one does not wait
    for that of another. The cells of a notebook always share the kernel that nbval starts.
    """
    if config.getvalue("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByNotebook(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return scope_of(nodeid)

    return ByNotebook(config, log)


def scope_of(nodeid: str) -> str:
    """The file of a test, and in tests/notebooks the number of the notebook it is about.

    The browser tests of all files stay together: they share one JupyterLab and one browser.
    """
    file, _, test = nodeid.partition("::")
    if file.startswith("tests/browser/"):
        return "tests/browser"
    about = re.search(r"\[(\d\d)[-\]]", test) if file.startswith("tests/notebooks/") else None
    return f"{file} {about[1]}" if about else file
