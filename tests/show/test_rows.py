from dataclasses import dataclass

import pytest

from helpers.show import result, table_of


@dataclass(frozen=True)
class Row:
    who_sends: str
    size: int
    note: str = ""


def test_fields_become_columns_and_empty_ones_go():
    table = table_of([Row("client", 3), Row("server", 4)], "Sizes")
    assert table.text.splitlines() == ["Sizes", "who sends  size", "---------  ----",
                                       "client     3", "server     4"]


def test_a_column_with_one_value_stays():
    assert "note" in table_of([Row("client", 3), Row("server", 4, "big")], "Sizes").text


def test_no_rows_is_an_error():
    with pytest.raises(ValueError, match="at least one row"):
        table_of([], "Nothing")


def test_a_result_is_shown_as_python_shows_it():
    shown = result([True, "<b>"])
    assert shown.text == "[True, '<b>']"
    assert "&lt;b&gt;" in shown.html
    assert "<b>" not in shown.html
