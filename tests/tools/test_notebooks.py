"""tools/notebooks.py: runs for real, on tiny notebooks written for the purpose."""

import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import notebooks
from tools.notebooks import NotebookProblem

WIDGET = """
from ipywidgets import VBox
class Shown(VBox):
    def _repr_mimebundle_(self, **options):
        bundle = super()._repr_mimebundle_(**options)
        return {**bundle, "text/html": "<p>still</p>", "text/plain": "[interactive: still]"}
Shown()
"""
FIGURE = """
import base64, os
class Figure:
    def _repr_mimebundle_(self, **options):
        pixels = base64.b64encode(os.urandom(12)).decode()
        html = f'<img alt="three flights" src="data:image/png;base64,{pixels}">'
        return {"text/html": html, "text/plain": "[figure: three flights]"}
Figure()
"""
PLACE = """
import os, sys
print(os.path.basename(os.getcwd()))
print("own progress file" if "COURSE_PROGRESS_FILE" in os.environ else "the author's progress")
"""


def save(path, *cells, **metadata):
    path.parent.mkdir(exist_ok=True)
    text = nbformat.writes(new_notebook(cells=list(cells), metadata=metadata))
    path.write_text(text + "\n", encoding="utf-8")
    return path


def code(cell_id, source, *tags, **more):
    metadata = {"tags": list(tags)} if tags else {}
    return new_code_cell(source.strip(), id=cell_id, metadata=metadata, **more)


@pytest.fixture(scope="module")
def run_once(tmp_path_factory):
    """A notebook that had no outputs, and its bytes after one run of the command."""
    path = tmp_path_factory.mktemp("course") / "notebooks" / "a.ipynb"
    title = new_markdown_cell("# A title – “quoted”", id="title")
    cells = [title, code("place", PLACE), code("figure", FIGURE, "answer"), code("knob", WIDGET)]
    save(path, *cells, widgets={"state": {}})
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COURSE_PROGRESS_FILE", raising=False)
        assert notebooks.main([str(path)]) == 0
    assert list(path.parent.iterdir()) == [path], "the temporary file was left behind"
    return path.read_bytes()


@pytest.fixture
def lesson(run_once, tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_bytes(run_once)
    return path


def test_fresh_notebook_is_run_in_its_folder_and_written_in_the_committed_form(run_once):
    text = run_once.decode("utf-8")
    saved = json.loads(text)
    _, place, figure, knob = saved["cells"]
    assert [output["text"] for output in place["outputs"]] == [
        ["notebooks\n", "own progress file\n"]
    ]
    assert [cell["execution_count"] for cell in (place, figure, knob)] == [1, 2, 3]
    assert figure["outputs"][0]["execution_count"] == 2
    assert figure["metadata"] == {"jupyter": {"outputs_hidden": True}, "tags": ["answer"]}
    assert place["metadata"] == {}
    assert saved["metadata"]["language_info"] == {"name": "python"}
    assert saved["metadata"]["kernelspec"]["name"] == "python3"
    assert set(saved["metadata"]) == {"kernelspec", "language_info"}
    assert "“quoted”" in text
    assert text.endswith("}\n")


def test_widgets_keep_their_still_picture_only(run_once):
    knob = json.loads(run_once)["cells"][3]
    data = knob["outputs"][0]["data"]
    assert data == {"text/html": ["<p>still</p>"], "text/plain": ["[interactive: still]"]}


def test_pixels_alone_change_nothing_but_the_alternative_text_does(lesson, run_once, capsys):
    folder = lesson.parent / "notebooks"
    lesson = lesson.rename(folder.mkdir() or folder / "a.ipynb")
    assert notebooks.main([str(lesson)]) == 0
    assert "unchanged" in capsys.readouterr().out
    assert lesson.read_bytes() == run_once, "the same notebook gave another file"

    edited = run_once.replace(b' "[figure: three', b' "[figure: four')
    lesson.write_bytes(edited)
    assert notebooks.main(["--check", str(lesson)]) == 1
    told = capsys.readouterr().out
    assert "a.ipynb: cell 'figure' differs" in told
    assert told.count(" differs") == 1
    assert '"[figure: four flights]"' in told
    assert '"[figure: three flights]"' in told
    assert lesson.read_bytes() == edited, "--check wrote to the file"


CLOCK = """
import os
number = 1 + int.from_bytes(os.urandom(2), "big")
class Timed:
    def _repr_mimebundle_(self, **options):
        words = f"signing took \u2248 {number}.5 \u00b5s here"
        return {"text/html": f"<p>{words}</p><!--png-->", "text/plain": words}
print(f"\u2248 {number} MB/s here")
Timed()
"""


def test_numbers_of_a_clock_change_nothing_but_the_words_around_them_do(tmp_path, capsys):
    path = save(tmp_path / "a.ipynb", code("clock", CLOCK))
    assert notebooks.write(path)
    first = path.read_bytes()
    assert "≈ ".encode() in first
    assert notebooks.main(["--check", str(path)]) == 0
    edited = first.replace(b"<p>signing took", b"<p>it took")
    path.write_bytes(edited)
    assert notebooks.main(["--check", str(path)]) == 1
    assert "it took MEASURED" in capsys.readouterr().out
    assert notebooks.write(path)
    stream, shown = json.loads(path.read_bytes())["cells"][0]["outputs"]
    words = "".join(shown["data"]["text/plain"])
    assert words in "".join(shown["data"]["text/html"]), "picture and words are of two runs"
    assert stream["text"][0].split()[1] in words, "the outputs of a cell are of two runs"


def test_nbval_masks_what_the_tool_masks():
    settings = (notebooks.ROOT / "tests" / "nbval_sanitize.cfg").read_text(encoding="ascii")
    pairs = re.findall("^regex: (.*)\nreplace: (.*)$", settings, flags=re.MULTILINE)
    assert pairs == [(mask.pattern, name) for name, mask in notebooks.MASKS.items()]


def test_check_sees_a_file_in_another_form(lesson):
    text = lesson.read_text(encoding="utf-8")
    same = notebooks.read(lesson)
    assert notebooks.compare(lesson, same, same) == []
    for other in (text.rstrip("\n"), json.dumps(json.loads(text)), text + "\n"):
        lesson.write_text(other, encoding="utf-8")
        assert "JSON is not in the form" in notebooks.compare(lesson, same, same)[0]


def test_an_exception_stops_with_file_cell_and_error(tmp_path, capsys):
    path = save(tmp_path / "a.ipynb", code("fine", "1"), code("broken", "{}['key_share']"))
    before = path.read_bytes()
    assert notebooks.main([str(path)]) == 1
    problem = capsys.readouterr().err
    assert problem.count("\n") == 1
    assert "a.ipynb: cell 'broken' stopped: KeyError: 'key_share'" in problem
    assert path.read_bytes() == before


def test_a_cell_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "CELL_SECONDS", 1)
    path = save(tmp_path / "a.ipynb", code("endless", "while True: pass"))
    with pytest.raises(NotebookProblem, match="cell 'endless' stopped: it was still running"):
        notebooks.write(path)


