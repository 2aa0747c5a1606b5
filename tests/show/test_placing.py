"""Words of a chart: inside, apart, and over nothing."""

from itertools import pairwise

import pytest

from helpers.show.placing import along, beside, spread

ROOM = (0, 0, 400, 300)


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("point", [(2, 2), (398, 2), (2, 298), (398, 298), (200, 150)])
def test_a_word_stays_inside_and_off_the_line(point):
    line = along([(0, 0), (400, 300)])
    box = beside(point, (80, 16), ROOM, line, [])
    assert ROOM[0] <= box[0]
    assert ROOM[1] <= box[1]
    assert box[2] <= ROOM[2]
    assert box[3] <= ROOM[3]
    if point == (200, 150):
        assert not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in line)


def test_words_near_one_point_do_not_meet():
    taken = []
    for _ in range(6):
        taken.append(beside((200, 150), (60, 16), ROOM, [], taken))
    assert not [1 for a in taken for b in taken if a is not b and meet(a, b)]


def test_a_line_is_followed_without_gaps():
    found = along([(0, 0), (100, 0), (100, 50)])
    steps = [abs(c - a) + abs(d - b) for (a, b), (c, d) in pairwise(found)]
    assert max(steps) <= 4 + 1e-9
    assert found[0] == (0, 0)
    assert found[-1] == (100, 50)
    assert along([(3, 4)]) == [(3, 4)]


def test_names_are_spread_in_their_order():
    assert spread([0.5], 0.1, 0, 1) == [0.5]
    found = spread([0.99, 0.98, 0.2, 0.985], 0.1, 0, 1)
    assert found[2] == pytest.approx(0.2)
    assert found[1] < found[3] < found[0] <= 1
    assert found[0] - found[3] == pytest.approx(0.1, abs=0.01)
