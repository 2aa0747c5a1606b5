"""A Conversation as a capture file that Wireshark opens: classic pcap with raw IPv4 packets, one
TCP connection with its handshake, segments and goodbye.

The addresses are reserved for documentation (RFC 5737), the times start at lab.NOW and count 1 ms
a packet: nothing here was measured. Together with the key log, Wireshark decrypts it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from helpers import lab
from helpers.conversation import CLIENT, Conversation

CLIENT_ADDRESS, SERVER_ADDRESS = bytes((192, 0, 2, 10)), bytes((198, 51, 100, 20))
CLIENT_PORT, SERVER_PORT = 50000, 443
_RAW_IPV4 = 228  # LINKTYPE_IPV4: each packet begins with its IP header
_SEGMENT = 1460  # bytes of TCP payload that fit an Ethernet frame
_WINDOW = 65535
_FIN, _SYN, _PSH, _ACK = 0x01, 0x02, 0x08, 0x10


def pcap_bytes(conversation: Conversation) -> bytes:
    """The whole file; `keylog_text` gives the secrets to go with it.

    It holds what was sent, not what a tamper function made of it."""
    start = int(lab.NOW.timestamp())
    header = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 0xFFFF, _RAW_IPV4)
    parts = [header]
    for number, packet in enumerate(_packets(conversation)):
        seconds, milliseconds = divmod(number, 1000)
        parts.append(struct.pack("<IIII", start + seconds, milliseconds * 1000, len(packet),
                                 len(packet)))
        parts.append(packet)
    return b"".join(parts)


def _packets(conversation: Conversation) -> Iterator[bytes]:
    client = _Peer(CLIENT_ADDRESS, CLIENT_PORT, 1000)
    server = _Peer(SERVER_ADDRESS, SERVER_PORT, 2000)
    yield client.packet(server, _SYN)
    yield server.packet(client, _SYN | _ACK)
    yield client.packet(server, _ACK)
    for crossing in conversation.crossings:
        sender, receiver = (client, server) if crossing.sender == CLIENT else (server, client)
        for at in range(0, len(crossing.sent), _SEGMENT):
            yield sender.packet(receiver, _PSH | _ACK, crossing.sent[at:at + _SEGMENT])
            yield receiver.packet(sender, _ACK)
    yield client.packet(server, _FIN | _ACK)
    yield server.packet(client, _FIN | _ACK)
    yield client.packet(server, _ACK)


class _Peer:
    """One end of the TCP connection: its address, and the number of its next byte."""

    def __init__(self, address: bytes, port: int, sequence: int):
        self.address, self.port, self.sequence = address, port, sequence
        self._packets = 0

    def packet(self, to: _Peer, flags: int, payload: bytes = b"") -> bytes:
        """An IPv4 packet (RFC 791) with a TCP segment (RFC 9293) and right checksums."""
        acknowledged = to.sequence % 2**32 if flags & _ACK else 0
        head = struct.pack(">HHIIBBH", self.port, to.port, self.sequence % 2**32, acknowledged,
                           5 << 4, flags, _WINDOW)
        length = len(head) + 4 + len(payload)
        pseudo = self.address + to.address + struct.pack(">BBH", 0, 6, length)
        tcp_sum = checksum(pseudo + head + bytes(4) + payload)
        segment = head + struct.pack(">HH", tcp_sum, 0) + payload
        self.sequence += len(payload) + bool(flags & (_SYN | _FIN))
        self._packets += 1
        before = struct.pack(">BBHHHBB", 0x45, 0, 20 + length, self._packets % 2**16, 0x4000, 64, 6)
        after = self.address + to.address
        return before + checksum(before + after).to_bytes(2, "big") + after + segment


def checksum(data: bytes) -> int:
    """The Internet checksum (RFC 1071): the complement of the sum of all 16-bit words."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF
