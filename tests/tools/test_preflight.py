"""Bad input to the commands gets one clear sentence and status 1, from real processes."""

import shutil
import socket
import stat
import sys
from pathlib import Path

import pytest

from tests.optional import need
from tests.tools.processes import run
from tools import preflight
from tools.preflight import Refused

TOO_OLD = "The course needs Python 3.11 or newer, and this is Python "


def assert_one_sentence(result, *parts):
    """Status 1 and, on stderr, one line that ends like a sentence and holds `parts`."""
    assert result.returncode == 1, result.stderr
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.endswith(".")
    assert not [part for part in parts if part not in line], line


@pytest.fixture
def busy_port():
    with socket.create_server((preflight.HOST, 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def read_only(tmp_path):
    """A folder in which nobody, root included, can make a file."""
    folder = Path("/proc/self") if Path("/proc/self").is_dir() else tmp_path
    mode = tmp_path.stat().st_mode
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    yield folder
    tmp_path.chmod(mode)


def old_pythons():
    """Pythons on this machine that are too old for the course and do run."""
    root = run("pyenv", "root").stdout.strip() if shutil.which("pyenv") else "~/.pyenv"
    kept = sorted(Path(root).expanduser().glob("versions/*/bin/python"))
    names = [shutil.which(f"python3.{minor}") for minor in range(6, 11)]
    for path in [*map(str, kept), *filter(None, names)]:
        answer = run(path, "-c", "import sys; print(sys.version_info < (3, 11))")
        if answer.stdout.strip() == "True":
            yield path


def test_an_old_python_is_told_so():
    found = list(old_pythons())
    if not found:
        pytest.skip("no Python older than 3.11 is on this machine")
    for python in found:
        assert_one_sentence(run(python, "tools/preflight.py", "python"), TOO_OLD)


@pytest.mark.parametrize("module", ["tools.setup", "tools.lab"])
def test_commands_run_by_hand_refuse_an_old_python_too(module):
    found = [python for python in old_pythons() if "/2." not in python]
    if not found:
        pytest.skip("no Python 3 older than 3.11 is on this machine")
    assert_one_sentence(run(found[0], "-m", module), TOO_OLD)


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10, 13)])
def test_the_oldest_python_is_3_11(version):
    with pytest.raises(Refused, match=rf"this is Python {version[0]}\.{version[1]}:"):
        preflight.check_python(version)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14), (4, 0)])
def test_newer_pythons_pass(version):
    preflight.check_python(version)


def test_this_python_passes_and_names_itself():
    result = run(sys.executable, "tools/preflight.py", "python")
    assert (result.returncode, result.stdout.strip()) == (0, sys.executable)


def test_a_python_that_is_not_there():
    result = run(need("sh"), "tools/python.sh", PYTHON="/nowhere/python3")
    assert_one_sentence(result, "PYTHON=/nowhere/python3 does not run", "PYTHON=python3.13")


def test_no_python_at_all(tmp_path):
    (tmp_path / "dirname").symlink_to(need("dirname"))
    result = run(need("sh"), "tools/python.sh", PATH=str(tmp_path), PYTHON="")
    assert_one_sentence(result, "No Python was found", "install Python 3.11 or newer")


def test_the_first_python_that_works_is_taken(tmp_path):
    """A python3 that does not start (as a pyenv shim may) is passed over."""
    (tmp_path / "dirname").symlink_to(need("dirname"))
    broken = tmp_path / "python3"
    broken.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    broken.chmod(0o755)
    good = tmp_path / "python3.12"
    good.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    good.chmod(0o755)
    result = run(need("sh"), "tools/python.sh", PATH=str(tmp_path), PYTHON="")
    assert (result.returncode, result.stdout.strip()) == (0, sys.executable)


def test_a_folder_that_cannot_be_written_to(read_only):
    result = run(sys.executable, "tools/preflight.py", "folder", str(read_only))
    assert_one_sentence(result, "cannot be written to", "copy the course to a folder of your own")


def test_a_folder_that_can(tmp_path):
    preflight.check_folder(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_an_occupied_port(busy_port):
    result = run(sys.executable, "-m", "tools.lab", "--port", str(busy_port))
    assert_one_sentence(result, f"Port {busy_port} on 127.0.0.1", "in use", "make lab PORT=")
    free = int(result.stderr.rsplit("PORT=", 1)[1].rstrip(".\n"))
    assert preflight.why_not(free) is None


@pytest.mark.parametrize("text", ["abc", "", "-1", "80", "65536", "8888;ls", "8.5", "\u00b2"])
def test_a_port_that_is_no_port(text):
    result = run(sys.executable, "-m", "tools.lab", f"--port={text}")
    assert_one_sentence(result, f"PORT={text} is not a port number", "from 1024 to 65535")


def test_make_hands_the_port_over_as_it_stands(busy_port):
    """Through make: what a learner types, quotes and all, reaches the check and no shell."""
    text = f"{busy_port} `exit`"
    make = [need("make"), "-s", "-o", "setup", "lab", f"PORT={text}", f"VENV={Path(sys.prefix)}"]
    result = run(*make)
    assert result.returncode == 2
    assert f"PORT={text} is not a port number" in result.stderr


def test_a_free_port_is_free_again_after_use(busy_port):
    assert preflight.why_not(busy_port) == "in use"
    with socket.create_server((preflight.HOST, 0)) as server:
        left = server.getsockname()[1]
    assert preflight.check_port(left) == left
