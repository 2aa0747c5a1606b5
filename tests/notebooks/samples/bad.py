"""For every rule, notebooks that break it: the good sample with one thing changed."""

from __future__ import annotations

from nbformat.v4 import new_output

from tests.notebooks.samples.breaks import (
    Break,
    add,
    drop,
    html,
    insert,
    meta,
    put,
    retag,
    show,
    stream,
    swap,
)

ROWS = "<tr><th scope='col'>a</th></tr>"
LONG = " ".join(["word"] * 121)
RAW = "'000102030405060708090a0b0c0d0e0f'"

BAD: dict[str, list[Break]] = {
    # shape
    "format-is-committed-form": [
        lambda notebook: notebook.update(nbformat_minor=4),
        meta(author="someone"),
        meta(kernelspec={"name": "ir", "display_name": "R"}),
        meta(language_info={"name": "python", "version": "3.11.7"}),
        put("parts", surprise=1),
    ],
    "cell-ids-are-words": [put("parts", id="1f3a9c2e"), put("parts", id="title")],
    "cells-ran-in-order": [
        put("parts", execution_count=None),
        put("parts", execution_count=17),
        put("parts", source=" "),
    ],
    "setup-cell": [
        add("setup", "import os"),
        retag("setup"),
        insert("title", "1"),
        retag("parts", "setup"),
    ],
    "headings-in-order": [
        swap("title", "# 99", "## 99"),
        add("the-idea", "# Another"),
        add("the-idea", "#### Deep"),
    ],
    "markdown-comes-first": [
        insert("knob-0", "1", "2"),
        lambda notebook: notebook.cells.pop(0),
    ],
    "known-tags": [
        retag("parts", "nbval-skip"),
        retag("parts", "nbval-ignore-output"),
        retag("parts", "raises-exception"),
        add("parts", "# NBVAL_IGNORE_OUTPUT"),
    ],
    "answers-are-folded": [
        put("answer-1", metadata={"tags": ["answer"]}),
        retag("answer-1"),
        put("parts", metadata={"jupyter": {"outputs_hidden": True}}),
        put("answer-1", outputs=[]),
        put("answer-1", outputs=[new_output("execute_result", {"text/plain": "7"},
                                            execution_count=1)]),
        insert("predict-1", "1"),
    ],
    "questions-are-folded": [
        put("predict-1", metadata={"tags": ["predict"]}),
        put("quiz", metadata={"tags": ["quiz"]}),
        put("parts", metadata={"jupyter": {"source_hidden": True}}),
        put("parts", source='quiz("99")'),
        put("quiz", metadata={}),
    ],
    "predictions-have-one-form": [
        add("predict-0", "1"),
        retag("predict-0"),
        retag("parts", "predict"),
    ],
    "enough-of-everything": [
        retag("predict-0"),
        put("knob-0", outputs=[]),
        retag("starter-0"),
        show({"text/html": "<p>a b c</p>", "text/plain": "a still picture"}, "knob-1"),
        put("knob-1", source='quiz("99")'),
    ],
    "opening": [
        swap("title", "You will be able to", "Goals:"),
        swap("title", "- say which cipher suite was chosen", ""),
        swap("title", "- name", "- one\n- two\n- three\n- name"),
        swap("title", "30 minutes", "half an hour"),
        swap("title", "20 reading", "20 looking"),
        swap("title", "like?", "like."),
        swap("imports", "journey('99')", "journey('08')"),
    ],
    "closing": [
        swap("did-it-work", "Did it work?", "The end"),
        drop("quiz"),
        put("quiz", source='quiz("08")'),
        swap("did-it-work", "(glossary.md)", "(#did-it-work)"),
        swap("did-it-work", "Sources", "More"),
        swap("did-it-work", "RFC 9846", "the standard"),
    ],
    "file-size": [html(f"<p>{'x' * 1_000_001}</p>")],
    # code
    "cell-length": [
        put("parts", source="\n".join(f"record_{n} = {n}" for n in range(13))),
        put("parts", source="record = " + " + ".join(["first_record"] * 7)),
    ],
    "plain-python": [put("parts", source="%timeit 1"), put("parts", source="!pip install x")],
    "no-semicolon": [add("parts", "record;"), add("parts", "one = 1; two = 2")],
    "no-plumbing": [
        add("parts", "interact(record)"),
        add("parts", "Output()"),
        add("parts", "input()"),
        add("parts", "clear_output()"),
        add("parts", "display(record)"),
        add("parts", "plt.plot(record)"),
        add("parts", "get_ipython()"),
        add("parts", "try:\n    1\nexcept ValueError:\n    2"),
        add("parts", "label = '<b>length</b>'"),
    ],
    "no-formatting-noise": [
        add("parts", "f'{record:>8}'"),
        add("parts", "'{}'.format(record)"),
        add("parts", "record.ljust(8)"),
        add("parts", "'%s' % record"),
    ],
    "same-on-every-run": [
        add("parts", "datetime.now()"),
        add("parts", "os.urandom(4)"),
        add("parts", "X25519PrivateKey.generate()"),
    ],
    "imports": [
        add("parts", "import matplotlib"),
        add("parts", "from ipywidgets import VBox"),
        add("parts", "from IPython.display import SVG"),
        add("parts", "import socket"),
        add("parts", "import time"),
        add("parts", "from helpers.show import *"),
        add("parts", "from helpers.show import a, b, c, d, e, f"),
        add("parts", "from helpers.show.svg import Canvas"),
    ],
    "names-say-what-they-hold": [
        put("parts", source="x2 = record"),
        put("parts", source="data = record"),
        put("parts", source="one, y = record"),
        put("parts", source="for x in record:\n    first = x"),
    ],
    "no-typed-bytes": [
        put("parts", source=f"record = bytes.fromhex({RAW})"),
        put(
            "parts",
            source=r"record = b'\x16\x03\x03\x00\x10\xff\xfe\xfd\xfc\xfb\xfa\x01\x02\x03\x04\x05'",
        ),
    ],
    "no-hard-coded-colour": [add("parts", "colour = '#0072B2'"), add("the-idea", "Use #0072B2.")],
    # prose
    "paragraphs-are-short": [add("the-idea", f"\n{LONG}"), add("the-idea", f"- {LONG}")],
    "pictures-in-text-have-alt": [
        add("the-idea", "![](glossary.md)"),
        add("the-idea", '<img src="glossary.md">'),
        add("the-idea", "![a tree](https://example.org/tree.png)"),
    ],
    "no-styling": [
        add("the-idea", '<p style="margin: 0">x</p>'),
        add("the-idea", "<font>x</font>"),
        add("the-idea", "<style>p {}</style>"),
    ],
    "links-lead-somewhere": [
        add("the-idea", "[next](98_missing.ipynb)"),
        add("the-idea", "[word](glossary.md#handshake)"),
        add("the-idea", "[up](#no-such-heading)"),
        add("the-idea", "![a tree](tree.png)"),
        add("the-idea", "[nothing]()"),
    ],
    "terms-are-in-the-glossary": [
        add("the-idea", "A **handshake** comes first."),
        add("the-idea", "Two **cipher suites** met."),
    ],
    "old-rfc-goes-with-the-new": [swap("the-idea", "RFC 9846", "it"), add("title", "RFC 8446")],
    # outputs
    "no-errors": [
        put("parts", outputs=[new_output("error", ename="E", evalue="no", traceback=[])])
    ],
    "no-stderr": [stream("a warning", "stderr")],
    "known-kinds-only": [
        show({"image/png": "iVBO", "text/plain": "a"}),
        show({"image/svg+xml": "<svg/>", "text/plain": "a"}),
        show({"application/javascript": "1", "text/plain": "a"}),
    ],
    "no-saved-widget": [
        meta(widgets={}),
        show({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "a"}),
    ],
    "widgets-have-a-still-picture": [
        show({"text/plain": "[interactive: x]"}, "knob-0"),
        show({"text/plain": "[interactive: x]", "text/html": "<div></div>"}, "knob-0"),
    ],
    "pictures-have-alt": [html('<img src="data:,">'), html('<img src="data:," alt=" ">')],
    "survives-an-untrusted-notebook": [html("<svg></svg>"), html("<script>1</script>")],
    "nothing-from-the-network": [
        html('<img alt="a" src="https://example.org/a.png">'),
        html('<link href="//example.org/a.css">'),
        html("<div style=\"background: url('https://example.org/a.png')\">a</div>"),
        html("<a href='x'></a><img alt='a' src='http://example.org/a.png'>"),
    ],
    "no-addresses": [
        stream("<helpers.wire.Reader object at 0x7f3bb0a1c2d0>"),
        show({"text/plain": "0x7f3bb0a1c2d0"}),
    ],
    "no-paths-of-a-machine": [
        stream("wrote /home/ada/course/a.pcap"),
        stream("read /tmp/x"),
        stream(r"C:\Users\ada"),
        stream("lib/site-packages/x.py"),
    ],
    "no-timings": [stream("1.2 ms ± 3"), stream("12:47:03.123456")],
    "no-object-reprs": [
        stream("<function parse>"),
        show({"text/plain": "helpers.x, <helpers.wire.Reader object>"}),
        stream("VBox(children=())"),
    ],
    "text-is-short": [stream("line\n" * 31), show({"text/plain": "line\n" * 31})],
    # exercises
    "parts-in-order": [
        drop("solution-0"),
        drop("hints-0"),
        drop("check-0"),
        retag("hints-0", "ex-99-length-0"),
        retag("hints-0", "hint", "solution", "ex-99-length-0"),
        retag("the-idea", "ex-99-length-0"),
        retag("hints-0", "hint"),
        insert("starter-0", "1"),
        insert("check-0", "1"),
        put("hints-0", cell_type="code", outputs=[], execution_count=1),
    ],
    "slugs-carry-the-number": [
        put("check-0", source='check("08-length-0", length_of_0)'),
        put("predict-0", source='predict("08-guess")'),
    ],
    "check-cell-has-one-form": [
        put("check-0", source='check("99-length-0", length)'),
        put("check-0", source='check("99-length-1", length_of_0)'),
        put("check-0", source='report = check("99-length-0", length_of_0)'),
        put("check-0", source="1"),
        put("parts", source='check("99-length-0", record)'),
        put("check-0", source='check("99-length-0")'),
    ],
    "hints-have-two-steps": [
        put("hints-0", source="<details><summary>Hint 1</summary>\n\nLook.\n\n</details>")
    ],
    "hints-and-solutions-are-folded": [
        swap("hints-0", "<details>", "<details open>"),
        swap("hints-0", "<summary>Hint 1</summary>", ""),
        add("solution-0", "\n\nThe answer is 16."),
        put("hints-0", source="Look at the header."),
    ],
    "solution-is-one-block-and-a-why": [
        swap("solution-0", "```python", "```"),
        swap("solution-0", "</details>", "\n```python\n1\n```\n\n</details>"),
        swap("solution-0", "numbers on the wire are big-endian", "so"),
        swap("solution-0", "<summary>Solution</summary>\n\n", "<summary>Solution</summary>\n"),
    ],
    "levels-rise": [
        swap("task-0", "(easy, 2 minutes)", ""),
        swap("task-0", "easy", "medium"),
        swap("task-0", "2 minutes", "4 minutes"),
        swap("task-3", "hard", "medium"),
        swap("task-1", "5 minutes", "9 minutes"),
    ],
    "nothing-depends-on-an-answer": [
        put("quiz", source="length_of_0"),
        add("quiz", "length_of_3"),
    ],
    # access
    "tables-are-labelled": [
        html(f"<table>{ROWS}</table>"),
        html(f"<table><caption> </caption>{ROWS}</table>"),
        html("<table><caption>a</caption><tr><td>a</td></tr></table>"),
        html("<table><caption>a</caption><tr><th>a</th></tr></table>"),
    ],
    "output-headings-in-order": [html("<h1>a</h1>"), html("<h3>a</h3><h5>b</h5>")],
    "figures-have-captions": [html("<figure>a</figure>"), html("<figure><figcaption/></figure>")],
    "colours-come-in-pairs": [
        html('<p style="background: #ffffff">a</p>'),
        html('<p style="background-color: #fff">a</p>'),
    ],
    "contrast-is-enough": [
        html('<p style="background: #ffffff; color: #e69f00">a</p>'),
        html('<div style="background: #fff; color: #000"><b style="color: #ccc">a</b></div>'),
        html('<p style="background: white; color: #999">a</p>'),
    ],
    "text-is-large-enough": [
        html('<p style="font-size: 11px">a</p>'),
        html('<p style="font-size: 0.7em">a</p>'),
    ],
}
