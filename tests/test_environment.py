"""One environment, told four times: pyproject.toml, both lock files, environment.yml, Binder."""

import os
import re
import stat
import warnings

import pytest
import yaml

from tests.project import ROOT, packages_behind, pins, ranges, read, sources
from tools.lock import FILES, direct_names, normalised, read_pins, with_pins

LOCKS = sorted(FILES)
GROUPS = dict(zip(LOCKS, ["dev", None, "uv"], strict=True))


def environment():
    return yaml.safe_load(read("environment.yml"))["dependencies"]


def by_pip():
    """{package: version} of the pip list in environment.yml."""
    (entry,) = [entry["pip"] for entry in environment() if isinstance(entry, dict)]
    return {normalised(name): version for name, version in (line.split("==") for line in entry)}


# --- environment.yml and the lock files say the same -------------------------------------------


def test_conda_brings_python_and_pip_and_nothing_else():
    assert [entry for entry in environment() if isinstance(entry, str)] == ["python=3.13", "pip"]


def test_environment_yml_names_the_direct_packages_with_their_locked_versions():
    locked = pins("requirements.txt")
    assert {name: {version} for name, version in by_pip().items()} == {
        name: locked[name] for name in ranges()
    }


def test_environment_yml_is_what_make_lock_writes():
    text = read("environment.yml")
    assert with_pins(text, by_pip(), direct_names()) == text


@pytest.mark.parametrize("lock", LOCKS)
def test_every_range_holds_the_locked_version(lock):
    locked = pins(lock)
    assert not [
        f"{asked}, but {locked[name]} is locked"
        for name, asked in ranges(GROUPS[lock]).items()
        if not all(map(asked.specifier.contains, locked[name]))
    ]


def test_both_lock_files_agree_where_they_name_the_same_package():
    run_time, development = pins("requirements.txt"), pins("requirements-dev.txt")
    shared = run_time.keys() & development.keys()
    assert shared
    assert not [name for name in shared if not development[name] <= run_time[name]]


def test_the_certificates_to_test_on_are_those_of_the_same_cryptography():
    """cryptography_vectors is published with every cryptography, under its version."""
    judged = pins("requirements-dev.txt")["cryptography-vectors"]
    assert judged == pins("requirements.txt")["cryptography"]


def test_development_tools_stay_out_of_the_run_time_set():
    only_tools = {"ruff", "hypothesis", "pytest-xdist", "playwright", "scapy", "tlslite-ng"}
    only_tools |= {"cryptography-vectors"}
    assert only_tools <= pins("requirements-dev.txt").keys()
    assert not only_tools & pins("requirements.txt").keys()


# --- what a lock file may hold ------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_carries_hashes(lock):
    entries = re.split(r"^(?=[A-Za-z0-9])", read(lock), flags=re.MULTILINE)[1:]
    assert len(entries) == len(read_pins(read(lock))) > 0
    assert not [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_file_names_a_host_or_an_index(lock):
    assert not re.search(r"://|^\s*--(?!hash=)|[(\s]/\w", read(lock), flags=re.MULTILINE)


# --- every import is provided for ---------------------------------------------------------------


def test_helpers_and_notebooks_import_only_direct_run_time_packages():
    allowed = ranges().keys()
    strangers = {name: packages_behind(name) - allowed for name in sources("helpers", "notebooks")}
    assert strangers
    assert not {name: extra for name, extra in strangers.items() if extra}


def test_tests_and_tools_import_only_direct_packages():
    allowed = ranges().keys() | ranges("dev").keys()
    strangers = {name: packages_behind(name) - allowed for name in sources("tests", "tools")}
    assert strangers
    assert not {name: extra for name, extra in strangers.items() if extra}


# --- Binder, asked through repo2docker itself ---------------------------------------------------


@pytest.fixture(scope="module")
def build_pack():
    """The build pack that repo2docker chooses for this folder, ready to render."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the packages it imports
        from repo2docker.app import Repo2Docker
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        app = Repo2Docker()
        packs = (pack(app.base_image) for pack in app.buildpacks)
        chosen = next(pack for pack in packs if pack.detect())
        chosen.platform = "linux/amd64"
        yield chosen
    finally:
        os.chdir(before)


def test_binder_builds_from_environment_yml_with_the_python_asked_for(build_pack):
    assert type(build_pack).__name__ == "CondaBuildPack"
    assert build_pack.python_version == "3.13"
    assert "/srv" in build_pack.render({})


def test_binder_keeps_its_cached_layer(build_pack):
    """The environment is built before the rest of the repository is copied in."""
    dockerfile = build_pack.render({})
    update = dockerfile.index('env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"')
    assert update < dockerfile.index("src/ ${REPO_DIR}/")
    assert build_pack.get_preassemble_script_files() == {"environment.yml": "environment.yml"}


def test_binder_finds_post_build(build_pack):
    assert build_pack.get_post_build_scripts() == ["postBuild"]
    assert "RUN ./postBuild" in build_pack.render({})
    text = read("postBuild")
    assert text.startswith("#!/bin/bash\n")
    assert "set -euo pipefail" in text
    if os.name == "posix":
        assert (ROOT / "postBuild").stat().st_mode & stat.S_IXUSR


def test_no_folder_hides_environment_yml_from_binder():
    assert not (ROOT / "binder").exists()
    assert not (ROOT / ".binder").exists()
