"""What to do next after the errors that Python itself raises in a learner's function."""

from __future__ import annotations

_NEXT = (
    ("NameError", "", "Python does not know that name here. Check its spelling; if an earlier "
     "cell defines it, run that cell first."),
    ("UnboundLocalError", "", "That name gets its value later in the function, or only in one "
     "branch. Give it a value before the line that uses it."),
    ("IndexError", "", "That position is behind the end. Print len(...) of what you index; the "
     "first byte has the number 0."),
    ("TypeError", "concat", "Only bytes can be joined to bytes. A text needs a b in front of its "
     "quotes; a number needs .to_bytes(length, 'big'), and a slice x[7:8] instead of x[7]."),
    ("TypeError", "bytes-like", "Bytes are wanted there. A text needs a b in front of its quotes; "
     "of a list of bytes, b\"\".join(...) makes one."),
    ("TypeError", "buffer API", "Bytes are wanted there. Of a list of bytes, b\"\".join(...) makes "
     "one; a text needs a b in front of its quotes."),
    ("TypeError", "sequence item", "b\"\".join(...) joins bytes only. Look at what one item is: "
     "record[0] is a number, record[0:1] is bytes."),
    ("TypeError", "unsupported operand", "These two kinds do not go together: print type(...) of "
     "both. One index, x[7], gives a number; a slice, x[7:8], gives bytes."),
    ("TypeError", "encoded before hashing", "A hash takes bytes, not text. Leave out .hex(), and "
     "put a b in front of quotes."),
    ("TypeError", "positional argument", "Compare the call with the definition of what you call: "
     "how many arguments does it take, and in which order?"),
    ("TypeError", "not subscriptable", "Only a sequence can be indexed or sliced. Print type(...) "
     "of what stands in front of the brackets."),
    ("AttributeError", "", "That kind of thing has no such part. Print type(...) of what stands "
     "in front of the dot."),
    ("OverflowError", "", "The number does not fit into so few bytes. Look at the length you gave "
     "to .to_bytes."),
    ("TypeError", "", "Print type(...) of everything in that line: is one of them a number or a "
     "text where bytes are wanted?"),
    ("ValueError", "", "Print the values in that line, and their lengths, just before it."),
)  # fmt: skip


def after(kind: str, said: str) -> str:
    """The next step after an error called `kind` whose sentence is `said`; empty if none is known.

    >>> after("IndexError", "index out of range").startswith("That position")
    True
    """
    return next((step for name, part, step in _NEXT if name == kind and part in said), "")
