"""tools/setup.py: nothing twice, nothing half done, and pip when uv cannot be had."""

import argparse
import json
import shutil
import sys
from pathlib import Path

import pytest

from tools import preflight, setup


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A folder with the three requirements files; records what would be installed in it."""
    (tmp_path / "tools").mkdir()
    for name in (setup.RUNTIME, setup.DEVELOPMENT, setup.UV):
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def steps(course, monkeypatch):
    """What bring_up_to_date did; the virtual environment is an empty one without pip."""
    done = []

    def create(venv):
        done.append("create")
        shutil.rmtree(venv, ignore_errors=True)
        python = setup.python_of(venv)
        python.parent.mkdir(parents=True)
        python.symlink_to(sys.executable)

    monkeypatch.setattr(setup, "create", create)
    monkeypatch.setattr(setup, "install", lambda venv, files: done.append(files))
    return done


def update(course, *, dev=False, this_python=False):
    options = argparse.Namespace(dev=dev, this_python=this_python)
    return setup.bring_up_to_date(course / ".venv", options)


def test_the_first_run_creates_and_installs(course, steps):
    assert update(course) is True
    assert steps == ["create", ["requirements.txt"]]


def test_the_second_run_does_nothing(course, steps):
    update(course)
    steps.clear()
    assert update(course) is False
    assert steps == []


def test_a_touched_file_with_the_same_content_changes_nothing(course, steps):
    update(course)
    steps.clear()
    (course / "requirements.txt").touch()
    assert update(course) is False


def test_a_changed_file_is_installed_again_into_the_same_environment(course, steps):
    update(course, dev=True)
    steps.clear()
    (course / "requirements-dev.txt").write_text("# changed\n", encoding="utf-8")
    assert update(course) is False, "the run-time set is as it was"
    assert update(course, dev=True) is True
    assert steps == [["requirements-dev.txt"]]


def test_development_tools_come_on_top(course, steps):
    update(course)
    steps.clear()
    update(course, dev=True)
    assert steps == [["requirements-dev.txt"]]


def test_an_interrupted_installation_begins_again_from_nothing(course, steps, monkeypatch):
    def cut_short(venv, files):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(setup, "install", cut_short)
        with pytest.raises(KeyboardInterrupt):
            update(course)
    steps.clear()
    assert update(course) is True
    assert steps == ["create", ["requirements.txt"]]


@pytest.mark.parametrize("damage", ["{", "[]", '"x"'])
def test_a_broken_stamp_begins_again_from_nothing(course, steps, damage):
    update(course)
    steps.clear()
    (course / ".venv" / "installed.json").write_text(damage, encoding="utf-8")
    update(course)
    assert steps[0] == "create"


def test_an_environment_whose_python_is_gone_is_made_again(course, steps):
    update(course)
    steps.clear()
    setup.python_of(course / ".venv").unlink()
    update(course)
    assert steps == ["create", ["requirements.txt"]]


def test_another_python_is_kept_unless_asked_for_by_name(course, steps, monkeypatch):
    update(course)
    steps.clear()
    monkeypatch.setattr(setup.sys, "version_info", (3, 99, 0))
    assert update(course) is False
    update(course, this_python=True)
    assert steps == ["create", ["requirements.txt"]]


def test_the_stamp_names_contents_not_times(course, steps):
    update(course, dev=True)
    stamp = json.loads((course / ".venv" / "installed.json").read_text(encoding="utf-8"))
    assert stamp == {
        name: setup.digest(course / name) for name in (setup.RUNTIME, setup.DEVELOPMENT)
    }


def test_what_was_cut_short_before_any_stamp_is_not_trusted(course, steps):
    """A .venv with a Python but no working pip, as an interrupted `python -m venv` leaves it."""
    python = setup.python_of(course / ".venv")
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\n[ $1 = -c ] && echo 3 12 || exit 1\n", encoding="utf-8")
    python.chmod(0o755)
    update(course)
    assert steps[0] == "create"


# --- uv first, pip when it must -----------------------------------------------------------------


@pytest.fixture
def commands(course, monkeypatch):
    """Pretend that commands whose words include one of `failing` fail; list what was run."""

    class Commands(list):
        failing = ()

    ran = Commands()

    def succeeds(command, *, hide=False):
        ran.append(" ".join(command))
        return not any(word in ran[-1] for word in ran.failing)

    monkeypatch.setattr(setup, "succeeds", succeeds)
    return ran


def test_uv_installs_when_pip_could_bring_it(course, commands):
    setup.install(course / ".venv", [setup.RUNTIME, setup.DEVELOPMENT])
    bring, install = commands
    assert "-m pip install" in bring
    assert str(Path("tools", "requirements-uv.txt")) in bring
    assert "-m uv pip install" in install
    assert "requirements.txt" in install
    assert "requirements-dev.txt" in install


@pytest.mark.parametrize("failing", ["requirements-uv.txt", "-m uv"])
def test_pip_takes_over(course, commands, failing, capsys):
    commands.failing = (failing,)
    setup.install(course / ".venv", [setup.RUNTIME])
    assert "-m pip install" in commands[-1]
    assert commands[-1].endswith("requirements.txt")
    assert "pip tries" in capsys.readouterr().out


def test_hashes_are_always_required(course, commands):
    commands.failing = ("-m uv",)
    setup.install(course / ".venv", [setup.RUNTIME])
    assert len(commands) == 3
    assert all("--require-hashes" in command for command in commands)


def test_one_sentence_when_nothing_can_install(course, commands):
    commands.failing = ("install",)
    with pytest.raises(preflight.Refused, match="could not be installed"):
        setup.install(course / ".venv", [setup.RUNTIME])


def test_the_real_thing_makes_a_python_that_runs(course):
    venv = course / ".venv"
    setup.create(venv)
    assert setup.usable(venv, {}, this_python=True)


def test_one_sentence_when_python_cannot_make_an_environment(course, monkeypatch):
    monkeypatch.setattr(setup.sys, "_base_executable", sys.executable, raising=False)
    blocked = course / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(preflight.Refused, match="could not make the virtual environment"):
        setup.create(blocked / ".venv")


@pytest.mark.parametrize("where", ["", ".", ".."])
def test_the_course_itself_is_never_erased(course, where):
    with pytest.raises(preflight.Refused, match="holds the course itself"):
        setup.create(course / where)
    assert (course / setup.RUNTIME).is_file()


def test_a_folder_with_something_in_it_is_never_erased(course):
    precious = course / "mine" / "thesis.txt"
    precious.parent.mkdir()
    precious.write_text("years of work", encoding="utf-8")
    with pytest.raises(preflight.Refused, match="nothing was touched"):
        setup.create(precious.parent)
    assert precious.read_text(encoding="utf-8") == "years of work"


def test_a_file_or_a_dead_link_in_the_way_is_named(course):
    (course / "file").write_text("x", encoding="utf-8")
    (course / "link").symlink_to(course / "nowhere")
    with pytest.raises(preflight.Refused, match="is a file"):
        setup.create(course / "file")
    with pytest.raises(preflight.Refused, match="link to nothing"):
        setup.create(course / "link")


def test_a_stamp_that_cannot_be_read_means_beginning_again(course):
    (course / "stamp").mkdir()
    assert setup.read_stamp(course / "stamp") == {setup.INTERRUPTED: True}
    (course / "file").write_text("x", encoding="utf-8")
    assert setup.read_stamp(course / "file" / setup.STAMP) == {}
