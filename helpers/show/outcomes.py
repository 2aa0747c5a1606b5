"""How an experiment ended: what a stolen secret opened."""

from __future__ import annotations

from html import escape

from helpers.experiments.eavesdrop import Theft
from helpers.tls.passive import Message

from .figure import Cell, Html, Table
from .look import chip, panel

_STOLEN = {"nothing": "what an eavesdropper reads",
           "server_private_key": "what the thief reads with the server's private key",
           "key_log": "what the thief reads with the key log of this visit",
           "wrong_key": "what the thief reads with another server's private key"}


def theft_view(theft: Theft) -> Html:
    """Each encrypted record of the recording, and what the thief reads in it."""
    rows = [[Cell(f"{message.sender}, record of {len(message.wire)} bytes", message.sender),
             _read(message)]
            for message in theft.conversation.messages if message.encrypted]
    table = Table(f"The encrypted records of: {theft.conversation.title}",
                  ["sent by", _STOLEN[theft.stolen]], rows, wide=True)
    count = f"{len(theft.opened)} of {len(theft.opened) + len(theft.closed)} records open"
    verdict = chip(count, "trouble" if theft.opened else "quiet")
    html = panel(f"{verdict} {escape(theft.why)}") + table.html
    return Html(html, f"{count}. {theft.why}\n{table.text}")


def _read(message: Message) -> Cell:
    if message.data is None:
        return Cell("locked: cannot be read", "eavesdropper")
    if message.name == "application_data":
        lines = message.data.decode("ascii", "replace").split("\n")
        text = " | ".join(line.strip() for line in lines if line.strip())
        return Cell(text, "secret", mono=True)
    return Cell(message.title, "secret")
