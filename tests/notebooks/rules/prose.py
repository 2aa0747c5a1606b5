"""Rules about the text between the code: length, terms, links, pictures, references."""

from __future__ import annotations

import re
from pathlib import Path

import mistune
from bs4 import BeautifulSoup

from tests.notebooks.lesson import Lesson
from tests.notebooks.rules.base import Findings

MOST_WORDS = 120
GLOSSARY = "glossary.md"
LABEL_END = (".", ":", "?", "!")


def paragraphs_are_short(lesson: Lesson) -> Findings:
    for cell in lesson.prose:
        for paragraph in cell.soup.find_all(["p", "li"]):
            words = len(paragraph.get_text(" ").split())
            if words > MOST_WORDS:
                yield cell.id, f"a paragraph of {words} words, at most {MOST_WORDS}"


def pictures_in_text_have_alt(lesson: Lesson) -> Findings:
    for cell in lesson.prose:
        for image in cell.soup.find_all("img"):
            if not (image.get("alt") or "").strip():
                yield cell.id, f"the picture {str(image.get('src'))[:40]!r} has no alternative text"
            if (image.get("src") or "").startswith(("http:", "https:", "//")):
                yield cell.id, "a picture loaded from the network"


def no_styling(lesson: Lesson) -> Findings:
    for cell in lesson.prose:
        for element in cell.soup.find_all(True):
            if element.name in {"font", "style", "script", "iframe", "center"}:
                yield cell.id, f"<{element.name}> in the text"
            if element.get("style") or element.get("color"):
                yield cell.id, f"<{element.name}> carries its own style"


def links_lead_somewhere(lesson: Lesson) -> Findings:
    for cell in lesson.prose:
        targets = [link.get("href") or "" for link in cell.soup.find_all("a")]
        targets += [image.get("src") or "" for image in cell.soup.find_all("img")]
        for target in targets:
            if not re.match(r"https?://|data:|attachment:", target):
                problem = _broken(target, lesson)
                if problem:
                    yield cell.id, f"the link {target[:60]!r} {problem}"


def _broken(target: str, lesson: Lesson) -> str | None:
    name, _, anchor = target.partition("#")
    file = lesson.folder / name
    if not target or (name and not file.is_file()):
        return "leads to no file"
    anchor = _anchor(anchor)  # JupyterLab keeps capitals, GitHub does not; either is fine
    if not name and anchor not in {_anchor(text) for _, _, text in lesson.headings()}:
        return "leads to no heading of this notebook"
    if name.endswith(".md") and anchor and anchor not in map(_anchor, _headings_of(file)):
        return f"leads to no heading of {name}"
    return None


def _headings_of(file: Path) -> list[str]:
    soup = BeautifulSoup(mistune.html(file.read_text(encoding="utf-8")), "html.parser")
    found = soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    return [heading.get_text().strip() for heading in found]


def _anchor(heading: str) -> str:
    """The anchor GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def terms_are_in_the_glossary(lesson: Lesson) -> Findings:
    known = {plain_term(heading) for heading in _headings_of(lesson.folder / GLOSSARY)}
    defined: set[str] = set()
    for cell, text in bold_terms(lesson):
        term = plain_term(text)
        if not forms(term) & known:
            yield cell, f"{text!r} is bold but no heading of {GLOSSARY} (a label ends in .:?!)"
        if forms(term) & defined:
            yield cell, f"{text!r} is bold a second time; a term is bold where it is defined"
        defined.add(term)


def bold_terms(lesson: Lesson) -> list[tuple[str, str]]:
    """(cell id, text) of what a lesson writes in bold, labels left out."""
    bold = ((cell.id, one) for cell in lesson.prose for one in cell.soup.find_all(["strong", "b"]))
    texts = ((cell, one.get_text().strip()) for cell, one in bold)
    return [(cell, text) for cell, text in texts if not text.endswith(LABEL_END)]


def plain_term(text: str) -> str:
    """A term without its typography, for comparing."""
    return " ".join(text.replace("`", "").replace("’", "'").lower().split())


def forms(term: str) -> set[str]:
    """The term and what it would be in the singular."""
    forms = {term}
    for plural, singular in (("ies", "y"), ("es", ""), ("s", "")):
        if term.endswith(plural):
            forms.add(term.removesuffix(plural) + singular)
    return forms


def old_rfc_goes_with_the_new(lesson: Lesson) -> Findings:
    for cell in lesson.cells:
        if re.search(r"RFC ?8446", cell.source) and not re.search(r"RFC ?9846", cell.source):
            yield cell.id, "RFC 8446 without RFC 9846, which replaces it"
