"""Measures the course's speed figures: `python -m tools.bench [name ...]` (`make bench`).

Prints a table and writes build/bench.json: {name: {"value", "limit", "unit", "what"}}. A figure
holds when value <= limit; one that cannot be measured here has the value null and says why. The
exit code says only whether the measuring worked: no figure is a test.

Ratios of speed are medians over rounds in which both sides take turns, in CPU time, so that a
busy machine slows both alike.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tools import bench_engine, bench_tls, bench_verdict

ROOT = Path(__file__).resolve().parent.parent
TEST_SECONDS = ROOT / "build" / "test-seconds"
ROUNDS, TURNS = 25, 5


class NotMeasured(Exception):
    """This machine, or this moment, does not allow the measurement; the text says why."""


@dataclass(frozen=True)
class Row:
    """One figure: `measure()` gives its value in `unit`, or raises NotMeasured. `beside` are other
    things measured in the same run and the same unit, for information: name -> measure."""

    name: str
    limit: float
    unit: str
    what: str
    measure: Callable[[], float]
    beside: Mapping[str, Callable[[], float]] = field(default_factory=dict)


def ratio(ours: Callable[[], object], theirs: Callable[[], object], repeat: int,
          rounds: int = ROUNDS) -> float:
    """The median over the rounds of ours / theirs. In a round both take turns, TURNS times
    `repeat` calls each, and the best turn of each counts: interruptions only ever add."""
    def turn(work: Callable[[], object]) -> float:
        start = time.process_time()
        for _ in range(repeat):
            work()
        return time.process_time() - start

    def one_round() -> float:
        turns = [(turn(ours), turn(theirs)) for _ in range(TURNS)]
        return min(mine for mine, _ in turns) / min(other for _, other in turns)

    one_round()  # warm
    return statistics.median(one_round() for _ in range(rounds))


def handshake() -> float:
    return ratio(bench_engine.our_handshake, bench_engine.openssl_handshake, 2, 60)


def over_floor(setting: bench_tls.Setting) -> float:
    return ratio(setting.ours, setting.floor, 4)


def peer_over_floor(setting: bench_tls.Setting, peer: str) -> float:
    """A peer over the same floor; fewer rounds for tlslite-ng, whose arithmetic is Python's."""
    slow = peer == "tlslite"
    try:
        return ratio(getattr(setting, peer), setting.floor, 1 if slow else 4, 3 if slow else 10)
    except ImportError as missing:
        raise NotMeasured(f"{missing.name} is not installed") from None


def peers(setting: bench_tls.Setting, **names: str) -> dict[str, Callable[[], float]]:
    return {name.replace("_", "-"): partial(peer_over_floor, setting, method)
            for name, method in names.items()}


def records(way: str = "ours") -> float:
    work = bench_tls.Records()
    return ratio(getattr(work, way), work.bare, 200)


def parse_with_fields() -> float:
    return ratio(lambda: bench_engine.parse(fields=True), bench_engine.parse_tlslite, 10)


def parse_with_fields_scapy() -> float:
    return ratio(lambda: bench_engine.parse(fields=True), bench_engine.parse_scapy, 4, 5)


def parse_plain() -> float:
    return ratio(lambda: bench_engine.parse(fields=False), bench_engine.parse_dpkt, 20)


def verdict_cryptography() -> float:
    return ratio(bench_verdict.our_verdict, bench_verdict.their_verdict, 10)


def lesson() -> float:
    """The slowest lesson, each run from a kernel that starts for it."""
    from tools import notebooks

    seconds = {}
    for path in sorted(notebooks.FOLDER.glob("*.ipynb")):
        notebook = notebooks.read(path)
        start = time.perf_counter()
        notebooks.execute(notebook, path)
        seconds[path.name] = time.perf_counter() - start
    if not seconds:
        raise NotMeasured("there is no notebook yet")
    return max(seconds.values())


def make_test() -> float:
    """What the last `make test` took: it leaves its seconds in build/test-seconds."""
    try:
        return float(TEST_SECONDS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NotMeasured("run make test first: it leaves its time in build/test-seconds") from None


def make_setup() -> float:
    """Both from nothing: an empty cache, a new environment, the same locked packages."""
    with tempfile.TemporaryDirectory() as folder:
        ours = _timed([sys.executable, "-m", "tools.setup", "--venv", f"{folder}/ours"], folder)
        start = time.perf_counter()
        _timed([sys.executable, "-m", "venv", f"{folder}/theirs"], folder)
        python = Path(folder, "theirs", "Scripts" if os.name == "nt" else "bin", "python")
        _timed([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check",
                "-r", "requirements.txt"], folder)
        return ours / (time.perf_counter() - start)


def _timed(command: list[str], folder: str) -> float:
    caches = {"PIP_CACHE_DIR": f"{folder}/pip", "UV_CACHE_DIR": f"{folder}/uv"}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=os.environ | caches, capture_output=True,
                          text=True)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[-1]
        raise NotMeasured(f"installing failed, perhaps there is no network here: {last[:80]}")
    return time.perf_counter() - start


def widget() -> float:
    """95th percentile over the widgets of all lessons, in milliseconds (tests/browser/measure)."""
    from tests.optional import NAMES

    if not any(map(shutil.which, NAMES["chromium"])):
        raise NotMeasured("Chromium is not installed here")
    from tests.browser.measure import measure_widget_latency

    return measure_widget_latency()["p95"]


