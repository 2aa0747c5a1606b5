"""Choose which bytes go into the transcript hash, and compare with a real Finished."""

from __future__ import annotations

from helpers.experiments.labels import recorded
from helpers.experiments.transcripts import (
    CHANGES,
    UNITS,
    WHOLE,
    handshake_messages,
    transcript,
)
from helpers.show import transcript_view

from .controls import Choice, Toggle
from .explorer import Explorer


def rebuild_finished() -> Explorer:
    """verify_data over any choice, beside what OpenSSL sent."""
    return Explorer(
        "Rebuild a Finished",
        {
            "sender": Choice("Whose Finished", ["client", "server"], style="buttons"),
            "unit": Choice("Of each message take", UNITS, value=WHOLE),
            "count": Choice("The last message that counts", _last),
            "spec": Toggle("ChangeCipherSpec counts, too"),
            "change": Choice("Change on the way", CHANGES),
        },
        lambda sender, unit, count, spec, change: transcript_view(
            transcript(sender, unit, count, spec=spec, change=change)),
        question="Make the client's Finished come out. How many bytes have been hashed then? "
        "Change one bit of the Certificate: how many of the 32 bytes are still right?",
    )


def _last(earlier: dict) -> dict[str, int]:
    return {f"{place}. {message.title}, from the {message.sender}": place
            for place, message in enumerate(handshake_messages(recorded()), 1)}
