"""The bench counts right and compares like with like. No figure is tested: machines differ."""

import json
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from helpers.tls import messages
from tools import bench, bench_engine, bench_tls


def rows(*measures) -> list[bench.Row]:
    return [bench.Row(f"row{number}", 1.5, "ratio", "a figure", measure)
            for number, measure in enumerate(measures)]


def unlucky() -> float:
    raise bench.NotMeasured("no such tool")


def test_table_and_file(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "ROWS", rows(lambda: 1.5, lambda: 1.50004, lambda: 2, unlucky))
    bench.main([])
    written = json.loads((tmp_path / "build" / "bench.json").read_text("utf-8"))
    assert [entry["value"] for entry in written.values()] == [1.5, 1.5, 2, None]
    assert written["row0"] == {"value": 1.5, "limit": 1.5, "unit": "ratio", "what": "a figure"}
    assert written["row3"]["not_measured"] == "no such tool"
    table = capsys.readouterr().out
    assert "1.5 <= 1.5 ratio  holds" in table
    assert "2 > 1.5 ratio  DOES NOT HOLD" in table
    assert "not measured: no such tool" in table


def test_some_rows_only(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "ROWS", rows(lambda: 1, unlucky))
    bench.main(["row0"])
    assert list(json.loads((tmp_path / "build" / "bench.json").read_text("utf-8"))) == ["row0"]
    with pytest.raises(SystemExit, match=r"called row7\. There are: row0, row1"):
        bench.main(["row7"])


def test_a_measurement_that_breaks_is_not_hidden(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "ROWS", rows(lambda: 1 / 0))
    with pytest.raises(ZeroDivisionError):
        bench.main([])


def test_ratio_takes_turns(monkeypatch):
    """Ours costs 3 ticks a call and theirs 2; busy moments hit one turn, and one whole round."""
    clock, log = [0], []
    busy = {4, *range(30, 40)}

    def ours():
        clock[0] += 3 if log.count("ours") not in busy else 1000
        log.append("ours")

    def theirs():
        log.append("theirs")
        clock[0] += 2

    monkeypatch.setattr(bench.time, "process_time", lambda: clock[0])
    assert bench.ratio(ours, theirs, repeat=2, rounds=5) == 1.5
    turns = 6 * bench.TURNS  # one round to warm up
    assert log == ["ours", "ours", "theirs", "theirs"] * turns


def test_every_row_has_a_limit_and_says_what_it_is():
    names = [row.name for row in bench.ROWS]
    assert len(set(names)) == len(names)
    assert all(row.limit > 0 and row.unit and len(row.what) > 10 for row in bench.ROWS)


def test_make_test_reads_the_time_that_was_left(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "TEST_SECONDS", tmp_path / "test-seconds")
    with pytest.raises(bench.NotMeasured, match="run make test first"):
        bench.make_test()
    (tmp_path / "test-seconds").write_text("121\n", encoding="utf-8")
    assert bench.make_test() == 121


def test_setup_without_a_network_is_not_measured(tmp_path):
    with pytest.raises(bench.NotMeasured, match=r"installing failed.*: no index"):
        bench._timed(["sh", "-c", "echo working; echo no index >&2; exit 1"], str(tmp_path))


def test_both_handshakes_succeed():
    bench_engine.our_handshake()
    bench_engine.openssl_handshake()


@pytest.mark.parametrize("setting", [bench_tls.TLS13_ECDSA, bench_tls.TLS13_RSA,
                                     bench_tls.TLS12_ECDHE], ids=["1.3 ecdsa", "1.3 rsa", "1.2"])
def test_whole_handshakes_succeed_and_the_chain_has_one_signature(setting):
    setting.ours()
    setting.floor()
    setting.tlslite()
    assert setting.identity.chain == (setting.identity.certificate.public_bytes(Encoding.DER),)
    setting.identity.certificate.verify_directly_issued_by(setting.root.certificate)


@pytest.mark.parametrize("setting", [bench_tls.TLS13_ECDSA, bench_tls.TLS13_RSA])
def test_aioquic_does_the_same_handshake(setting):
    pytest.importorskip("aioquic", reason="a development package for the bench alone")
    setting.aioquic()


def test_records_are_opened_to_what_was_sealed():
    work = bench_tls.Records()
    assert work.ours() == work.keys_alone() == work.bare() == work.text
    assert len(work.text) == 2**14


def test_import_time_is_the_difference_of_medians():
    """Each round 50 ms alone; 70 with ours, but once a busy moment."""
    answers = iter([99, 99] + [50, 70] * 10 + [50, 999] + [50, 70] * 4)
    codes = []

    def run(command, **_):
        codes.append(command[-1])
        return SimpleNamespace(stdout=f"{next(answers)}\n")

    assert bench_tls.import_milliseconds("helpers.wire", run) == 20
    assert len(codes) == 2 * (bench_tls.STARTS + 1)
    assert "import cryptography.x509;" in codes[0]
    assert "import cryptography.x509, helpers.wire;" in codes[1]


def test_what_is_beside_a_figure_is_information(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "ROWS", [bench.Row(
        "row", 2.0, "ratio", "a figure", lambda: 1, {"peer": lambda: 48.1, "other": unlucky})])
    bench.main([])
    written = json.loads((tmp_path / "build" / "bench.json").read_text("utf-8"))
    assert written["row"]["beside"] == {"peer": 48.1, "other": None}
    table = capsys.readouterr().out
    assert "(beside it, peer: 48.1 ratio)" in table
    assert "(beside it, other: not installed)" in table


def test_all_parsers_read_the_same_six_messages():
    kinds = [1, 2, 11, 12, 14, 16]
    assert [record[5] for _, record in bench_engine.flight()] == kinds
    ours = bench_engine.parse(fields=False)
    assert ours == bench_engine.parse(fields=True)
    assert [type(item) for item in ours] == [
        messages.ClientHello, messages.ServerHello, messages.Certificate,
        messages.ServerKeyExchange, messages.Empty, messages.ClientKeyExchange]
    assert [item.type for item in bench_engine.parse_dpkt()] == kinds
    theirs = bench_engine.parse_tlslite()
    assert theirs[0].random == ours[0].random
    assert theirs[3].signature == ours[3].signature
    assert theirs[5].ecdh_Yc == ours[5].exchange_keys


def test_scapy_reads_them_too():
    read = bench_engine.parse_scapy()
    assert [item.msgtype for item in read] == [1, 2, 11, 12, 14, 16]
    assert read[3].sig.sig_val == bench_engine.parse(fields=False)[3].signature
