"""The Explorer: live controls, the picture that follows, and the still one."""

import pytest

from helpers.explore import Choice, Explorer, Number, Toggle, Typed
from helpers.show import Html
from tests.explore.proof import complaints, prove, prove_still
from tests.explore.test_controls import FLIP


def flip(**more) -> Explorer:
    return Explorer(
        "Flip a byte",
        FLIP,
        lambda **values: f"<p>{sorted(values.items())}</p>".replace("'", ""),
        question="Who <notices>?",
        **more,
    )


def widget(explorer: Explorer, name: str):
    return explorer._handles[name].widget


def test_it_starts_at_the_start():
    explorer = flip()
    assert explorer.values == {"lane": "RSA", "message": "hello", "offset": 0, "mask": 1}
    assert explorer.value_html == explorer.render_with()


def test_moving_a_live_control_changes_the_picture():
    explorer = flip()
    widget(explorer, "lane").index = 1
    box, slider = widget(explorer, "offset").children
    slider.value = 3
    assert explorer.values == {"lane": "ECDHE", "message": "hello", "offset": 3, "mask": 1}
    assert box.value == 3
    assert "offset, 3" in explorer.value_html
    box.value = 1
    assert slider.value == 1


def test_what_depends_follows_and_stays_allowed():
    explorer = flip()
    explorer.set("lane", "ECDHE")
    explorer.set("message", "exchange")
    explorer.set("offset", 8)
    explorer.set("lane", "RSA")
    assert explorer.values["message"] == "hello"
    assert explorer.values["offset"] == 4
    assert widget(explorer, "message").options == ("hello", "finished")
    box, slider = widget(explorer, "offset").children
    assert (box.min, box.max, box.value) == (slider.min, slider.max, slider.value) == (0, 4, 4)


def test_bounds_may_move_up_and_down_past_each_other():
    controls = {
        "base": Number("Base", 0, 100),
        "at": Number("At", lambda e: e["base"], lambda e: e["base"] + 5),
    }
    explorer = Explorer("Window", controls, lambda base, at: f"{base} {at}")
    for base in (50, 100, 0, 7):
        explorer.set("base", base)
        assert base <= explorer.values["at"] <= base + 5
        assert widget(explorer, "at").children[0].value == explorer.values["at"]


def test_every_combination_can_be_set_on_the_live_widget():
    explorer = flip()
    for values in explorer.combinations():
        for name, value in values.items():
            explorer.set(name, value)
        assert explorer.values == values
        assert explorer.value_html == explorer.render_with(**values)


def test_the_widgets_stay_the_same_objects_and_are_not_drawn_twice():
    explorer = flip()
    before = list(explorer.children)
    sent = []
    explorer._view.observe(sent.append, "value")
    explorer.set("offset", 3)
    explorer.set("offset", 3)
    assert list(explorer.children) == before
    assert len(sent) == 1


def test_on_change_hears_of_moves_only():
    heard = []
    explorer = flip(on_change=heard.append)
    assert heard == []
    explorer.set("offset", 2)
    explorer.set("offset", 2)
    assert [values["offset"] for values in heard] == [2]


def test_notes_stand_below_their_control():
    explorer = flip(notes={"lane": lambda lane, **_: f"<p>note about {lane}</p>"})
    assert explorer.note_with("lane", lane="ECDHE") == "<p>note about ECDHE</p>"
    place = explorer.children.index(widget(explorer, "lane"))
    assert explorer.children[place + 1].value == "<p>note about RSA</p>"
    assert "note about RSA" in explorer._repr_mimebundle_()["text/html"]
    with pytest.raises(ValueError, match="do not exist"):
        flip(notes={"nothing": str})


def test_the_still_picture_holds_everything_and_no_scripts():
    explorer = flip()
    bundle = explorer._repr_mimebundle_()
    prove_still(explorer)
    assert "application/vnd.jupyter.widget-view+json" in bundle
    still = bundle["text/html"]
    for words in (
        "Flip a byte",
        "Who &lt;notices&gt;?",
        "Lane: <strong>RSA</strong>",
        "from 1 to 255",
        "Offset: <strong>0</strong>",
        "one of: hello; finished",
    ):
        assert words in still
    assert still == flip()._repr_mimebundle_()["text/html"]
    assert "<style" not in still


def test_a_view_may_be_returned():
    explorer = Explorer("V", {"on": Toggle("On")}, lambda on: Html(f"<p>{on}</p>", str(on)))
    assert explorer.value_html == "<p>False</p>"


def test_a_render_that_raises_is_one_sentence_and_recovers():
    explorer = Explorer("Divide", {"by": Number("By", 0, 3)}, lambda by: f"<p>{6 // by}</p>")
    assert "could not be drawn" in explorer.value_html
    assert "ZeroDivisionError" in explorer.value_html
    assert "Traceback" not in explorer.value_html
    explorer.set("by", 2)
    assert explorer.value_html == "<p>3</p>"


def test_unknown_names_are_refused():
    with pytest.raises(KeyError, match="no control 'x'"):
        flip().set("x", 1)
    with pytest.raises(KeyError, match="x"):
        flip().render_with(x=1)


def test_every_control_has_a_label_on_screen():
    controls = {
        "a": Choice("Alpha", [1, 2]),
        "b": Choice("Beta", [1, 2], style="radio", value=None),
        "c": Choice("Gamma", [1, 2], style="buttons"),
        "d": Number("Delta", 0.0, 1.0, 0.25),
        "e": Toggle("Epsilon"),
        "f": Typed("Zeta", "x"),
    }
    explorer = Explorer("All", controls, lambda **values: f"<p>{values}</p>")
    for name, control in controls.items():
        shown = widget(explorer, name)
        labelled = shown.children[0] if name == "d" else shown
        assert labelled.description == control.label
    assert widget(explorer, "b").index is None
    widget(explorer, "f").value = "typed"
    widget(explorer, "e").value = True
    widget(explorer, "b").index = 1
    assert [explorer.values[name] for name in "bef"] == [2, True, "typed"]
    prove(explorer)


def test_the_proof_finds_what_it_is_for():
    one = {"a": Choice("A", [1, 2])}
    prove(Explorer("fine", one, lambda a: f"<p>{a}</p>"))
    for bad in (
        lambda a: "<p>always the same</p>",
        lambda a: "<p> </p>",
        lambda a: f"<p>{a // 0}</p>",
        lambda a: f"<script>{a}</script>x",
        lambda a: f'{a}<img src="data:,">',
        lambda a: f"{a}{object()}",
    ):
        with pytest.raises(AssertionError):
            prove(Explorer("bad", one, bad))
    assert complaints('<img alt="words" src="data:,">') == []
