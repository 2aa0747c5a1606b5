"""The progress file: small, safe, and never in the way."""

import json
import os

import pytest

from helpers.exercises import check, predict, progress, quiz
from helpers.exercises.catalogue import lessons
from tests.exercises import sample
from tests.exercises.conftest import fresh_progress


def saved(path) -> dict:
    return json.loads(path.read_text())


def test_what_was_done_is_kept_and_shown(lesson_99):
    assert "Exercises done: 0 of 4. Predictions made: 0 of 1." in progress().text
    check("99-suite", "c02f")
    check("99-number", 3)
    check("99-name", None)
    predict("99-flip").set("guess", 1)
    assert saved(lesson_99) == {
        "exercises": {"99-number": "not yet", "99-suite": "passed"},
        "predictions": {"99-flip": "answered"},
        "quiz": {},
    }
    text = progress("99").text
    assert "Exercises done: 1 of 4. Predictions made: 1 of 1." in text
    lines = {line.split("  ")[0]: line.split()[-1] for line in text.splitlines()}
    assert lines["99 Find the chosen cipher suite"] == "done"
    assert lines["99 How many bytes does the record hold?"] == "tried"
    assert text.splitlines()[-1].endswith("to do")


def test_passed_stays_passed(lesson_99):
    check("99-suite", "c02f")
    check("99-suite", "c030")
    assert saved(lesson_99)["exercises"] == {"99-suite": "passed"}


def test_not_started_writes_nothing(lesson_99):
    check("99-suite", None)
    progress()
    assert not lesson_99.exists()


def test_another_kernel_s_progress_is_merged(lesson_99):
    lesson_99.write_text(json.dumps({"exercises": {"07-old": "passed", "99-suite": "passed"}}))
    check("99-suite", "c030")
    check("99-name", "client hello")
    assert saved(lesson_99)["exercises"] == {
        "07-old": "passed",
        "99-name": "passed",
        "99-suite": "passed",
    }


def test_a_new_kernel_remembers(lesson_99, monkeypatch):
    check("99-suite", "c02f")
    fresh_progress(monkeypatch, lesson_99.parent)
    assert "Exercises done: 1 of 4" in progress().text


def test_deleting_the_file_begins_anew(lesson_99):
    check("99-suite", "c02f")
    lesson_99.unlink()
    assert "Exercises done: 0 of 4" in progress().text
    check("99-name", "client hello")
    assert saved(lesson_99)["exercises"] == {"99-name": "passed"}


@pytest.mark.parametrize(
    "broken",
    [b"", b"{", b"\xff\xfe", b"[]", b"3", b'{"exercises": []}', b'{"quiz": {"a": 1}}',
     b"[" * 100_000],
)  # fmt: skip
def test_a_broken_file_is_kept_aside(lesson_99, broken):
    lesson_99.write_bytes(broken)
    assert check("99-suite", "c02f").state == "passed"
    assert saved(lesson_99)["exercises"] == {"99-suite": "passed"}
    aside = lesson_99.with_name("progress.json.broken-1")
    assert aside.read_bytes() == broken
    lesson_99.write_bytes(b"broken again")
    progress()
    assert lesson_99.with_name("progress.json.broken-2").read_bytes() == b"broken again"
    assert aside.read_bytes() == broken


def test_no_other_file_is_left_behind(lesson_99):
    check("99-suite", "c02f")
    assert os.listdir(lesson_99.parent) == ["progress.json"]


@pytest.mark.parametrize("where", ["no/such/folder/p.json", "a-file/p.json", "."])
def test_where_nothing_can_be_written_it_remembers_and_says_so(lesson_99, monkeypatch, where):
    (lesson_99.parent / "a-file").write_text("in the way")
    monkeypatch.setenv("COURSE_PROGRESS_FILE", str(lesson_99.parent / where))
    assert check("99-suite", "c02f").state == "passed"
    shown = progress()
    assert "Exercises done: 1 of 4" in shown.text
    assert "until this kernel stops" in shown.text
    assert "until this kernel stops" in shown.html
    assert check("99-suite", "c02f").text == check("99-suite", "C02F").text


def test_a_file_that_may_not_be_replaced_is_left_alone(lesson_99, monkeypatch):
    check("99-suite", "c02f")
    before = lesson_99.read_bytes()

    def refuse(*args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    check("99-name", "client hello")
    assert lesson_99.read_bytes() == before
    assert os.listdir(lesson_99.parent) == ["progress.json"]
    assert "Permission denied" in progress().text
    assert "Exercises done: 2 of 4" in progress().text


def test_quiz_answers_are_kept(lesson_99):
    explorer = quiz("99")
    explorer.set("q1", 0)
    explorer.set("q2", 0)
    assert saved(lesson_99)["quiz"] == {"99-quiz-first": "passed", "99-quiz-random": "not yet"}


def test_an_unknown_lesson_is_one_sentence(lesson_99):
    assert progress("42").text == "There is no lesson '42' with exercises; there are: 99."
    assert quiz("42").text == progress("42").text


def test_the_real_course_can_be_listed():
    text = progress().text
    assert text.count("\n") >= 2 + len(lessons())


def test_the_sample_is_not_part_of_the_course():
    assert "99" not in lessons()
    assert sample.EXERCISES


@pytest.mark.parametrize("kind", ["pipe", "folder", "huge"])
def test_what_is_no_file_of_ours_is_left_alone(lesson_99, monkeypatch, tmp_path, kind):
    """A device, say /dev/null, must not be moved aside, and a pipe must not be waited for."""
    place = tmp_path / kind
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.write_bytes(b" " * 2_000_000)
    before = place.stat()
    monkeypatch.setenv("COURSE_PROGRESS_FILE", str(place))
    check("99-suite", b"\xc0\x2f")
    assert "cannot be saved" in progress("99").text
    assert (place.stat().st_mode, place.stat().st_ino) == (before.st_mode, before.st_ino)
    assert [item.name for item in tmp_path.iterdir() if item.name.startswith(kind)] == [kind]


def test_a_stranger_s_json_is_kept_aside_whole(lesson_99, monkeypatch, tmp_path):
    place = tmp_path / "settings.json"
    place.write_text('{"exercises": {}, "more": 1}', encoding="utf-8")
    monkeypatch.setenv("COURSE_PROGRESS_FILE", str(place))
    check("99-suite", b"\xc0\x2f")
    aside = tmp_path / "settings.json.broken-1"
    assert aside.read_text(encoding="utf-8") == '{"exercises": {}, "more": 1}'


def test_an_unknown_lesson_is_escaped():
    assert "<script>" not in progress("<script>").html
