"""What is committed: the README keeps its promises, and nothing of one machine is left in it."""

import re
from pathlib import PurePosixPath

import pytest

from tests.optional import need
from tests.project import ROOT, read, readme_commands, tracked
from tests.tools.processes import run

PROMISED = {
    *("setup", "setup-dev", "lab", "test", "lint", "bench", "notebooks", "lock", "clean"),
    *("facts", "soak", "interop", "agreement"),
}
BINARY = {".png", ".pcap", ".pcapng", ".der", ".bin"}
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:root|home|work|Users)/[\w.-]")
# Only where a word begins: long base64 would be tried from each of its letters.
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)")
# The documentation domains of RFC 2606, and test names that cannot be anybody's.
NOBODYS = re.compile(r"[@.](?:example(?:\.(?:com|net|org))?|test|invalid)$", re.IGNORECASE)


def text_files():
    return [name for name in tracked() if PurePosixPath(name).suffix not in BINARY]


# --- the commands -------------------------------------------------------------------------------


def test_the_readme_names_its_two_commands():
    assert {"lab", "test"} <= readme_commands()


@pytest.mark.parametrize("target", sorted(PROMISED | readme_commands()))
def test_every_command_promised_is_a_make_target(target):
    result = run(need("make"), "-n", target)
    assert result.returncode == 0, result.stderr
    assert f"make {target} " in run(need("make")).stdout


def test_make_alone_prints_the_help():
    assert run(need("make")).stdout == run(need("make"), "help").stdout


def test_an_unknown_command_is_one_sentence_before_makes_own_line():
    result = run(need("make"), "-s", "nonsense")
    assert result.returncode == 2
    assert result.stderr.startswith("There is no command 'make nonsense': make help lists")


def test_ci_ends_with_the_same_command_and_requires_everything():
    script = read(".ci/run")
    assert "COURSE_REQUIRE_ALL=1" in script
    assert "\nmake test\n" in script
    assert run(need("bash"), "-n", ".ci/run").returncode == 0


# --- README and docs ----------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["README.md", "docs/contributing.md", "docs/instructors.md"])
def test_links_lead_somewhere(page):
    folder = (ROOT / page).parent
    links = LINK.findall(read(page))
    assert not [link for link in links if not (folder / link.partition("#")[0]).exists()]


def test_every_notebook_is_on_the_path_in_the_readme():
    notebooks = [n for n in tracked() if n.startswith("notebooks/") and n.endswith(".ipynb")]
    assert not [name for name in notebooks if f"]({name})" not in read("README.md")]


def test_the_repository_is_named_in_one_place():
    assert len(re.findall(r"mybinder\.org/v2/gh/", read("README.md"))) == 1


def test_both_licences_are_there():
    assert read("LICENSE").startswith("MIT License")
    assert read("LICENSE-TEXT").startswith("Attribution 4.0 International")


# --- nothing of one machine, nothing of one person ----------------------------------------------


def test_no_path_of_one_machine_is_committed():
    bad_on_purpose = "tests/notebooks/samples/bad.py"
    files = [name for name in text_files() if name != bad_on_purpose]
    found = {name: MACHINE_PATH.findall(read(name)) for name in files}
    assert not {name: paths for name, paths in found.items() if paths}


def test_no_mail_address_is_committed():
    found = {
        name: [mail for mail in MAIL.findall(read(name)) if not NOBODYS.search(mail)]
        for name in text_files()
    }
    assert not {name: mails for name, mails in found.items() if mails}


@pytest.mark.parametrize("folder", ["root", "home", "work", "Users"])
def test_a_machine_path_is_seen(folder):
    assert MACHINE_PATH.search(f'open("/{folder}/me/x")')
    assert not MACHINE_PATH.search(f"https://host.example/{folder}/x")


def test_a_mail_address_is_seen():
    mail = "someone" + "@" + "somewhere.org"
    assert MAIL.findall(f"<{mail}>") == [mail]
    assert not NOBODYS.search(mail)
    assert NOBODYS.search("alice@shop.example")
