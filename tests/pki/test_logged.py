"""Certificate Transparency in the verdict."""

import pytest

from helpers import pki
from tests.pki.ground import failure, ground

LOGS = [pki.Log("One"), pki.Log("Two"), pki.Log("Three"), pki.Log("Four")]


@pytest.mark.parametrize(("promised", "known", "days", "good"), [
    (2, 4, 100, True), (1, 4, 100, False), (0, 4, 100, False), (2, 1, 100, False),
    (2, 4, 180, True), (2, 4, 200, False), (3, 4, 200, True),
])
def test_how_many_logs_must_have_promised(promised, known, days, good):
    found = failure(leaf={"logs": LOGS[:promised], "days": days}, logs=LOGS[:known])
    assert (found is None) is good
    assert good or found[0] == "ct"


def test_one_log_twice_is_one_log():
    assert failure(leaf={"logs": [LOGS[0], LOGS[0]]}, logs=LOGS)[0] == "ct"


def test_asked_only_where_logs_are_given():
    assert failure() is None
    line = ground().judge().lines[-1]
    assert (line.check, line.state) == ("ct", "passed")
    assert "no logs were given" in line.reason
    assert failure(logs=[])[0] == "ct"
    assert failure(logs=LOGS, policy=pki.RFC5280) is None


def test_a_promise_is_for_one_issuer():
    other = pki.issue("Other CA", ca=True)
    borrowed = pki.issue("shop.example", by=other, logs=LOGS).certificate.extensions
    stamps = next(item.value for item in borrowed if "11129" in item.oid.dotted_string)
    found = failure(leaf={"extensions": [(stamps, False)]}, logs=LOGS)
    assert found[0] == "ct"
    assert found[1].startswith("0 of the logs")


def test_stamps_that_cannot_be_read():
    from cryptography import x509

    broken = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"), b"\x00")
    assert failure(leaf={"extensions": [(broken, False)]}, logs=LOGS)[0] in ("ct", "extensions")
