"""Rules about committed outputs: what nbval can compare and a reader without a kernel can see."""

from __future__ import annotations

import re

from tests.notebooks.lesson import WIDGET, Lesson, Output
from tests.notebooks.rules.base import Findings
from tools.notebooks import WIDGET_VIEW

MOST_LINES = 30
DATA = re.compile(r"data:[a-z]+/[a-z+.-]+;base64,[A-Za-z0-9+/=]+")
# An object's address: "at 0x7f...", or a number as long as one. Hex of the wire is shorter or has
# no 0x in front.
ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}|\b0x7[ef][0-9a-f]{6,}|\b0x[0-9a-f]{12}\b")
PATH = re.compile(
    r"(?<![\w.:/<])/(home|root|tmp|usr|work|opt|var|Users|private)/\w|\b[A-Z]:\\\w|site-packages"
)
DATE = re.compile(r"\b(seconds ago|[0-9.]+ ?(ms|µs) ±|\d\d:\d\d:\d\d\.\d{3,})")
OBJECT = re.compile(
    r"<(class|function|module|built-in|bound method|generator|lambda)\b|<\w+(\.\w+)+ object"
)
WIDGET_REPR = re.compile(r"\b(VBox|HBox|IntSlider|HTML|Output|Explorer|Figure|Table)\(")


def no_errors(lesson: Lesson) -> Findings:
    for cell, output in _all(lesson):
        if output.kind == "error":
            yield cell, f"an error is committed: {output.texts['error'][:80]}"


def no_stderr(lesson: Lesson) -> Findings:
    for cell, output in _all(lesson):
        if "stderr" in output.texts:
            yield cell, f"text on stderr: {output.texts['stderr'][:80]!r}"


def known_kinds_only(lesson: Lesson) -> Findings:
    good = {"text/html", "text/plain", "text/markdown", "stdout", "stderr", "error", WIDGET_VIEW}
    for cell, output in _all(lesson):
        for kind in set(output.texts) - good:
            yield cell, f"a bare {kind}; show a Figure, which carries alternative text"


def no_saved_widget(lesson: Lesson) -> Findings:
    if "widgets" in lesson.notebook.metadata:
        yield "", "metadata.widgets is committed"
    for cell, output in _all(lesson):
        if WIDGET_VIEW in output.texts:
            yield cell, "a widget view is committed; it opens as 'model not found'"


def widgets_have_a_still_picture(lesson: Lesson) -> Findings:
    for cell, output in _all(lesson):
        if output.plain.startswith(WIDGET) and len(output.soup.get_text(" ").split()) < 3:
            yield cell, "a widget without text/html to read where no kernel runs"


def pictures_have_alt(lesson: Lesson) -> Findings:
    for cell, output in _all(lesson):
        for image in output.soup.find_all("img"):
            if not (image.get("alt") or "").strip():
                yield cell, "an <img> without alternative text"


def survives_an_untrusted_notebook(lesson: Lesson) -> Findings:
    for cell, output in _all(lesson):
        for element in output.soup.find_all(["svg", "script", "style", "iframe", "link", "object"]):
            yield cell, f"<{element.name}>, which JupyterLab drops when a saved notebook is opened"


def nothing_from_the_network(lesson: Lesson) -> Findings:
    for cell, output in _all(lesson):
        html = DATA.sub("", output.html)
        for found in re.finditer(r"(?i)\b(src|srcset|href)\s*=\s*[\"']?\s*(https?:)?//", html):
            element = html[html.rfind("<", 0, found.start()) :]
            if not re.match(r"(?i)<a\b", element):
                yield cell, f"loads from the network: {found.group()}"
        if re.search(r"(?i)url\(\s*[\"']?(https?:)?//|@import", html):
            yield cell, "a style sheet that loads from the network"


def no_addresses(lesson: Lesson) -> Findings:
    yield from _search(lesson, ADDRESS, "a memory address")


def no_paths_of_a_machine(lesson: Lesson) -> Findings:
    yield from _search(lesson, PATH, "a path of one machine")


def no_timings(lesson: Lesson) -> Findings:
    yield from _search(lesson, DATE, "a time that differs on every run")


def no_object_reprs(lesson: Lesson) -> Findings:
    yield from _search(lesson, OBJECT, "the repr of an object nobody meant to show")
    for cell, output in _all(lesson):
        if WIDGET_REPR.search(output.texts.get("stdout", "")):
            yield cell, "a picture or widget was printed, not shown"


def text_is_short(lesson: Lesson) -> Findings:
    for cell, output in _all(lesson):
        text = output.texts.get("stdout") or ("" if output.html else output.plain)
        lines = text.rstrip("\n").count("\n") + 1
        if lines > MOST_LINES:
            yield cell, f"{lines} lines of text, at most {MOST_LINES}"


def _all(lesson: Lesson) -> list[tuple[str, Output]]:
    return [(cell.id, output) for cell in lesson.code for output in cell.outputs]


def _search(lesson: Lesson, pattern: re.Pattern[str], what: str) -> Findings:
    for cell, output in _all(lesson):
        for text in output.texts.values():
            found = pattern.search(DATA.sub("", text))
            if found:
                yield cell, f"{what}: {found.group()!r}"