def test_a_dead_kernel_is_one_sentence(tmp_path):
    path = save(tmp_path / "a.ipynb", code("fatal", "import os; os._exit(1)"))
    with pytest.raises(NotebookProblem, match="cell 'fatal' stopped: the kernel died"):
        notebooks.write(path)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({notebooks.WIDGET_VIEW: {}, "text/plain": "IntSlider()"}, "widget that has no still"),
        ({notebooks.WIDGET_VIEW: {}, "text/html": " "}, "widget that has no still"),
        ({"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}, "bare PNG"),
    ],
)
def test_outputs_that_cannot_be_committed_are_refused(data, sentence):
    cell = code("picture", "1", outputs=[new_output("display_data", data)])
    with pytest.raises(NotebookProblem, match=f"a.ipynb: cell 'picture': .*{sentence}"):
        notebooks.normalise(new_notebook(cells=[cell]), notebooks.FOLDER / "a.ipynb")


@pytest.mark.parametrize(
    "cell_id", ["1f3a9c2e", "6c5dbb0a-27de-4b1c-a1ee-9d9f4d2f5a11", "Title", "server_random", ""]
)
def test_ids_must_be_words(tmp_path, cell_id):
    path = save(tmp_path / "a.ipynb", code("placeholder", "1"))
    path.write_text(path.read_text().replace('"placeholder"', json.dumps(cell_id)))
    with pytest.raises(NotebookProblem, match=r"a.ipynb: cell 1: (the id|it has no id)"):
        notebooks.read(path)


def test_missing_and_repeated_ids_are_refused(tmp_path):
    path = save(tmp_path / "a.ipynb", code("one", "1"), code("two", "2"))
    text = path.read_text()
    path.write_text(text.replace('"two"', '"one"'))
    with pytest.raises(NotebookProblem, match="cell 2: the id 'one' was used before"):
        notebooks.read(path)
    path.write_text(text.replace('   "id": "two",\n', ""))
    with pytest.raises(NotebookProblem, match="cell 2: it has no id"):
        notebooks.read(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "there is no such file"),
        ("{", "this is not JSON"),
        ("[]", "4.5"),
        ('{"nbformat": 4, "nbformat_minor": 4, "cells": []}', "4.5"),
    ],
)
def test_unreadable_files_are_one_sentence(tmp_path, capsys, content, sentence):
    path = tmp_path / "a.ipynb"
    if content is not None:
        path.write_text(content)
    assert notebooks.main(["--check", str(path)]) == 1
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1


def test_what_is_kept_and_dropped_in_memory():
    output = new_output("execute_result", {"text/plain": "1"}, execution_count=9)
    cell = code("one", "1", execution_count=9, outputs=[output])
    notebook = new_notebook(cells=[cell])
    output["transient"] = {"display_id": "d"}
    output.metadata = {"isolated": True}
    cell.metadata = {"execution": {"iopub.status.busy": "now"}, "collapsed": True}
    notebooks.normalise(notebook, notebooks.FOLDER / "a.ipynb")
    assert cell.metadata == {}
    assert cell.execution_count == 1
    assert cell.outputs == [
        {
            "data": {"text/plain": "1"},
            "execution_count": 1,
            "metadata": {},
            "output_type": "execute_result",
        }
    ]
