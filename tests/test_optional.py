"""tests/optional.py: found, skipped with a reason, or failed when everything is required."""

import stat

import pytest

from tests.optional import NAMES, need


@pytest.fixture
def bare_path(tmp_path, monkeypatch):
    """A PATH with one empty folder on it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("COURSE_REQUIRE_ALL", raising=False)
    monkeypatch.setitem(NAMES, "chromium", ("chromium", "chromium-browser", "chrome"))
    return tmp_path


def put_tool(folder, name):
    path = folder / name
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_tool_on_the_path_is_found(bare_path):
    path = put_tool(bare_path, "tshark")
    assert need("tshark") == path


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "chrome"])
def test_chromium_goes_by_several_names(bare_path, name):
    path = put_tool(bare_path, name)
    assert need("chromium") == path


def test_a_missing_tool_is_a_skip_that_says_why(bare_path):
    with pytest.raises(pytest.skip.Exception, match="tshark is not installed here"):
        need("tshark")


def test_a_missing_tool_fails_when_all_are_required(bare_path, monkeypatch):
    monkeypatch.setenv("COURSE_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="COURSE_REQUIRE_ALL=1 asks for it"):
        need("tshark")


def test_what_a_package_put_beside_python_comes_first(bare_path, tmp_path, monkeypatch):
    folder = tmp_path / "venv"
    folder.mkdir()
    put_tool(bare_path, "node")
    monkeypatch.setattr("sys.executable", str(folder / "python"))
    assert need("node") == str(bare_path / "node")
    assert need("node") != put_tool(folder, "node") == need("node")
