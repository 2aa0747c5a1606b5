"""Charts: what they say in words, what they draw, and what they refuse."""

import base64
import io
import re
import subprocess
import sys

import pytest
from matplotlib.text import Text
from PIL import Image

from helpers.show import bar_chart, charts, line_chart
from helpers.show.amounts import masked
from helpers.show.axes import Axis, moments

SEARCH = {
    "one computer": [(bits, 2.0**bits / 1e7) for bits in range(20, 129, 4)],
    "all miners": [(bits, 2.0**bits / 1e21) for bits in range(20, 129, 4)],
}
TIMES = {"AES": 2e-6, "RSA": 800e-6}


def picture(figure):
    return Image.open(io.BytesIO(base64.b64decode(re.search('base64,([^"]+)', figure.html)[1])))


def search(**more):
    return line_chart(SEARCH, x="key (bits)", y="time to try half (s)", log="y", caption="c",
                      marks={"DES": (56, 2.0**56 / 1e7)}, **more)  # fmt: skip


@pytest.fixture
def drawn(monkeypatch):
    """The matplotlib drawings that were made, as they were when they became pictures."""
    kept, draw = [], charts._png
    monkeypatch.setattr(charts, "_png", lambda drawing: kept.append(drawing) or draw(drawing))
    return kept


def words(drawing):
    """(text, font size, box) of every word that can be seen."""
    drawing.draw_without_rendering()
    hidden = set()
    for axes in drawing.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            hidden |= {tick.label1 for tick in axis.get_major_ticks()
                       if not low <= tick.get_loc() <= high}  # fmt: skip
    return [(one.get_text(), one.get_fontsize(), one.get_window_extent())
            for one in drawing.findobj(Text)
            if one.get_text() and one.get_visible() and one not in hidden]  # fmt: skip


def test_a_line_chart_says_first_and_last_and_the_marks():
    figure = search()
    assert figure.alt.startswith("line chart of time to try half against key (bits) (logarithmic")
    assert "one computer (line): 105 ms at 20 bits; " in figure.alt
    assert "all miners" in figure.alt
    assert figure.alt.endswith("Marked: DES, 228 years at 56 bits")
    assert f'alt="{figure.alt}"' in figure.html


def test_few_points_are_all_said_and_ticks_are_words():
    figure = line_chart({"a": [(1, 2), (2, 4), (3, 6)]}, x="rounds", y="size (bytes)", caption="c",
                        x_ticks={1: "once", 2: "twice", 3: "thrice"})  # fmt: skip
    assert "a (line): 2 bytes at once; 4 bytes at twice; 6 bytes at thrice" in figure.alt


def test_points_are_not_called_a_line():
    curve = [(n, n * n) for n in range(10)]
    figure = line_chart({"expected": curve, "counted": curve}, x="n", y="pairs", caption="c",
                        points=["counted"])  # fmt: skip
    assert "expected (line)" in figure.alt
    assert "counted (10 points)" in figure.alt


def test_bars_say_every_value():
    figure = bar_chart({"AES": 3400.0, "RSA": 0.8}, unit="MB/s", x="speed", caption="c")
    assert figure.alt == "bar chart of speed (MB/s). AES: 3,400 MB/s; RSA: 0.8 MB/s"
    assert "logarithmic axis. AES: 2 µs; RSA: 800 µs" in bar_chart(
        TIMES, unit="s", caption="c", log=True).alt  # fmt: skip


def test_measured_charts_differ_in_the_masked_form_only():
    for make in (
        lambda by: bar_chart({k: v * by for k, v in TIMES.items()}, unit="s", caption="c",
                             measured=True),
        lambda by: line_chart({"a": [(512, 0.01 * by), (1024, 0.1 * by)]}, x="bits", y="seconds",
                              caption="c", measured=True),
    ):  # fmt: skip
        one, other = make(1).text, make(1.7).text
        assert one != other
        assert masked(one) == masked(other)
        assert one.count(" here") == 2


