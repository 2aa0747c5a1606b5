"""Where the boxes of the key schedule stand: the three extractions down the left, what comes out
of them to the right.
"""

from __future__ import annotations

from typing import NamedTuple

WIDTH = 700
_SPINE_X, _SPINE_W, _SPINE_H = 12, 208, 44
_SECRET_X, _SECRET_W = 252, 178
_LEAF_X, _LEAF_W, _LEAF_H = 458, 230, 24
_TRUNK = 60  # where the line runs down from a secret of the left column to its branches
_BAND_X = 236


class Place(NamedTuple):
    """A box: its corner, size, how many bytes it shows, and its lines (the last one is the
    value's, unless there is only one: then it stands beside the name)."""

    x: float
    y: float
    width: float
    height: float
    shown: int
    lines: tuple[str, ...]


def _spine(y: float, name: str) -> Place:
    return Place(_SPINE_X, y, _SPINE_W, _SPINE_H, 4, (name, ""))


def _secret(y: float, height: float, *lines: str) -> Place:
    if len(lines) == 1:
        return Place(_SECRET_X, y, _LEAF_X + _LEAF_W - _SECRET_X, height, 8, lines)
    return Place(_SECRET_X, y, _SECRET_W, height, 4, (*lines, ""))


def _leaves(y: float, height: float, prefix: str, names: dict[str, str]) -> dict[str, Place]:
    gap = (height - _LEAF_H * len(names)) / (len(names) - 1)
    return {f"{prefix}_{name}": Place(_LEAF_X, y + place * (_LEAF_H + gap), _LEAF_W, _LEAF_H, 3,
                                      (words,))
            for place, (name, words) in enumerate(names.items())}


def _group(y: float, height: float, sender: str, epoch: str) -> dict[str, Place]:
    """A traffic secret and what is made of it."""
    number = "_0" if epoch == "application" else ""
    secret = {f"{sender}_{epoch}_traffic_secret{number}":
              _secret(y, height, f"{sender}_{epoch}_", f"traffic_secret{number}")}
    names = {f"{epoch}_write_key{number}": "write_key", f"{epoch}_write_iv{number}": "write_iv"}
    if epoch == "handshake":
        names["finished_key"] = "finished_key"
    return secret | _leaves(y, height, sender, names)


_HANDSHAKE_Y, _MAIN_Y = 266, 460
PLACES: dict[str, Place] = {
    "shared_secret": Place(_SECRET_X, 122, 248, _SPINE_H, 4, ("shared_secret", "")),
    "early_secret": _spine(52, "early_secret"),
    "derived_for_handshake": _spine(122, "derived_for_handshake"),
    "handshake_secret": _spine(192, "handshake_secret"),
    **_group(_HANDSHAKE_Y, 80, "client", "handshake"),
    **_group(_HANDSHAKE_Y + 90, 80, "server", "handshake"),
    "derived_for_main": _spine(_MAIN_Y, "derived_for_main"),
    "main_secret": _spine(_MAIN_Y + 70, "main_secret"),
    **_group(_MAIN_Y + 144, 58, "client", "application"),
    **_group(_MAIN_Y + 210, 58, "server", "application"),
    "exporter_secret": _secret(_MAIN_Y + 276, 28, "exporter_secret"),
    "resumption_secret": _secret(_MAIN_Y + 348, 28, "resumption_secret"),
}
"""In the order in which the key schedule computes them."""

INPUTS = {
    "shared_secret": ("private share + server's key share", _SECRET_X, 66, 270),
    "early_secret": ("no PSK: zeros", _SPINE_X, 10, _SPINE_W),
    "main_secret": ("zeros", _SECRET_X, _MAIN_Y + 79, 90),
}
"""For the value it goes into: its words, and where they stand (x, y, width)."""

_HELLOS = ("client_handshake_traffic_secret", "server_handshake_traffic_secret")
_FINISHED = ("client_application_traffic_secret_0", "server_application_traffic_secret_0",
             "exporter_secret")
BANDS = (
    (_HELLOS, "ClientHello … ServerHello", _BAND_X, _HANDSHAKE_Y - 34, 452),
    (_FINISHED, "ClientHello … server's Finished", _BAND_X, _MAIN_Y + 110, 452),
    (("resumption_secret",), "ClientHello … client's Finished", _BAND_X, _MAIN_Y + 314, 452),
)
"""Transcript hashes: for which secrets, which messages, and where (x, y, width)."""

HEIGHT = PLACES["resumption_secret"].y + 28 + 12
_BRANCHES = (dict.fromkeys(_HELLOS, "handshake_secret")
             | dict.fromkeys((*_FINISHED, "resumption_secret"), "main_secret"))
_CHAIN = {"derived_for_handshake": "early_secret", "handshake_secret": "derived_for_handshake",
          "derived_for_main": "handshake_secret", "main_secret": "derived_for_main"}
_MIDDLE = _SPINE_X + _SPINE_W / 2


def ways(name: str) -> list[list[tuple[float, float]]]:
    """The corners of each arrow that leads to the value `name`."""
    place = PLACES[name]
    middle = place.y + place.height / 2
    found = []
    if name in _CHAIN:
        above = PLACES[_CHAIN[name]]
        found.append([(_MIDDLE, above.y + above.height), (_MIDDLE, place.y - 1)])
    if name == "handshake_secret":
        shared = PLACES["shared_secret"]
        x = shared.x + 60
        found.append([(x, shared.y + shared.height), (x, middle), (place.x + place.width + 1,
                                                                   middle)])
    if name in _BRANCHES:
        above = PLACES[_BRANCHES[name]]
        found.append([(_TRUNK, above.y + above.height), (_TRUNK, middle), (place.x - 1, middle)])
    if place.x == _LEAF_X:
        found.append([(_SECRET_X + _SECRET_W, middle), (_LEAF_X - 1, middle)])
    if name in INPUTS:
        _, x, y, width = INPUTS[name]
        if y < place.y - 20:
            found.append([(x + width / 2, y + 26), (x + width / 2, place.y - 1)])
        else:
            found.append([(x, y + 13), (place.x + place.width + 1, y + 13)])
    return found
