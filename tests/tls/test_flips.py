"""A flipped bit never makes two connected ends disagree: a seeded sample of what `make flips`
enumerates; and the watcher sees what it is there to see."""

import pytest

from helpers.tls import record, record13
from helpers.tls.handshake12 import Handshake12
from helpers.tls.handshake13 import Handshake13
from tools import flips

SAMPLE = {name: 40 if "OpenSSL" in name else 120 for name in flips.LANES}


@pytest.mark.parametrize("name", flips.LANES)
def test_a_sample_of_flips(name):
    table = flips.survey(name, flips.bits(name, SAMPLE[name]))
    assert table.total == SAMPLE[name]
    noticed = sum((count for count in table.counts.values()), start=flips.Counter())
    assert noticed.total() - noticed[flips.NOBODY] > 0.9 * table.total


@pytest.mark.parametrize("name", [name for name in flips.LANES if "OpenSSL" not in name])
def test_bits_of_every_kind_in_both_hellos(name):
    """They cross in the clear before anything protects them."""
    hellos = {(sender, number) for sender, number, _, title in flips.records(name)
              if title.endswith("Hello")}
    assert len(hellos) == 2
    few = [bit for bit in flips.bits(name)
           if (bit.sender, bit.number) in hellos and bit.bit == bit.offset % 8][::3]
    flips.survey(name, few)


def test_the_numbers_of_bits():
    for name in flips.LANES:
        everything = flips.bits(name)
        assert len(everything) == 8 * sum(length for _, _, length, _ in flips.records(name))
        assert flips.bits(name, 50) == flips.bits(name, 50) != flips.bits(name, 50, seed=1)


@pytest.mark.parametrize("name", ["1.2-RSA", "1.2-ECDHE", "1.3", "1.3-hybrid", "1.3-ECH"])
def test_a_run_repeats_as_far_as_randomness_is_ours(name):
    """All but what `cryptography` draws itself: see groups.answer_share and signing.sign."""
    first, second = (flips.Run(flips.LANES[name], None) for _ in range(2))
    hello = [(sender, number, data) for sender, number, data in first.records if number == 0]
    again = [(sender, number, data) for sender, number, data in second.records if number == 0]
    assert hello[0] == again[0]
    same = first.records == second.records
    assert same == (name in ("1.3", "1.3-ECH"))


# --- an engine that does not look ---------------------------------------------------------------

def everywhere(name: str, title: str) -> list[flips.Bit]:
    """One bit of every byte of the first record called that."""
    at = next((sender, number) for sender, number, _, said in flips.records(name) if title in said)
    return [bit for bit in flips.bits(name)
            if (bit.sender, bit.number) == at and bit.bit == 7]


def test_without_finished_ends_disagree(monkeypatch):
    chosen = everywhere("1.2-RSA", "ClientHello")
    flips.survey("1.2-RSA", chosen)
    monkeypatch.setattr(Handshake12, "check_finished", believe)
    with pytest.raises(flips.Disagreement, match=r"1\.2-RSA, Bit\(sender='client'.*transcript"):
        flips.survey("1.2-RSA", chosen)


def test_tls13_without_finished_and_tags(monkeypatch):
    """Its keys come from the transcript: without Finished alone, records would not open."""
    chosen = everywhere("1.3", "Finished")
    monkeypatch.setattr(Handshake13, "check_finished", believe)
    monkeypatch.setattr(record13, "AESGCM", Unchecked)
    with pytest.raises(flips.Disagreement, match="disagree about the secrets"):
        flips.survey("1.3", chosen)


def believe(rules, message, data: bytes) -> None:
    rules.end.transcript.append(data)


def test_without_tags_somebody_hears_what_nobody_said(monkeypatch):
    monkeypatch.setattr(record, "AESGCM", Unchecked)
    chosen = everywhere("1.2-ECDHE", "application data")
    with pytest.raises(flips.Disagreement, match="which nobody said"):
        flips.survey("1.2-ECDHE", chosen[20:])


class Unchecked:
    """A cipher that hides nothing and proves nothing."""

    def __init__(self, key: bytes):
        pass

    def encrypt(self, nonce: bytes, text: bytes, additional: bytes) -> bytes:
        return text + bytes(16)

    def decrypt(self, nonce: bytes, sealed: bytes, additional: bytes) -> bytes:
        return sealed[:-16]


def test_an_end_that_sends_another_alert_is_reported():
    run = flips.Run(flips.LANES["1.2-ECDHE"], flips.Bit("client", 0, 0, 0))
    assert flips.disagreement(run) is None
    assert run.noticed == "record header (server)"
    run.ends["server"].end.alerts_sent.append("decode_error")
    assert flips.disagreement(run) == ("the server raised unexpected_message and sent "
                                       "['unexpected_message', 'decode_error']")


def test_the_table(capsys):
    flips.main(["1.3", "--most", "40", "--jobs", "1"])
    said = capsys.readouterr().out
    assert said.startswith("1.3: ")
    assert "40 flips" in said
    assert "all together" in said
    assert "never did two connected ends disagree" in said
    with pytest.raises(SystemExit, match=r"No lane is called 1\.4"):
        flips.main(["1.4"])
