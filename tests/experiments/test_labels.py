"""Labels and transcripts of a recorded conversation, against what was recorded."""

from itertools import product

import pytest

from helpers.experiments.labels import LABELS, LENGTHS, SECRETS, derive, recorded
from helpers.experiments.transcripts import (
    BODIES,
    CHANGES,
    MESSAGES,
    UNITS,
    WHOLE,
    handshake_messages,
    transcript,
)
from helpers.tls import hkdf_expand_label
from helpers.tls.schedule13 import hkdf_label

RIGHT = {("key", 16), ("iv", 12), ("finished", 32)}
CHOICES = list(product(SECRETS, LABELS, [True, False], [True, False], LENGTHS))


@pytest.mark.parametrize("secret", SECRETS)
def test_it_is_hkdf_expand_label(secret):
    seen = derive(secret, "iv", length=12)
    assert seen.output == hkdf_expand_label(recorded().secret(secret), "iv", b"", 12)
    assert seen.info == hkdf_label("iv", b"", 12)


@pytest.mark.parametrize(("secret", "label", "prefix", "hashed", "length"), CHOICES)
def test_only_right_settings_give_a_value_of_the_connection(secret, label, prefix, hashed, length):
    seen = derive(secret, label, prefix=prefix, hashed=hashed, length=length)
    unused = "application" in secret and label == "finished"
    right = prefix and not hashed and (label, length) in RIGHT and not unused
    assert bool(seen.found) == right
    if right:
        assert recorded().secret(seen.found) == seen.output
        assert seen.why.startswith("This one")
    else:
        assert not seen.why.startswith("This one")


def test_the_parts_cover_the_info():
    seen = derive(SECRETS[0], "key", hashed=True)
    assert [start for _, start, _ in seen.parts] == [0, *(end for *_, end in seen.parts[:-1])]
    assert seen.parts[-1][2] == len(seen.info) == 2 + 1 + 9 + 1 + 32


def test_an_unknown_secret_is_a_key_error():
    with pytest.raises(KeyError):
        derive("main_secret", "key")


@pytest.mark.parametrize("sender", ["server", "client"])
def test_exactly_one_transcript_fits(sender):
    lasts = range(1, len(handshake_messages(recorded())) + 1)
    fitting = [(unit, last, spec, change)
               for unit, last, spec, change in product(UNITS, lasts, [True, False],
                                                       CHANGES.values())
               if transcript(sender, unit, last, spec=spec, change=change).fits]
    assert fitting == [(MESSAGES, 5 if sender == "server" else 6, False, "")]


def test_a_fit_and_only_a_fit_is_called_one():
    for unit, last, spec, change in product(UNITS, range(1, 8), [True, False], CHANGES.values()):
        seen = transcript("server", unit, last, spec=spec, change=change)
        assert seen.fits == seen.why.startswith("These are exactly"), seen


def test_lengths_of_the_three_units():
    hellos = handshake_messages(recorded())[:2]
    assert transcript("server", MESSAGES, 2).length == sum(len(one.data) for one in hellos)
    assert transcript("server", WHOLE, 2).length == transcript("server", MESSAGES, 2).length + 10
    assert transcript("server", BODIES, 2).length == transcript("server", MESSAGES, 2).length - 8


@pytest.mark.parametrize(("sender", "count"), [("server", 5), ("client", 6)])
def test_what_fits_by_unit(sender, count):
    fitting = {unit: transcript(sender, unit, count).fits for unit in UNITS}
    assert fitting == {WHOLE: False, MESSAGES: True, BODIES: False}


def test_an_unknown_unit_is_one_sentence():
    with pytest.raises(ValueError, match="records"):
        transcript("server", "bits", 5)
