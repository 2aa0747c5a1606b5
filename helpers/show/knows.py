"""Who knows what: one row a message, client on the left, server on the right, the eavesdropper
between them. Facts come from experiments/eavesdrop.py, which derives them by rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from helpers.conversation import CLIENT, SERVER, Conversation
from helpers.experiments.eavesdrop import ALL_SECRETS, EAVESDROPPER, WHO, Row, knowledge

from .figure import Html, Table
from .look import COLUMN, INK, PANEL, SANS, css, tone

_NAMES = {
    "server_private_key": "server's private key", "server_public_key": "server's public key",
    "server_ephemeral_key": "server's ephemeral key",
    "client_ephemeral_key": "client's ephemeral key",
    "pre_master_secret": "pre-master secret",
    "encrypted_pre_master_secret": "encrypted pre-master secret",
    "session_hash": "hash of the messages so far", "hash_of_hellos": "hash of both hellos",
    "hash_up_to_finished": "hash up to the server's Finished",
    "client_public_key": "client's public key",
    "request": "HTTP request", "response": "HTTP response",
}
_TONES = {CLIENT: "client", EAVESDROPPER: "eavesdropper", SERVER: "server"}


def who_knows(conversation: Conversation, stolen: Iterable[str] = ()) -> Html:
    """The table for a Conversation; `stolen` facts are in the eavesdropper's hands as well.

    Messages of one sender in a row that tell nobody anything new share one line. Raises
    ValueError as `knowledge` does.
    """
    stolen = (stolen,) if isinstance(stolen, str) else tuple(stolen)
    rows = knowledge(conversation, stolen)
    caption = (f"Who knows what: {conversation.title or 'this conversation'}. + is made or "
               "received here; = is computed here, from what is known by then; * is a secret, "
               "meant for client and server only.")
    if stolen:
        taken = ", ".join(_name(fact) for fact in stolen)
        caption += f" The eavesdropper has stolen: {taken}."
    lines, keys = [], False
    for group in _grouped(rows):
        keys = keys or bool({"keys", "handshake_keys"} & set(group[0].new[EAVESDROPPER]))
        lines.append(_line(group, keys))
    plain = Table(caption, ["sent", *WHO], [
        [label, *("; ".join(_mark(item) for item in cell) for cell in cells)]
        for label, _, cells in lines])
    head = "".join(f'<th scope="col" style="{_css("quiet")}width:{width}%;">{escape(name)}</th>'
                   for name, width in zip(["sent", *WHO], (25, 25, 25, 25), strict=True))
    body = "".join(_html_row(*line) for line in lines)
    return Html(
        f'<div style="overflow-x:auto;max-width:{COLUMN}px;"><table style="border-collapse:'
        f"collapse;table-layout:fixed;width:100%;min-width:520px;margin:4px 0;background-color:"
        f'{PANEL};color:{INK};font-family:{SANS};font-size:14px;line-height:1.35;">'
        f'<caption style="caption-side:top;text-align:left;background-color:{PANEL};color:{INK};'
        f'font-weight:600;padding:5px 8px;">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>", plain.text)


Item = tuple[str, str]  # what it is ("public", "secret" or "note"), and its words with the sign


def _grouped(rows: list[Row]) -> list[list[Row]]:
    """Rows with news stand alone; those without, one after the other from one sender, together."""
    runs = groupby(rows, key=lambda row: (any(row.new.values()), _sender(row)))
    return [group for (news, _), run in runs
            for group in ([[row] for row in run] if news else [list(run)])]


def _sender(row: Row) -> str | None:
    return row.message.sender if row.message else None


Line = tuple[str, str | None, list[list[Item]]]


def _line(group: list[Row], keys: bool) -> Line:
    """A label, the sender, and what each party learns. `keys` says whether the eavesdropper can
    decrypt by now."""
    sender, titles = _sender(group[0]), ", ".join(row.title for row in group)
    label = f"{sender}: {titles}" if sender else titles
    return label, sender, [_items(group, who, keys) for who in WHO]


def _items(group: list[Row], who: str, keys: bool) -> list[Item]:
    facts = group[0].new[who]
    found = [("secret" if fact in ALL_SECRETS else "public",
              f"{'=' if fact in group[0].computed[who] else '+'} {_name(fact)}") for fact in facts]
    sealed = [len(row.message.wire) for row in group if row.message and row.message.encrypted]
    if who == EAVESDROPPER and sealed and not facts:
        return [("note", f"record of {size} bytes, {'decrypted' if keys else 'encrypted'}")
                for size in sealed]
    return found


def _name(fact: str) -> str:
    return _NAMES.get(fact, fact.replace("_", " "))


def _mark(item: Item) -> str:
    kind, words = item
    return f"{words}\u00a0*" if kind == "secret" else words


def _html_row(label: str, sender: str | None, cells: list[list[Item]]) -> str:
    written = f'<th scope="row" style="{_css(sender)}font-weight:normal;">{escape(label)}</th>'
    for who, cell in zip(WHO, cells, strict=True):
        lines = "".join(f"<div>{_html(item)}</div>" for item in cell)
        written += f'<td style="{_css(_TONES[who] if cell else None)}">{lines or "&nbsp;"}</td>'
    return f"<tr>{written}</tr>"


def _html(item: Item) -> str:
    if item[0] != "secret":
        return escape(_mark(item))
    return (f'<span style="{css("secret")}display:inline-block;border-radius:4px;padding:0 4px;">'
            f'{escape(_mark(item))}</span>')


def _css(name: str | None) -> str:
    dashed = "dashed" if name == "eavesdropper" else "solid"
    return (f"{css(name)}border:1px {dashed} {tone(name).line};padding:3px 8px;text-align:left;"
            "vertical-align:top;white-space:normal;overflow-wrap:break-word;")
