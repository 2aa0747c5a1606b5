"""Tools that only some machines have: a visible skip without them, or a failure if so asked."""

import os
import shutil
import sys
from pathlib import Path

import pytest

# Every name under which a tool goes, the most usual first.
NAMES = {
    "chromium": (
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "msedge",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
}


def find(tool: str) -> str | None:
    """The path of `tool`, or None. What a package of PyPI put beside Python comes first."""
    beside = str(Path(sys.executable).parent)
    names = NAMES.get(tool, (tool,))
    looks = (shutil.which(name, path=path) for path in (beside, None) for name in names)
    return next(filter(None, looks), None)


def need(tool: str) -> str:
    """The path of `tool`; skips the test that asks when this machine does not have it.

    With COURSE_REQUIRE_ALL=1 in the environment a missing tool fails the test instead.
    It does not check the tool's version, nor that it starts.
    """
    found = find(tool)
    if found:
        return found
    reason = f"{tool} is not installed here (looked for {', '.join(NAMES.get(tool, (tool,)))})"
    if os.environ.get("COURSE_REQUIRE_ALL") == "1":
        pytest.fail(f"{reason}, and COURSE_REQUIRE_ALL=1 asks for it", pytrace=False)
    pytest.skip(reason)
