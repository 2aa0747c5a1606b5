"""Dark lines say so in words; every visit has its column."""

from helpers.experiments import lane_visit, readings
from helpers.experiments.reading import Reading
from helpers.show import listening_view, reading, what_shows
from helpers.sources import load


def test_a_column_for_each_visit():
    visits = {"old": load("tls12_ecdhe"), "new": load("tls13_mlkem")}
    table = what_shows(visits)
    assert table.columns == ["what", "old", "new"]
    cells = {row[0].text: row[1:] for row in table.rows}
    for column, talk in enumerate(visits.values()):
        for item in readings(talk):
            cell = cells[item.what][column]
            assert cell.text == (f"dark: {item.said}" if item.dark else item.said)
            assert (cell.tone == "eavesdropper") == item.dark


def test_what_only_one_visit_has_does_not_apply_to_the_other(monkeypatch):
    lines = {1: [Reading("a", "1"), Reading("c", "3")],
             2: [Reading("a", "1"), Reading("b", "2", dark=True), Reading("c", "3")]}
    monkeypatch.setattr(reading, "readings", lines.__getitem__)
    table = what_shows({"plain": 1, "ECH": 2})
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["a", "1", "1"], ["b", "does not apply", "dark: 2"], ["c", "3", "3"]]


def test_one_visit_with_its_locked_ladder():
    view = listening_view(lane_visit("1.3"))
    assert "6 of 12 lines are dark" in view.text
    assert "CertificateVerify" not in view.text
    assert "encrypted record" in view.text
