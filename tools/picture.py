"""Draws the course's own picture, a penguin in four flat colours, as text: one letter a pixel.

    python -m tools.picture      writes data/pictures/penguin.txt

Flat areas are the point: lesson 01 encrypts them. The shapes are ellipses and polygons given below,
drawn from nobody's picture.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "data" / "pictures" / "penguin.txt"
SIDE = 96

Inside = Callable[[float, float], bool]


def ellipse(x: float, y: float, wide: float, high: float) -> Inside:
    """The inside of an ellipse around (x, y) with these half axes, in pixels."""
    return lambda at, down: ((at - x) / wide) ** 2 + ((down - y) / high) ** 2 <= 1


def triangle(*corners: tuple[float, float]) -> Inside:
    """The inside of a triangle, its corners given clockwise on the screen."""
    edges = list(zip(corners, (*corners[1:], corners[0]), strict=True))
    return lambda at, down: all(
        (x2 - x1) * (down - y1) - (y2 - y1) * (at - x1) >= 0 for (x1, y1), (x2, y2) in edges)


# Later shapes lie on top. Letters: . sky, # black, o white, = orange.
SHAPES: tuple[tuple[str, Inside], ...] = (
    ("=", ellipse(36, 89, 12, 5)),
    ("=", ellipse(60, 89, 12, 5)),
    ("#", triangle((30, 42), (34, 62), (12, 74))),
    ("#", triangle((66, 42), (84, 74), (62, 62))),
    ("#", ellipse(48, 60, 25, 30)),
    ("#", ellipse(48, 25, 17, 19)),
    ("o", ellipse(48, 64, 17, 23)),
    ("o", ellipse(41, 22, 6, 7)),
    ("o", ellipse(55, 22, 6, 7)),
    ("#", ellipse(43, 23, 2.5, 3)),
    ("#", ellipse(53, 23, 2.5, 3)),
    ("=", triangle((38, 30), (58, 30), (48, 41))),
)


def drawn() -> str:
    """The picture: 96 lines of 96 letters."""
    return "\n".join("".join(_letter(at + 0.5, down + 0.5) for at in range(SIDE))
                     for down in range(SIDE)) + "\n"


def _letter(at: float, down: float) -> str:
    return next((letter for letter, inside in reversed(SHAPES) if inside(at, down)), ".")


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(drawn(), encoding="ascii")
    print(f"wrote {TARGET.name}: {SIDE} by {SIDE} pixels")
