"""Writes data/published/rfc8448_traces.json from the text of RFC 8448: every value it prints.

    python -m tools.rfc8448 rfc8448.txt

The text is the RFC Editor's, in its paginated form; Debian packs it in doc-rfc-informational.
Nothing is computed here: what comes out is what the RFC says, in its order and under its names.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

TARGET = Path("data/published/rfc8448_traces.json")
_PAGE = re.compile(r"Thomson +Informational +\[Page \d+\]|RFC 8448 +TLS 1.3 Traces .*")
_SECTION = re.compile(r"(\d)\.  (.+)")
_STEP = re.compile(r"   \{(client|server)\}  (.*)")
_VALUE = re.compile(r"      ([A-Za-z][A-Za-z ]*?) \((\d+) octets\):  (.*)")
_NUMBER = re.compile(r"   ([a-z]+ ?[a-z]*\d?)(?: \(public\))?:  ((?:[0-9a-f]{2} ?)+)")
_BEGINS = re.compile(r"\d\.  |   \{|      [A-Za-z ]+( \(\d+ octets\))?:")
_TRACES = range(3, 8)


def paragraphs(text: str) -> list[str]:
    """The text as long lines: each with the lines below it that are indented further.

    So a value that runs over the end of a page is in one piece again."""
    found: list[str] = []
    margin = 0
    for line in text.splitlines():
        line = line.strip("\f").rstrip()
        if not line or _PAGE.fullmatch(line):
            continue
        indent = len(line) - len(line.lstrip())
        if found and indent > margin and not _BEGINS.match(line):
            found[-1] += " " + line.strip()
        else:
            found.append(line)
            margin = indent or len(line)  # a title has nothing indented below it
    return found


def sections(text: str) -> dict[int, tuple[str, list[str]]]:
    """Number -> title and long lines of each section of the body."""
    found: dict[int, tuple[str, list[str]]] = {}
    for line in paragraphs(text[text.index("\n1.  Introduction\n"):]):
        head = _SECTION.fullmatch(line)
        if head:
            found[int(head[1])] = head[2], []
        elif found:
            found[max(found)][1].append(line)
    return found


def value_in(line: str) -> tuple[str, str] | None:
    """("expanded", its hex) of `expanded (32 octets):  b3 ed ...`; None for another line.

    Raises ValueError if the octets are not as many as the RFC says."""
    match = _VALUE.fullmatch(line)
    if match is None:
        return None
    name, length, octets = match[1], int(match[2]), bytes.fromhex(match[3].replace("(empty)", ""))
    if len(octets) != length:
        raise ValueError(f"{name}: {len(octets)} octets are printed, not {length}")
    return name, octets.hex()


def steps(lines: list[str]) -> list[dict[str, object]]:
    """Each "{client}  ..." with the values that stand below it."""
    found: list[dict[str, object]] = []
    for line in lines:
        head, value = _STEP.fullmatch(line), value_in(line)
        if head:
            found.append({"who": head[1], "what": head[2].removesuffix(":"), "values": {}})
        if value:
            values = found[-1]["values"]
            if value[0] in values:
                raise ValueError(f"{value[0]} stands twice under {found[-1]['what']}")
            values[value[0]] = value[1]
    return found


def rsa_key(lines: list[str]) -> dict[str, str]:
    """The numbers of section 2, in hexadecimal."""
    found = filter(None, map(_NUMBER.fullmatch, lines))
    return {match[1]: match[2].replace(" ", "") for match in found}


def extract(text: str) -> dict[str, object]:
    """All that the RFC prints: the RSA key of its servers, and the traces step by step."""
    parts = sections(text)
    traces = [{"section": number, "title": parts[number][0], "steps": steps(parts[number][1])}
              for number in _TRACES]
    return {"rsa_key": rsa_key(parts[2][1]), "traces": traces}


def main() -> None:
    found = extract(Path(sys.argv[1]).read_text(encoding="utf-8"))
    TARGET.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for trace in found["traces"]:
        values = sum(len(step["values"]) for step in trace["steps"])
        print(f"section {trace['section']}, {trace['title']}: {len(trace['steps'])} steps, "
              f"{values} values")


if __name__ == "__main__":
    main()