def first_byte() -> float:
    """By how many percent the latency model is off, at the worst of the measured ways to visit."""
    from helpers.experiments import check_model

    return 100 * max(abs(row.off) for row in check_model(round_trip=0.1, runs=3))


ROWS = [
    Row("tls12_handshake", 1.3, "ratio", "TLS 1.2 ECDHE-RSA handshake and goodbye in memory, both "
        "verify the same chain: our client / pyOpenSSL's client, same server", handshake),
    Row("parse_fields_tlslite", 1.0, "ratio", "the six plaintext messages of the recorded ECDHE "
        "handshake: our parse with fields / tlslite-ng's plain parse", parse_with_fields),
    Row("parse_fields_scapy", 0.02, "ratio", "the same bytes: our parse with fields / scapy's TLS "
        "layers", parse_with_fields_scapy),
    Row("parse_plain_dpkt", 1.5, "ratio", "the same bytes: our parse without fields / dpkt.ssl's "
        "records and handshakes (dpkt leaves three message types unread)", parse_plain),
    Row("tls13_ecdsa_floor", 2.5, "ratio", "full TLS 1.3 handshake in memory, X25519, ECDSA P-256, "
        "client judging a chain of two: both ends ours / its public-key operations alone",
        partial(over_floor, bench_tls.TLS13_ECDSA),
        peers(bench_tls.TLS13_ECDSA, tlslite_ng="tlslite", aioquic="aioquic")),
    Row("tls13_rsa_floor", 2.0, "ratio", "the same with RSA-2048 keys in both certificates",
        partial(over_floor, bench_tls.TLS13_RSA),
        peers(bench_tls.TLS13_RSA, tlslite_ng="tlslite", aioquic="aioquic")),
    Row("tls12_ecdhe_floor", 1.9, "ratio", "the same in TLS 1.2, ECDHE-RSA",
        partial(over_floor, bench_tls.TLS12_ECDHE),
        peers(bench_tls.TLS12_ECDHE, tlslite_ng="tlslite")),
    Row("records_16k", 1.6, "ratio", "16 KiB of application data sealed into a TLS 1.3 record, "
        "read and opened, AES-128-GCM: our record layers / bare AESGCM", records,
        {"keys without the stream": partial(records, "keys_alone")}),
    Row("import_tls", 30.0, "ms", "import helpers.tls after cryptography.x509, CPU time in fresh "
        "interpreters", bench_tls.import_milliseconds,
        {"with client and server": partial(bench_tls.import_milliseconds,
                                           "helpers.tls.client, helpers.tls.server")}),
    Row("verdict_cryptography", 3.0, "ratio", "a three-certificate chain, read from DER each time: "
        "the checklist of sixteen lines / cryptography.x509.verification", verdict_cryptography),
    Row("first_byte", 10.0, "%", "time to the first byte, the worst of HTTP and six ways of TLS: "
        "by how much the model misses the clock, each byte really delayed (100 ms)", first_byte),
    Row("lesson_cold", 10.0, "s", "the slowest notebook, from a cold kernel", lesson),
    Row("make_test", 360.0, "s", "the last make test on this machine, the whole course", make_test),
    Row("make_setup", 0.4, "ratio", "make setup from nothing / pip install -r requirements.txt "
        "into a new environment, both with empty caches, one run each", make_setup),
    Row("widget_p95", 100.0, "ms", "key press to changed picture in the browser, 95th percentile "
        "over the widgets of all lessons", widget),
]


def measure(row: Row) -> dict:
    """The row as build/bench.json has it."""
    entry = {"value": None, "limit": row.limit, "unit": row.unit, "what": row.what}
    try:
        entry["value"] = round(row.measure(), 4)
    except NotMeasured as reason:
        entry["not_measured"] = str(reason)
    if row.beside:
        entry["beside"] = {name: _information(work) for name, work in row.beside.items()}
    return entry


def _information(work: Callable[[], float]) -> float | None:
    try:
        return round(work(), 4)
    except NotMeasured:
        return None


def verdict(entry: dict) -> str:
    """The last columns of the table: "1.21 <= 1.3 ratio  holds"."""
    if entry["value"] is None:
        return f"not measured: {entry['not_measured']}"
    holds = entry["value"] <= entry["limit"]
    return (f"{entry['value']:g} {'<=' if holds else '>'} {entry['limit']:g} {entry['unit']}"
            f"  {'holds' if holds else 'DOES NOT HOLD'}")


def main(names: list[str]) -> None:
    """Measures the rows asked for (all, if none is) and prints each as soon as it is there."""
    known = [row.name for row in ROWS]
    if unknown := [name for name in names if name not in known]:
        raise SystemExit(f"No figure is called {', '.join(unknown)}. "
                         f"There are: {', '.join(known)}.")
    entries = {}
    for row in ROWS:
        if not names or row.name in names:
            entries[row.name] = measure(row)
            print(f"{row.name:22}{verdict(entries[row.name])}", flush=True)
            print(f"{'':22}{row.what}", flush=True)
            for other, value in entries[row.name].get("beside", {}).items():
                said = "not installed" if value is None else f"{value:g} {row.unit}"
                print(f"{'':22}(beside it, {other}: {said})", flush=True)
    path = ROOT / "build" / "bench.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
