"""What went into HKDF or into a transcript hash, what came out, and whether it is the real one."""

from __future__ import annotations

from html import escape

from helpers.conversation import Conversation
from helpers.experiments.labels import Derived
from helpers.experiments.transcripts import Transcript

from .figure import Cell, Html, Table
from .hexdump import hex_view
from .look import chip, code, panel
from .values import count


def derived_view(derived: Derived) -> Html:
    """The bytes that a secret was expanded with, piece by piece, and where the result was used."""
    found = derived.found
    verdict = f"this is {found}" if found else "nobody used this value"
    marks = {name: (start, end) for name, start, end in derived.parts if start < end}
    dump = hex_view(derived.info, mark=marks, tone="secret")
    said = f"{count(len(derived.output), 'byte')} came out"
    html = (panel(f"{chip(verdict, 'good' if found else 'trouble')} {escape(derived.why)}")
            + panel(f"What the secret was expanded with, the info "
                    f"({count(len(derived.info), 'byte')}):") + dump.html
            + panel(f"{said}:<br>{code(derived.output.hex(' '))}"))
    return Html(html, f"{verdict}. {derived.why}\n{dump.text}\n{said}: {derived.output.hex()}")


def transcript_view(transcript: Transcript) -> Html:
    """What was hashed, and the verify_data it gives beside the one that was sent."""
    fits = transcript.fits
    verdict = f"{'equal to' if fits else 'not'} the {transcript.sender}'s Finished"
    hashed = f"Hashed: {count(transcript.length, 'byte')} of {', '.join(transcript.hashed)}."
    table = Table("verify_data, 32 bytes", ["whose", "value"], [
        ["yours", Cell(transcript.verify_data.hex(" ", 4), mono=True)],
        ["as sent", Cell(transcript.real.hex(" ", 4), mono=True)]], wide=True)
    html = (panel(f"{chip(verdict, 'good' if fits else 'trouble')} {escape(transcript.why)}")
            + panel(escape(hashed)) + table.html)
    return Html(html, f"{verdict}. {transcript.why}\n{hashed}\n{table.text}")


def record_sizes(conversation: Conversation) -> Table:
    """The handshake's records and the messages inside, up to the client's Finished, in bytes."""
    last = conversation.find("finished", "client").index
    rows = [[message.title, Cell(message.sender, message.sender), count(len(message.wire), "byte"),
             count(len(message.data), "byte"), "yes" if message.encrypted else "no"]
            for message in conversation.messages[:last + 1]]
    return Table(f"The handshake of: {conversation.title}",
                 ["message", "sent by", "record as it crossed", "inside", "encrypted"], rows)
