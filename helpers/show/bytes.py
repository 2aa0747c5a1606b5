"""The bytes of a message, field by field: offset, hex, name, value, why it is there, and where
that is written. The fields are those that the parser of the handshake recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from helpers.pki.der import Element
from helpers.tls.envelope import record_fields
from helpers.tls.notes import Note, note
from helpers.tls.passive import Message
from helpers.tls.record import HEADER_LENGTH
from helpers.wire import Field

from .byte_rows import Row, Selection, rows_of
from .der_rows import LEAD, left_out
from .figure import Html
from .look import FAINT, INK, MONO, RULE, SMALLEST, chip, css, panel
from .values import count

_ROW = "display:grid;grid-template-columns:42px 188px 1fr;column-gap:8px;"
_TEXT_COLUMN = "margin-left:246px;"  # where the third column begins
_LIST = "list-style:none;margin:0;padding:0;"
_NESTED = f"{_LIST}border-left:2px solid {RULE};padding-left:8px;margin-left:2px;"
_TEXT_WIDTH, _FEW = 108, 8  # letters in a line; with more rows than this, text leaves out why
_CERTIFICATE_FIELDS = ("certificate", "cert_data", "signature", "signatureValue")


@dataclass(frozen=True)
class _Section:
    """A tree with the bytes it is about, and a line that says what they are."""

    title: str
    lead: str
    rows: list[Row]


def byte_view(source: Message | Field, data: bytes | None = None, *,
              only: str | Sequence[str] | None = None, depth: int = 1,
              unfold: str | Sequence[str] = (),
              highlight: Iterable[int] = (), highlight_record: Iterable[int] = (),
              record: bool = False, full: bool = False) -> Html:
    """A message (or a Field with its `data`) with every field named and explained.

    `only` keeps the named fields ("random", "extensions.server_name"); `unfold` opens those named;
    `depth` levels are open from the start. `full` opens everything and shortens nothing.
    `highlight` marks bytes of the message as changed, `highlight_record` bytes of the record (the
    5 header bytes count). `record` puts the record's own fields in front. A message that could
    not be decrypted is shown as its record. In a DER tree `unfold` shows tag and length of the
    field that it names; "certificate" opens the certificates in a message. Raises KeyError for an
    `only` that is not there.
    """
    names, opened = ((each,) if isinstance(each, str) else tuple(each or ())
                     for each in (only, unfold))
    chosen = Selection(names, opened, depth, full)
    if isinstance(source, Field):
        whole = data if data is not None else b""
        title = f"{source.name}: {count(source.end - source.start, 'byte')}"
        sections = [_Section(title, LEAD if isinstance(source, Element) else "",
                             rows_of(source, whole, chosen, frozenset(highlight)))]
        return _view(sections, None)
    changed, in_record = frozenset(highlight), frozenset(highlight_record)
    if source.data is None:
        return _view([_unread(source, chosen, changed | in_record)], source)
    if not source.encrypted:
        changed |= {at - HEADER_LENGTH for at in in_record if at >= HEADER_LENGTH}
    sections = [_record(source, chosen, in_record)] if record or in_record else []
    return _view([*sections, _message(source, chosen, changed)], source)


def _message(message: Message, chosen: Selection, changed: frozenset[int]) -> _Section:
    why = note(message.fields.name)
    size = count(len(message.data), "byte")
    how = "decrypted here with the right key" if message.encrypted else "readable by anyone"
    return _Section(f"{message.title}: {size}, sent by the {message.sender}, {how}",
                    _sentence(why), rows_of(message.fields, message.data, chosen, changed))


def _unread(message: Message, chosen: Selection, changed: frozenset[int]) -> _Section:
    size = count(len(message.wire), "byte")
    rows = rows_of(_record_tree(message), message.wire, chosen, changed)
    lead = "The header is readable; the rest is ciphertext and cannot be read without the key."
    if message.name == "malformed":
        lead = _sentence(note("malformed"))
    title = f"{message.title}: a record of {size}, sent by the {message.sender}"
    return _Section(title, lead, rows)


def _record(message: Message, chosen: Selection, changed: frozenset[int]) -> _Section:
    """The record around a message: only its header where the message itself follows below."""
    tree, wire = _record_tree(message), message.wire
    lead = ("It travels in front of the message, is not part of it, and does not count in the "
            "handshake transcript.")
    title = f"Record header: {count(HEADER_LENGTH, 'byte')}"
    if message.encrypted:
        title = f"The sealed record: {count(len(wire), 'byte')}, as an eavesdropper sees it"
        lead = "The 5-byte header is readable; the message below is inside the ciphertext."
    elif wire[HEADER_LENGTH:] != message.data:
        title = f"The last record that carried it: {count(len(wire), 'byte')}"
        lead = "Messages and records do not begin and end together."
    if wire[HEADER_LENGTH:] == message.data and tree.children:
        tree = Field(tree.name, 0, HEADER_LENGTH, None, None, tree.children[:3])
    everything = Selection((), chosen.unfold, chosen.depth, chosen.full)
    return _Section(title, lead, rows_of(tree, wire, everything, changed))


def _record_tree(message: Message) -> Field:
    return record_fields(message.wire, sealed=message.encrypted, aead=message.aead,
                         version=message.version)


def _sentence(why: Note | None) -> str:
    return f"{why.why} ({why.source})" if why else ""


def _view(sections: list[_Section], message: Message | None) -> Html:
    html = "".join(_section_html(section, message) for section in sections)
    lines = [_shown(section) for section in sections]
    explain = sum(map(len, lines)) <= _FEW
    text = [_section_text(section, shown, explain)
            for section, shown in zip(sections, lines, strict=True)]
    return Html(panel(html), "\n".join(text))


# --- HTML ---------------------------------------------------------------------------------------


def _section_html(section: _Section, message: Message | None) -> str:
    title = escape(section.title)
    if message is not None:
        title = title.replace(message.sender, chip(message.sender, message.sender), 1)
    lead = f'<div style="color:{FAINT};">{escape(section.lead)}</div>' if section.lead else ""
    head = (f'<div style="{_ROW}color:{FAINT};font-size:{SMALLEST}px;margin-top:6px;">'
            "<span>offset</span><span>bytes</span><span>field = value, and why it is there</span>"
            "</div>")
    return (f'<div style="font-weight:600;margin-top:4px;">{title}</div>{lead}{head}'
            f'<ul style="{_LIST}">{"".join(map(_row_html, section.rows))}</ul>')


def _row_html(row: Row) -> str:
    why = ""
    if row.note:
        why = (f'<div style="color:{FAINT};font-size:{SMALLEST}px;">{escape(row.note.why)} '
               f'<span style="white-space:nowrap;">{escape(row.note.source)}</span></div>')
    changed = f" {chip('changed', 'changed')}" if row.changed else ""
    return (f'<li style="{_ROW}border-top:1px solid {RULE};padding:3px 0;">'
            f'<span style="color:{FAINT};">{row.field.start}</span>{_hex_html(row)}'
            f'<div style="min-width:0;overflow-wrap:anywhere;"><b>{escape(row.field.name)}</b> = '
            f"{escape(row.value)}{changed}{why}</div>{_inside_html(row)}</li>")


def _hex_html(row: Row) -> str:
    marked = row.field.name in _CERTIFICATE_FIELDS and row.field.value is not None
    tone = css("certificate") if marked else f"color:{INK};"
    lines = []
    for line in row.hex_lines:
        if isinstance(line, int):
            lines.append(f'<span style="color:{FAINT};">… {count(line, "byte")} …</span>')
        else:
            lines.append(" ".join(_byte_html(at, value, row.changed) for at, value in line))
    return (f'<span style="{tone}font-family:{MONO};font-size:{SMALLEST}px;white-space:nowrap;">'
            f'{"<br>".join(lines)}</span>')


def _byte_html(at: int, value: int, changed: frozenset[int]) -> str:
    if at in changed:
        return f'<mark style="{css("changed")}font-weight:700;">{value:02x}</mark>'
    return f"{value:02x}"


def _inside_html(row: Row) -> str:
    if not row.inside:
        return ""
    nested = f'<ul style="{_NESTED}">{"".join(map(_row_html, row.inside))}</ul>'
    more = left_out(row.field, len(row.inside))
    shown = f"the first {len(row.inside)} of {len(row.inside) + more:,} fields" if more else (
        count(len(row.inside), "field"))
    if not row.foldable:
        said = f'<div style="color:{FAINT};">{shown}</div>' if more else ""
        return f'<div style="grid-column:1 / -1;">{said}{nested}</div>'
    opened = " open" if row.open else ""
    return (f'<details{opened} style="grid-column:1 / -1;"><summary style="color:{INK};'
            f'cursor:pointer;{_TEXT_COLUMN}">inside {escape(row.field.name)}: '
            f"{shown}</summary>{nested}</details>")


# --- plain text ---------------------------------------------------------------------------------


def _shown(section: _Section) -> list[tuple[int, Row]]:
    return [item for row in section.rows for item in row.visible()]


def _section_text(section: _Section, shown: list[tuple[int, Row]], explain: bool) -> str:
    lines = [section.title, *wrap(section.lead, _TEXT_WIDTH)]
    for level, row in shown:
        lines.append(_row_text(level, row))
        if row.note and explain:
            indent = " " * (9 + 2 * level)
            lines += wrap(f"{row.note.why} ({row.note.source})", _TEXT_WIDTH,
                          initial_indent=indent, subsequent_indent=indent)
    return "\n".join(lines)


def _row_text(level: int, row: Row) -> str:
    line = f"{row.field.start:5}  {_hex_text(row):29}{'  ' * level} {row.field.name} = {row.value}"
    if row.changed:
        line += f"  <- changed: byte {', '.join(map(str, sorted(row.changed)))}"
    return line.rstrip()


def _hex_text(row: Row) -> str:
    """One line of the bytes: the first, or the first with a change in it."""
    lines = [line for line in row.hex_lines if not isinstance(line, int)]
    if not lines:
        return ""
    shown = next((line for line in lines if any(at in row.changed for at, _ in line)), lines[0])
    words = [f"[{value:02x}]" if at in row.changed else f"{value:02x}" for at, value in shown]
    before = ["…"] if shown is not lines[0] else []
    after = ["…"] if shown is not row.hex_lines[-1] else []
    return " ".join([*before, *words, *after])
