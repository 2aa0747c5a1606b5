"""Our engine, accepted by real peers: each in each of its roles, each case that it can do."""

import pytest

from tests.interop.case import Unable
from tests.interop.matrix import Meeting, faults, meetings
from tests.optional import need

ABLE = [meeting for meeting in meetings() if not meeting.unable]


@pytest.mark.parametrize("meeting", ABLE, ids=str)
def test_they_understand_each_other(meeting: Meeting):
    for tool in meeting.peer.TOOLS:
        need(tool)
    try:
        assert not faults(meeting)
    except Unable as reason:
        pytest.skip(str(reason))
