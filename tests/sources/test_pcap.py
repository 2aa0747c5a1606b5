"""What Wireshark makes of a Conversation that we wrote down: the same."""

import struct
import subprocess
from pathlib import Path

import pytest

from helpers import lab
from helpers.conversation import CLIENT, SERVER, Conversation, Crossing, exchange
from helpers.sources import keylog_text, load, openssl_client, openssl_server, record_exchange
from helpers.sources.openssl import REQUEST, RESPONSE
from helpers.sources.pcap import checksum, pcap_bytes
from tests.optional import need
from tests.tls.hand_server import client

LIVE = {
    "our client": lambda: exchange(client(), openssl_server(), request=REQUEST, response=RESPONSE),
    "long answer": lambda: exchange(openssl_client(), openssl_server("ECDHE-RSA-AES256-GCM-SHA384"),
                                    request=REQUEST, response=RESPONSE + bytes(40_000)),
    "a second try": lambda: record_exchange(openssl_server(version="1.3", group="secp256r1")),
}
NAMES = ["tls12_rsa", "tls12_ecdhe", "tls12_ecdhe_ecdsa", "tls13_mlkem", "tls13_x25519",
         "tls13_ecdsa", *LIVE]


def conversation(name: str) -> Conversation:
    return LIVE[name]() if name in LIVE else load(name)


def tshark(folder: Path, talk: Conversation, *arguments: str) -> str:
    """tshark's answer about the Conversation, with its secrets; checksums are checked."""
    (folder / "talk.pcap").write_bytes(pcap_bytes(talk))
    (folder / "keys.txt").write_text(keylog_text(talk), encoding="utf-8")
    done = subprocess.run(
        [need("tshark"), "-r", folder / "talk.pcap", "-o", f"tls.keylog_file:{folder}/keys.txt",
         "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", *arguments],
        capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_tshark_decrypts_the_same_bytes(tmp_path, name):
    talk = conversation(name)
    told = tshark(tmp_path, talk, "-q", "-z", "follow,tls,raw,0")
    lines = [line for line in told.splitlines() if line.strip()
             and set(line.strip()) <= set("0123456789abcdef")]
    said = {CLIENT: b"", SERVER: b""}
    # tshark indents what its second node says; the first is whoever it deciphered first
    nodes = (CLIENT, SERVER) if "Node 0: 192.0.2.10" in told else (SERVER, CLIENT)
    for line in lines:
        said[nodes[line.startswith("\t")]] += bytes.fromhex(line.strip())
    assert said == {who: talk.application_data(who) for who in said}
    assert said[CLIENT] == REQUEST
    assert said[SERVER].startswith(RESPONSE)


@pytest.mark.parametrize("name", NAMES)
def test_tshark_names_the_same_messages_and_has_no_complaint(tmp_path, name):
    talk = conversation(name)
    told = tshark(tmp_path, talk, "-T", "fields", "-e", "ip.src", "-e", "tls.handshake.type",
                  "-e", "ip.checksum.status", "-e", "tcp.checksum.status",
                  "-e", "tcp.analysis.flags", "-e", "_ws.malformed")
    theirs = []
    for line in told.splitlines():
        source, types, *problems = line.split("\t")
        who = CLIENT if source == "192.0.2.10" else SERVER
        theirs += [(who, int(kind)) for kind in types.split(",") if kind]
        assert problems == ["1", "1", "", ""]  # both checksums are good
    ours = [(message.sender, message.data[0]) for message in talk.messages
            if message.content_type == 22]
    assert theirs == ours


def test_tshark_cannot_read_it_without_the_key_log(tmp_path):
    talk = load("tls12_ecdhe").without_secrets()
    assert "474554" not in tshark(tmp_path, talk, "-q", "-z", "follow,tls,raw,0")  # GET


def test_the_file_without_any_tool():
    """Header, 3 packets to open, 3 to close, one and its answer for each crossing."""
    talk = load("tls12_rsa")
    data = pcap_bytes(talk)
    assert data == pcap_bytes(talk)
    magic, major, minor, _, _, _, link = struct.unpack_from("<IHHiIII", data)
    assert (magic, major, minor, link) == (0xA1B2C3D4, 2, 4, 228)
    at, times, payload = 24, [], b""
    while at < len(data):
        seconds, micro, size, full = struct.unpack_from("<IIII", data, at)
        packet = data[at + 16:at + 16 + size]
        assert size == full == int.from_bytes(packet[2:4], "big")
        assert checksum(packet[:20]) == 0
        pseudo = packet[12:20] + struct.pack(">BBH", 0, 6, size - 20)
        assert checksum(pseudo + packet[20:]) == 0
        payload += packet[40:]
        times.append(seconds + micro / 1e6)
        at += 16 + size
    assert payload == b"".join(item.sent for item in talk.crossings)
    assert times[0] == lab.NOW.timestamp()
    assert times == sorted(times)
    segments = sum(-(-len(item.sent) // 1460) for item in talk.crossings)
    assert len(times) == 6 + 2 * segments


def test_checksum_of_rfc_1071():
    """The example of RFC 1071 section 3: the sum is ddf2."""
    assert checksum(bytes.fromhex("0001f203f4f5f6f7")) == 0xFFFF ^ 0xDDF2
    assert checksum(b"\x12") == 0xFFFF ^ 0x1200


def test_an_empty_conversation():
    data = pcap_bytes(Conversation(()))
    assert len(data) == 24 + 6 * (16 + 40)
    assert pcap_bytes(Conversation((Crossing(CLIENT, b"", b"late"),))) == data
