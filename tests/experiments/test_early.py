"""Nobody may send before the handshake says so."""

import pytest

from helpers.experiments import attempts_to_send


@pytest.mark.parametrize("lane", ["RSA", "ECDHE"])
def test_both_ends_refuse_until_finished(lane):
    said = [(row.client, row.server) for row in attempts_to_send(lane)]
    assert said == [("refused", "refused"), ("refused", "refused"),
                    ("refused", "sent"), ("sent", "sent")]


def test_another_lane_is_one_sentence():
    with pytest.raises(ValueError, match="there is no lane 'zz'; there are: RSA, ECDHE"):
        attempts_to_send("zz")
