"""Views of lesson 10: the way into a site, one address with two certificates, copied early data,
and what is inside a ticket of ours."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from helpers.conversation import Conversation
from helpers.experiments.first_visit import WayIn
from helpers.experiments.one_address import Asked
from helpers.experiments.replayed import Arrival
from helpers.tls.passive import Message

from .figure import Cell, Html, Table
from .look import chip, panel

_TONES = {"browser": "client", "shop": "server", "Mallory": "eavesdropper"}


def way_in_view(way: WayIn) -> Html:
    """Step by step what happens, what lay open, and whose page is on the screen at the end."""
    rows = [[str(number), Cell(step.who, _TONES.get(step.who)), step.what,
             Cell(_first_line(step.in_the_clear), "eavesdropper" if step.in_the_clear else None,
                  mono=True)]
            for number, step in enumerate(way.steps, start=1)]
    table = Table(f"{way.typed} typed; the browser remembers: {way.memory}; on the way: "
                  f"{way.on_the_way}", ["step", "who", "what", "bytes in the clear"], rows,
                  wide=True)
    read = ", ".join(way.read) or "nothing"
    said = f"Read by somebody on the way: {read}."
    words, tone = {"the shop": ("on the screen: the shop's page", "good"),
                   "Mallory": ("on the screen: Mallory's page", "trouble"),
                   "nobody": ("no page: the browser refused", "changed")}[way.page_from]
    return Html(panel(f"{chip(words, tone)} {escape(said)}") + table.html,
                f"{words}. {said}\n{table.text}")


def _first_line(data: bytes) -> str:
    lines = data.decode("ascii", "replace").split("\r\n")
    kept = [lines[0], *(line for line in lines if line.startswith(("Cookie", "Location")))]
    return " | ".join(kept) if data else "none"


def asked_view(tries: Sequence[Asked] | Asked) -> Html | Table:
    """One try in words, or several as a table."""
    if isinstance(tries, Asked):
        table = _asked_table([tries])
        words, tone = _verdict(tries)
        return Html(panel(chip(words, tone)) + table.html, f"{words}\n{table.text}")
    return _asked_table(tries)


def _asked_table(tries: Sequence[Asked]) -> Table:
    rows = [[one.sent or "no name", one.wanted, one.shown or "none", one.protocol or "none agreed",
             Cell(*_verdict(one))] for one in tries]
    return Table("One address, two certificates", ["name in the ClientHello", "address bar",
                 "certificate shown", "ALPN", "what comes of it"], rows)


def _verdict(one: Asked) -> tuple[str, str]:
    if one.refused_by:
        return f"the {one.refused_by} refuses: {one.alert}", "trouble"
    return "connected", "good"


def arrivals_view(rows: Sequence[Arrival]) -> Html:
    """Each time the same bytes arrive somewhere: what TLS and the shop make of them."""
    cells = [[str(number), Cell(row.sender, "client" if number == 1 else "eavesdropper"),
              f"{row.machine}, {row.seconds:g} s later" if number > 1 else row.machine,
              Cell("accepted", "changed") if row.early_data else Cell("dropped", "good"),
              row.answer, str(row.orders)] for number, row in enumerate(rows, start=1)]
    table = Table("The same bytes, again and again", ["no.", "sent by", "machine", "early data",
                  "the shop", "orders so far"], cells, wide=True)
    wanted, made = rows[0].orders, rows[-1].orders
    if made > wanted:
        words, tone = f"ordered {made} times, wanted once", "trouble"
    elif any(row.answer == "done at once" for row in rows[1:]):
        words, tone = "read again, but nothing ordered", "changed"
    else:
        words, tone = "no copy did anything", "good"
    return Html(panel(chip(words, tone)) + table.html, f"{words}\n{table.text}")


def byte_counts(visits: dict[str, Conversation]) -> Table:
    """Bytes on the wire of each handshake message, 5-byte record headers included, a column a
    visit; application data and goodbyes are left out."""
    columns = {name: _sizes(talk) for name, talk in visits.items()}
    titles: dict[tuple[str, str], None] = {}
    for sizes in columns.values():
        titles.update(dict.fromkeys(sizes))
    order = [key for key in titles if key[1] != "NewSessionTicket"]
    rows = [[f"{title} ({sender})", *(_count(sizes.get((sender, title))) for sizes in
                                      columns.values())] for sender, title in order]
    rows.append(["together", *(f"{sum(sizes[key] for key in order if key in sizes):,}"
                               for sizes in columns.values())])
    return Table("The handshake in bytes on the wire, record headers included",
                 ["message (sender)", *columns], rows)


def _sizes(talk: Conversation) -> dict[tuple[str, str], int]:
    return {(one.sender, one.title): len(one.wire) for one in talk.messages if _handshake(one)}


def _handshake(message: Message) -> bool:
    return message.name not in ("application_data", "alert", "new_session_ticket")


def _count(size: int | None) -> str:
    return "not sent" if size is None else f"{size:,}"
