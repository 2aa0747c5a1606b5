"""Recordings in files: what is read is what was saved, and nothing else is taken for one."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import lab
from helpers.conversation import CLIENT, Conversation, Crossing
from helpers.pki import authority
from helpers.sources import capture, keylog_text, load, names, save


def test_the_recordings():
    assert {"tls12_rsa", "tls12_ecdhe", "tls12_ecdhe_ecdsa", "tls13_mlkem", "tls13_x25519",
            "tls13_ecdsa"} <= set(names())
    for name in names():
        talk = load(name)
        assert talk.title
        assert talk.application_data(CLIENT).startswith(b"GET /")


@pytest.mark.parametrize("name", names())
def test_the_recordings_fit_the_keys_and_certificates_of_the_lab(name):
    kind = "ecdsa" if name.endswith("ecdsa") else "rsa"
    assert load(name).find("certificate").parsed.certificate_list == authority.server(kind).chain


def test_the_recordings_are_described():
    text = (lab.DATA / "recordings" / "PROVENANCE.md").read_text("utf-8")
    assert all(f"{name}.json" in text for name in names())


@settings(max_examples=25)
@given(st.lists(st.builds(Crossing, st.sampled_from(["client", "server"]), st.binary(max_size=20),
                          st.just(b"")), max_size=4),
       st.lists(st.text(max_size=20), max_size=3), st.text(max_size=10))
def test_save_then_read(tmp_path_factory, crossings, lines, title):
    path = tmp_path_factory.mktemp("recordings") / "one.json"
    talk = Conversation(tuple(crossings), tuple(lines), title=title)
    save(talk, path, "a test")
    again = capture.read(path)
    assert (again.title, again.keylog) == (title, tuple(lines))
    assert [(item.sender, item.sent) for item in again.crossings] == [
        (item.sender, item.sent) for item in crossings]
    assert all(item.sent == item.delivered for item in again.crossings)


def test_a_name_that_is_not_there():
    with pytest.raises(ValueError, match=r"no recording called 'tls99'\. There are: .*tls12_rsa"):
        load("tls99")


good = {"title": "t", "crossings": [{"sender": "client", "hex": "00"}], "keylog": []}


@pytest.mark.parametrize("text", [
    "", "null", "[]", "7", "[" * 100_000, '"text"', "{}", "\x00",
    json.dumps(good | {"crossings": [{"sender": "client"}]}),
    json.dumps(good | {"crossings": [{"sender": "client", "hex": "0"}]}),
    json.dumps(good | {"crossings": [{"sender": "client", "hex": 7}]}),
    json.dumps(good | {"crossings": [{"sender": "mallory", "hex": "00"}]}),
    json.dumps(good | {"crossings": [{"sender": ["client"], "hex": "00"}]}),
    json.dumps(good | {"crossings": None}), json.dumps(good | {"keylog": 7}),
])
def test_files_that_are_no_recordings(tmp_path, text):
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"^broken\.json "):
        capture.read(path)


def test_paths_that_are_no_files(tmp_path):
    for path in (tmp_path, tmp_path / "missing.json"):
        with pytest.raises(ValueError, match="is not a recording of this course"):
            capture.read(path)


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_random_bytes(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "random.json"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"random\.json"):
        capture.read(path)


def test_key_log_text():
    talk = load("tls12_rsa")
    assert keylog_text(talk).splitlines() == list(talk.keylog)
    assert keylog_text(talk).endswith("\n")
    assert keylog_text(talk.without_secrets()) == ""