@pytest.mark.parametrize("names", [("a", "b"), ("a name that is far too long for the side", "b")])
def test_every_word_is_inside_large_enough_and_apart(drawn, names):
    values = list(SEARCH.values())
    line_chart(
        dict(zip(names, values, strict=True)),
        x="key (bits)",
        y="time (s)",
        log="y",
        caption="c",
        marks={"one": (56, 7e9), "two": (60, 1e11), "end": (128, 3e17)},
    )
    bar_chart({**TIMES, "a long name with many words": 9e9}, unit="s", caption="c", log=True)
    for drawing in drawn:
        found = words(drawing)
        assert len(found) > 8
        width, height = drawing.get_size_inches() * drawing.dpi
        for text, size, box in found:
            assert size >= 10, text
            assert box.x0 >= 0, text
            assert box.y0 >= 0, text
            assert box.x1 <= width, text
            assert box.y1 <= height, text
        overlaps = [
            (a[0], b[0])
            for n, a in enumerate(found)
            for b in found[:n]
            if a[2].padded(-1).overlaps(b[2].padded(-1))
        ]
        assert overlaps == []


def test_lines_are_told_apart_without_colour(drawn):
    line_chart({str(n): [(0, n), (1, n)] for n in range(6)}, x="x", y="y", caption="c")
    (axes,) = drawn[0].axes
    looks = [(line.get_linestyle(), line.get_marker()) for line in axes.get_lines()]
    assert len(set(looks)) == 6
    assert {str(n) for n in range(6)} <= {text.get_text() for text in axes.texts}


def test_the_picture_is_sharp_small_and_alone():
    figure = search()
    image = picture(figure)
    assert image.size[0] == 2 * 700
    assert image.info.get("Software") is None
    assert len(figure.html) < 45_000
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules[
        "matplotlib.pyplot"].get_fignums()  # fmt: skip


def test_what_cannot_be_drawn_is_refused():
    say = {"x": "x", "y": "y", "caption": "c"}
    for series in ({}, {"a": []}, {str(n): [(1, 1)] for n in range(7)}):
        with pytest.raises(ValueError, match="series"):
            line_chart(series, **say)
    with pytest.raises(ValueError, match="no place for 0: y"):
        line_chart({"a": [(1, 0), (2, 0)]}, log="y", **say)
    for values in ({}, {"a": -1.0}):
        with pytest.raises(ValueError, match="not negative"):
            bar_chart(values, unit="s", caption="c")
    with pytest.raises(ValueError, match="above 0"):
        bar_chart({"a": 0.0}, unit="s", caption="c", log=True)


@pytest.mark.parametrize(
    ("label", "unit", "shown"),
    [("bits", "bits", "bits"), ("time (s)", "s", "time"), ("seconds", "seconds", "time"),
     ("speed (MB/s)", "MB/s", "speed (MB/s)"), ("keys tried", "", "keys tried")],
)  # fmt: skip
def test_an_axis_knows_its_unit(label, unit, shown):
    assert Axis(label).unit == unit
    assert Axis(label).words == shown


def test_an_axis_that_goes_far_counts_in_powers_of_ten(drawn):
    for top in (1e8, 1e5):
        line_chart({"a": [(1, 1), (2, top)]}, x="x", y="values tried", log="y", caption="c")
    far, near = ({text for text, _, _ in words(drawing)} for drawing in drawn)
    assert {"1", "10³", "10⁶"} & far
    assert not {"1,000,000", "10,000"} & far
    assert "1,000" in near


def test_time_ticks_are_times_one_knows():
    assert moments(0.5, 90_000, 9) == [1.0, 60.0, 3600.0, 86_400.0]
    assert len(moments(1e-9, 1e60, 7)) <= 7
    assert moments(2e-3, 0.5, 7) == [0.01, 0.1]


def test_matplotlib_is_imported_late():
    code = "import sys, helpers.show; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
