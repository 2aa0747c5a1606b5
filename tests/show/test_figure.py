"""Figures and tables: text twins, escaping, and nothing a theme could spoil."""

import base64
import re
from html.parser import HTMLParser

import pytest
from matplotlib.figure import Figure as Drawing

from helpers.show import Canvas, Cell, Figure, Html, Table
from helpers.show.figure import FOLDED

NASTY = "<script>\"x\" & 'y'</script>"


class Reader(HTMLParser):
    """Collects tags with their attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.said.append(data)


def test_a_figure_says_the_same_to_eye_and_ear():
    figure = Figure(Canvas(100, 50), alt=NASTY, caption=f"caption {NASTY}")
    bundle = figure._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"] == f"[figure: {NASTY}]" == repr(figure)
    read = Reader(bundle["text/html"])
    image = next(attributes for tag, attributes in read.tags if tag == "img")
    assert image["alt"] == NASTY
    assert f"caption {NASTY}" in "".join(read.said)
    assert "script" not in [tag for tag, _ in read.tags]
    assert base64.b64decode(image["src"].split(",")[1]).decode() == str(Canvas(100, 50))


def test_a_matplotlib_drawing_becomes_a_png():
    drawing = Drawing(figsize=(2, 1))
    drawing.subplots().plot([1, 2])
    assert 'src="data:image/png;base64,' in Figure(drawing, alt="a line", caption="A line").html


def test_a_drawing_made_with_pyplot_is_closed():
    from matplotlib import pyplot

    pyplot.switch_backend("agg")
    drawing, _ = pyplot.subplots()
    Figure(drawing, alt="nothing", caption="Nothing")
    assert not pyplot.fignum_exists(drawing.number)


@pytest.mark.parametrize(("alt", "caption"), [("", "c"), ("a", " "), (" ", "c")])
def test_a_figure_needs_words(alt, caption):
    with pytest.raises(ValueError, match="alternative text and a caption"):
        Figure(Canvas(10, 10), alt=alt, caption=caption)


@pytest.mark.parametrize("image", [None, "no picture", b"GIF89a", 3])
def test_anything_else_is_not_an_image(image):
    with pytest.raises(TypeError):
        Figure(image, alt="a", caption="c")


def test_a_table_has_headers_and_escapes():
    table = Table(NASTY, ["Secret", NASTY], [["a", Cell(NASTY, "secret", mono=True)]])
    read = Reader(table.html)
    scopes = [attributes.get("scope") for tag, attributes in read.tags if tag == "th"]
    assert scopes == ["col", "col", "row"]
    assert "script" not in [tag for tag, _ in read.tags]
    assert read.said.count(NASTY) == 3


def test_every_table_cell_sets_both_colours():
    html = Table("t", ["a", "b"], [["1", Cell("2", "client")]]).html
    cells = re.findall(r'<t[hd][^>]*style="([^"]*)"', html)
    assert len(cells) == 4
    assert all("background-color:#" in style and ";color:#" in style for style in cells)


def test_a_table_in_plain_text():
    table = Table("Who", ["Name", "Size"], [["alpha", "1"], ["b", Cell("200")]])
    assert table.text.splitlines() == [
        "Who",
        "Name   Size",
        "-----  ----",
        "alpha  1",
        "b      200",
    ]


def test_rows_must_have_as_many_cells_as_there_are_columns():
    with pytest.raises(ValueError, match="a row of 1 cells"):
        Table("t", ["a", "b"], [["1"]])
    with pytest.raises(ValueError, match="caption"):
        Table("", ["a"], [])


def test_html_shows_both():
    bundle = Html("<p>x</p>", "x")._repr_mimebundle_()
    assert bundle == {"text/html": f"{FOLDED}<p>x</p>", "text/plain": "x"}


def test_a_folded_output_shows_a_line_that_gives_nothing_away():
    """JupyterLab prints the first line of a folded output as it stands."""
    first, _, rest = Html("<p>x</p>", "x")._repr_mimebundle_()["text/html"].partition("\n")
    assert first == "<!-- Run this cell to see what comes out. -->"
    assert rest == "<p>x</p>"
