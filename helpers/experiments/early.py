"""When can the first byte of application data leave? Asked of real OpenSSL, flight by flight."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.sources.openssl import LANES, REQUEST, OpenSSLEndpoint, openssl_client, openssl_server
from helpers.tls.errors import TLSError

FLIGHTS = ("1 ClientHello", "2 ServerHello to ServerHelloDone", "3 ClientKeyExchange to Finished",
           "4 the server's ChangeCipherSpec and Finished")


@dataclass(frozen=True)
class Attempt:
    """What happened when each end tried to send after a flight had arrived: "sent" or "refused"."""

    after_flight: str
    client: str
    server: str


def attempts_to_send(lane: str) -> list[Attempt]:
    """One row a flight of a live handshake between two OpenSSLs; `lane` "RSA" or "ECDHE".

    Each try gets a fresh connection, so that no try disturbs the next. Raises ValueError for
    another lane.
    """
    if lane not in LANES:
        raise ValueError(f"there is no lane {lane!r}; there are: {', '.join(LANES)}")
    rows = []
    for flights, label in enumerate(FLIGHTS, start=1):
        verdicts = []
        for which in (0, 1):
            ends = openssl_client(), openssl_server(**LANES[lane])
            _deliver(ends, flights)
            verdicts.append(_try_to_send(ends[which]))
        rows.append(Attempt(label, *verdicts))
    return rows


def _deliver(ends: tuple[OpenSSLEndpoint, OpenSSLEndpoint], flights: int) -> None:
    for number in range(flights):
        sender, receiver = ends if number % 2 == 0 else ends[::-1]
        receiver.receive_data(sender.data_to_send())


def _try_to_send(end: OpenSSLEndpoint) -> str:
    end.data_to_send()  # what belongs to the handshake
    try:
        end.send(REQUEST)
    except TLSError:
        return "refused"
    return "sent" if end.data_to_send() else "refused"
