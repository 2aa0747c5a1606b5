"""The bars of the server's first flight."""

import pytest

from helpers.experiments.latency_chains import chain, parts_of
from helpers.show import weight_view


def test_what_fits_and_what_does_not():
    flights = {kind: parts_of(chain(kind, 2)) for kind in ("ECDSA P-256", "ML-DSA-44")}
    text = weight_view(flights).text
    assert "room for 14,600 bytes in 10 packets" in text
    assert "ECDSA P-256: 3,004 bytes" in text
    assert "CertificateVerify 80, other 180): fits" in text
    assert "ML-DSA-44: 16,141 bytes" in text
    assert "1,541 bytes too many" in text


def test_another_window():
    parts = {"RSA": parts_of(chain("RSA-2048"))}
    assert "1,460 bytes in 1 packet." in weight_view(parts, window=1).text
    assert "too many" in weight_view(parts, window=1).text
    assert weight_view(parts, window=30).text.endswith("fits]")


def test_nothing_to_show():
    with pytest.raises(ValueError, match="needs a flight"):
        weight_view({})
