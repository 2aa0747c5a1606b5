"""`make fuzz` runs every target, and says it when one breaks."""

import pytest

from tests.tls.hostile import targets
from tools import fuzz


def test_hypothesis_drives_where_atheris_is_not(monkeypatch):
    monkeypatch.setattr(fuzz.importlib.util, "find_spec", lambda name: None)
    assert fuzz.driver() == "hypothesis"
    moments = iter([0.0, 0.0, 2.0])
    monkeypatch.setattr(fuzz.time, "monotonic", lambda: next(moments))
    assert fuzz.with_hypothesis("small_messages", 1) >= 400


def test_what_breaks_comes_out(monkeypatch):
    monkeypatch.setitem(targets.TARGETS, "ticket", lambda data: 1 // (len(data) < 5))
    with pytest.raises(ZeroDivisionError):
        fuzz.with_hypothesis("ticket", 60)


def test_the_table(monkeypatch, capsys):
    monkeypatch.setattr(fuzz, "run_alone", lambda name, seconds: (name != "ticket", "words"))
    with pytest.raises(SystemExit) as ended:
        fuzz.main(["records", "ticket", "--seconds", "5"])
    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert "drives 2 targets, 5 s each" in said
    assert "records         holds  words" in said
    assert "ticket          BROKEN  words" in said
    with pytest.raises(SystemExit) as ended:
        fuzz.main(["records"])
    assert ended.value.code == 0
    with pytest.raises(SystemExit, match="No target is called nothing"):
        fuzz.main(["nothing"])


def test_every_target_begins_with_honest_bytes():
    for name, target in targets.TARGETS.items():
        found = targets.seeds(name)
        assert found
        for data in found[:6]:
            target(data)
