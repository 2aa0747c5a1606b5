"""Every widget of the course, with every value of every control."""

import pytest

import helpers.explore
from tests.explore.proof import prove


@pytest.mark.parametrize("name", helpers.explore.WIDGETS)
def test_widget(name):
    prove(getattr(helpers.explore, name)())


def test_a_widget_is_made_anew_each_time():
    for name in helpers.explore.WIDGETS:
        make = getattr(helpers.explore, name)
        assert make() is not make()
