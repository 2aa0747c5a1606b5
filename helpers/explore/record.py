"""Find the ingredients that open a real TLS 1.3 record."""

from __future__ import annotations

from helpers.experiments.records import ADDITIONAL, records, try_record
from helpers.show import opening_view

from .controls import Choice, Number
from .explorer import Explorer


def open_a_record() -> Explorer:
    """Decrypts a record of a recorded conversation for real, with the ingredients chosen."""
    return Explorer(
        "Open a record",
        {
            "record": Choice("Record", _labels, style="radio"),
            "keys": Choice("Key and IV of", ["client", "server"], style="buttons"),
            "number": Number("Sequence number", 0, 9, value=5),
            "additional": Choice("Additional data", ADDITIONAL, style="radio"),
        },
        lambda record, keys, number, additional: opening_view(
            try_record(record, keys, number, additional)),
        question="One of the server's records holds the web page. Which is it, what is its "
        "sequence number, and what came before it under the same key?",
    )


def _labels(_: dict) -> dict[str, int]:
    return {f"{place + 1}. from the {one.sender}, {len(one.wire)} bytes": place
            for place, one in enumerate(records())}
