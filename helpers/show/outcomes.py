"""How an experiment ended: what a stolen secret opened, and which cipher suite was agreed on."""

from __future__ import annotations

from html import escape

from helpers.experiments.eavesdrop import Theft
from helpers.experiments.negotiate import KINDS, Negotiation
from helpers.tls.passive import Message
from helpers.tls.registry import SUITES, CipherSuite

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


def negotiation_view(result: Negotiation) -> Html:
    """Every suite with its place in both lists, and which one was chosen, or why none was."""
    suites = list(dict.fromkeys([*result.client, *result.server]))
    rows = [[_suite(suite, result), _place(suite, result.client), _place(suite, result.server),
             _fits(suite, result)] for suite in suites]
    table = Table(f"Both lists, and a certificate with an {KINDS[result.kind]} key",
                  ["cipher suite", "client", "server", "fits the key"], rows, wide=True)
    if result.chosen is not None:
        words, tone = f"agreed: {result.chosen.name}", "good"
    else:
        words, tone = f"no handshake: the {result.sent_by} sends {result.alert}", "trouble"
    html = panel(f"{chip(words, tone)} {escape(result.why)}") + table.html
    return Html(html, f"{words}. {result.why}\n{table.text}")


def _suite(suite: CipherSuite, result: Negotiation) -> Cell:
    if suite == result.chosen:
        return Cell(f"chosen: {suite.name}", "good")
    return Cell(suite.name)


def _place(suite: CipherSuite, suites: tuple[CipherSuite, ...]) -> Cell:
    if suite in suites:
        return Cell(f"{suites.index(suite) + 1}.")
    return Cell("not in the list", "eavesdropper")


def _fits(suite: CipherSuite, result: Negotiation) -> Cell:
    needed = SUITES[suite].authentication
    if needed == KINDS[result.kind]:
        return Cell("yes")
    return Cell(f"no, it needs {needed}", "eavesdropper")
