"""experiments/same_order_known.py: who knows what of lesson 00's order."""

import pytest

from helpers.conversation import CLIENT, SERVER
from helpers.experiments import order_by, sights
from helpers.experiments.eavesdrop import EAVESDROPPER
from helpers.experiments.same_order_known import STOLEN, three_ways


def names(moment, who):
    return {item.name for item in (*moment.before[who], *moment.new[who])}


def test_both_ends_have_the_same_secrets_and_nobody_between_them():
    for moment in three_ways():
        common = {name for name in names(moment, CLIENT) if "traffic_secret" in name}
        assert common == {name for name in names(moment, SERVER) if "traffic_secret" in name}
        assert not any(item.secret for item in (*moment.before[EAVESDROPPER],
                                                *moment.new[EAVESDROPPER]))
    made = [len(moment.new[CLIENT]) for moment in three_ways()]
    assert made[1] == 5, "two randoms' worth, and what follows from the shares"
    assert "client_application_traffic_secret_0" in names(three_ways()[6], SERVER)


def test_the_values_are_those_of_the_key_log():
    logged = {step.name: step.output for step in order_by("https").secrets}
    shown = {item.name: item.value for moment in three_ways() for item in moment.new[CLIENT]
             if "traffic_secret" in item.name}
    assert len(shown) == 4
    assert all(logged[name] == value for name, value in shown.items())


OPENED = [[], [], [4, 5, 6, 7, 9], [10, 11, 12, 13], [4, 5, 6, 7, 9, 10, 11, 12, 13]]


@pytest.mark.parametrize(("stolen", "opened"), list(zip(STOLEN, OPENED, strict=True)))
def test_what_a_thief_can_open(stolen, opened):
    moments = three_ways(stolen)
    assert [number for number, moment in enumerate(moments, start=1)
            if moment.sight.sealed and moment.opened] == opened
    assert [moment.sight for moment in moments] == list(sights("https"))
    assert ("the HTTP request" in names(moments[-1], EAVESDROPPER)) == (10 in opened)
