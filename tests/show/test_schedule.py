"""The graph shows every value of the key schedule, up to the step, and marks what is another."""

import re
from base64 import b64decode

import pytest

from helpers.experiments import visit_nodes
from helpers.show import key_node_view, key_schedule_graph
from helpers.show.schedule_places import BANDS, PLACES


def picture(view):
    return b64decode(re.search(r'base64,([^"]+)"', view.html).group(1)).decode()


def test_every_value_and_formula_is_there():
    nodes = visit_nodes()
    figure = key_schedule_graph(nodes)
    svg = picture(figure)
    for number, node in enumerate(nodes, 1):
        assert node.step.output[:3].hex(" ") in svg
        assert f">{number} " in svg
        assert f"{number} {node.name}, " in figure.text
        assert node.step.formula in figure.text


def test_a_step_shows_nothing_that_comes_later():
    nodes = visit_nodes()
    for step in range(1, len(nodes) + 1):
        view = key_node_view(nodes, step)
        svg = picture(view)
        for number, node in enumerate(nodes, 1):
            place = PLACES[node.name]
            assert (node.step.output[:place.shown].hex(" ") in svg) == (number <= step)
        assert nodes[step - 1].step.output.hex(" ", 4) in view.text
        for name, value in nodes[step - 1].step.inputs:
            assert value.hex(" ", 4) in view.text, name


def test_changed_values_are_marked_in_words_too():
    honest, other = visit_nodes(), visit_nodes("certificate")
    figure = key_schedule_graph(other, compared=honest)
    assert picture(figure).count("≠") == 8
    assert figure.text.count("(changed)") == 8
    assert "That one bit does not reach it" in key_node_view(other, 1, compared=honest).text
    assert "another value" in key_node_view(other, 22, compared=honest).text


def test_transcript_hashes_stand_over_the_secrets_they_go_into():
    nodes = {node.name: node for node in visit_nodes()}
    svg = picture(key_schedule_graph(visit_nodes()))
    for owners, *_ in BANDS:
        hashes = {dict(nodes[name].step.inputs)["transcript_hash"] for name in owners}
        assert len(hashes) == 1
        assert hashes.pop()[:3].hex(" ") in svg


def test_boxes_do_not_overlap():
    places = list(PLACES.values())
    for at, one in enumerate(places):
        for other in places[at + 1:]:
            apart = (one.x + one.width <= other.x or other.x + other.width <= one.x
                     or one.y + one.height <= other.y or other.y + other.height <= one.y)
            assert apart, (one, other)


def test_wrong_steps_and_nodes_are_refused():
    with pytest.raises(ValueError, match="step 1 to 22"):
        key_schedule_graph(visit_nodes(), step=23)
    with pytest.raises(ValueError, match="not the values"):
        key_schedule_graph(visit_nodes()[:4])
