"""Charts of RSA's costs say in words what they show, and mark what a clock said."""

from helpers.experiments.rsa_costs import BLOCKS
from helpers.show import cost_chart, factoring_chart


def test_factoring():
    chart = factoring_chart([(20, 1.1e-5), (40, 2e-2)])
    assert "measured on this machine, now (line): ≈ 11.0 µs here at 20 bits" in chart.alt
    assert "at 96 bits" in chart.alt
    assert "Up to 40 bits measured" in chart.caption


def test_costs():
    chart = cost_chart({"AES-128-GCM": 1e-4, "RSA-2048, decrypted": 2.0})
    assert "AES-128-GCM: ≈ 100 µs here; RSA-2048, decrypted: ≈ 2.00 s here" in chart.alt
    assert f"multiplied by {BLOCKS:,}" in chart.caption
