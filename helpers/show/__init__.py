"""Pictures, byte maps, ladders and tables. A notebook imports its views from here.

Each view is a function in its own module that takes data and returns a `View` (figure.py) with
`.html` and `.text`; nothing prints and nothing knows about widgets. To add a view, write
`show/<module>.py` and add its names below. Heavy libraries (matplotlib) are imported inside the
functions that need them, so importing this folder stays cheap.
"""

from .facts import dated_facts
from .figure import Cell, Figure, Html, Table, View
from .journey import journey
from .rows import table_of
from .svg import Canvas

__all__ = [
    "Canvas",
    "Cell",
    "Figure",
    "Html",
    "Table",
    "View",
    "dated_facts",
    "journey",
    "table_of",
]
