"""What is proved of every Explorer, without a browser.

`prove(explorer)` calls `render` with the values of every control and fails, naming them, when a
picture is blank or broken, needs scripts, has an image without words, or differs on a second
call; and when some control never changes anything. tests/explore/test_widgets.py applies it to
all widgets named in `helpers.explore.WIDGETS`; a lesson's own tests may call it too.
"""

import re
from typing import Any

from helpers.explore import Explorer

BROKEN = "could not be drawn for these settings"
_IMAGE = re.compile(r"<img\b[^>]*>")
_ALT = re.compile(r'\balt="[^"]+"')


def complaints(html: str) -> list[str]:
    """What is wrong with one picture, in words; empty when nothing is."""
    found = []
    if not re.sub(r"<[^>]*>|\s", "", html) and "<img" not in html:
        found.append("it is blank")
    if BROKEN in html:
        found.append("render raised: " + re.sub(r"<[^>]*>", "", html))
    if re.search(r"<script|\bon\w+=|javascript:|https?://[^ <]*\.(js|css|png)", html):
        found.append("it needs scripts or the network")
    if re.search(r"\b0x7f[0-9a-f]{6,}| at 0x[0-9a-f]+>", html):
        found.append("it contains a memory address")
    if any(not _ALT.search(image) for image in _IMAGE.findall(html)):
        found.append("an image has no alternative text")
    return found


def prove(explorer: Explorer, *, limit: int | None = 400) -> None:
    """Fail unless every picture is sound and every control changes some picture."""
    pictures = []
    for values in explorer.combinations(limit):
        html = explorer.render_with(**values)
        problems = complaints(html)
        assert not problems, f"{explorer.title} with {values}: {'; '.join(problems)}"
        pictures.append((values, html + _notes(explorer, values)))
    for values, html in pictures[:: max(1, len(pictures) // 10)]:
        again = explorer.render_with(**values) + _notes(explorer, values)
        assert again == html, f"{explorer.title} with {values}: another picture the second time"
    idle = _idle(explorer, pictures)
    assert not idle, f"{explorer.title}: moving {', '.join(sorted(idle))} changes nothing"
    prove_still(explorer)


def prove_still(explorer: Explorer) -> None:
    """Fail unless the saved picture holds title, question, every label and the first picture."""
    bundle = explorer._repr_mimebundle_()
    still, line = bundle["text/html"], bundle["text/plain"]
    assert explorer.value_html in still
    assert not complaints(still)
    words = [explorer.title, explorer.question, *(c.label for c in explorer.controls.values())]
    for word in filter(None, words):
        assert word in line, f"{explorer.title}: {word!r} is missing in the text"


def _notes(explorer: Explorer, values: dict[str, Any]) -> str:
    return "".join(explorer.note_with(name, **values) for name in explorer._notes)


def _idle(explorer: Explorer, pictures: list[tuple[dict[str, Any], str]]) -> set[str]:
    """The controls that, moved alone from any of these settings, never change the picture."""
    idle = set(explorer.controls)
    for base, picture in pictures:
        for name in list(idle):
            for value in _some(explorer, name, base):
                moved = {**base, name: value}
                if explorer.render_with(**moved) + _notes(explorer, moved) != picture:
                    idle.remove(name)
                    break
        if not idle:
            break
    return idle


def _some(explorer: Explorer, name: str, base: dict[str, Any]) -> list[Any]:
    names = list(explorer.controls)
    earlier = {other: base[other] for other in names[: names.index(name)]}
    domain = explorer.controls[name].domain(earlier)
    return list(domain[:: max(1, len(domain) // 50)])
