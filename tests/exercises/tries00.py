"""Wrong tries at the exercises of lesson 00, as learners write them: (what, words of the help).

A value is what is handed in; for a function it is the body. A pair of texts is a change to the
worked steps: what stood there, and what a learner put.
"""

from helpers.experiments import order_by

_VISIT = order_by("https")
_TITLES = [message.title for message in _VISIT.messages]
NAMES: dict[str, object] = {"visit": _VISIT, "copied": order_by("http").stream("client")}
PARAMETERS = {"00-open-bytes": "messages", "00-leaks": "crossings, word",
              "00-wait": "round_trip, redirected, quic"}  # fmt: skip

OVERHEARD = [
    (None, "in place of None"), ("session=blue-otter-41", "cookie's name in it"),
    ("session", "begins with Cookie"), ("Cookie: session=blue-otter-41", "Only the word behind"),
    ("shop.example", "the shop's name"), ("Host: shop.example", "the shop's name"),
    ("/orders/7", "what was asked for"), ("orders/7", "what was asked for"),
    ("Cookie", "name of the header"), ("cookie", "name of the header"),
    ("GET /orders/7 HTTP/1.1", "Not the whole request"), ("", "begins with Cookie"),
    (order_by("http").stream("client").decode(), "Not the whole request"),
    (order_by("http").stream("client"), "Not the whole request"),
    ("blue-otter", "cut off"), ("blue otter 4", "cut off"), ("otter-41", "cut off"),
    ("blue-otter-14", "letter by letter"), ("b'blue-otter-41'", "Leave the b"), (41, "a text"),
    ("Anna Weber", "begins with Cookie"), (["blue-otter-41"], "Only the word itself"),
    ({"session": "blue-otter-41"}, "Only the word itself"), (True, "you gave"),
]  # fmt: skip

BEFORE = [
    (None, "in place of None"), (10, "One too many"), (15, "all messages"), (13, "second"),
    (12, "second"), (7, "server's Finished"), (1, "round trip"), (8, "from 0"), (6, "Finished"),
    (2, "in front of"), (0, "in front of"), (-1, "in front of"), (3, "in front of"),
    (4, "in front of"), (5, "in front of"), (11, "in front of"), (14, "in front of"),
    (_TITLES, "Count them"), (_TITLES[:9], "Count them"), (tuple(_TITLES), "Count them"),
    ("nine", "whole number"), (9.5, "whole number"), (True, "whole number"), (100, "in front of"),
    (1569, "bytes"),
]  # fmt: skip

OPEN_STEPS = """
    total = 0
    for message in messages:
        if not message.encrypted:
            total += len(message.wire)
    return total
"""
_IF = "if not message.encrypted:"
OPEN = [
    ("...", "Go through"), ("return 0", "not encrypted"), ("return 2796", "argument"),
    ((_IF, "if message.encrypted:"), "sealed ones"), ((_IF, "if True:"), "all of them"),
    (("message.wire", "message.data"), "five bytes of header"),
    (("len(message.wire)", "1"), "messages"),
    (("len(message.wire)", "message.wire"), "len()"), (("total += len", "total = len"), "last one"),
    (("            total += len(message.wire)\n    return total",
      "            total += len(message.wire)\n            return total"), "first one"),
    (("    return total", "        return total"), "first"), (("    return total", ""), "Return"),
    (("return total", "print(total)"), "Return"), (("message.wire", "message.bytes"), ".wire"),
    (("message.encrypted", "message.sealed"), ".wire"), (("in messages", "in visit.messages"),
                                                        "argument"),
    ("return len(messages)", "messages"), ("return sum(len(m.wire) for m in messages)", "all"),
    ("return sum(m.wire for m in messages if not m.encrypted)", "len()"),
    ("return sum(not m.encrypted for m in messages)", "counts messages"),
        ("return sum(len(m.wire) - 5 for m in messages if not m.encrypted)", "five bytes"),
    ("return len(messages[0].wire)", "first one"),
    ("return len(messages[0].wire) + len(messages[1].wire)", "two hellos"),
]  # fmt: skip

LEAKS_STEPS = """
    for end in ["client", "server"]:
        said = b"".join(data for sender, data in crossings if sender == end)
        if word.encode() in said:
            return True
    return False
"""
LEAKS = [
    ("...", "Join the bytes"), ("return True", "True for everything"),
    ("return False", "False for everything"),
    ("return any(word.encode() in data for sender, data in crossings)", "cut in two"),
    ("return word.encode() in b''.join(data for sender, data in crossings)", "by themselves"),
    ("return word in [data for sender, data in crossings]", "word.encode()"),
    ("return any(word in data for sender, data in crossings)", "word.encode()"),
    ("return any(word.encode() in data for data in crossings)", "pair"),
    ("return word.encode() in crossings", "pair"),
    (("word.encode()", "word"), "word.encode()"), (('["client", "server"]', '["client"]'),
                                                 "server says something"),
    (('["client", "server"]', '["server"]'), "client says"),
    (("return True", "return False"), "False for everything"),
    ((" in said", " not in said"), "True for everything"),
    (("    return False", "        return False"), "client"),
    (("    return False", ""), "every path"), (("return True", "return said"), "True or False"),
    (("for sender, data in", "for data, sender in"), "pair"),
    (('b"".join', '"".join'), "b\"\".join"), (('b"".join', 'b" ".join'), "b\"\".join"),
    (("word.encode()", "bytes(word)"), "word.encode()"),
    ("return word.encode() in crossings[0][1]", "search both"),
    ("return 'yes'", "True or False"), ("return word == 'blue-otter-41'", "Search them"),
    ("return all(word.encode() in data for sender, data in crossings)", "any"),
]  # fmt: skip

WAIT_STEPS = """
    trips = 2 if quic else 3
    if redirected:
        trips += 2
    return 20 + trips * round_trip
"""
WAIT = [
    ("...", "Count the round trips"), (("20 + ", ""), "20 ms of DNS"),
    (("2 if quic else 3", "3 if quic else 2"), "exchanged"), (("2 if quic else 3", "3"), "QUIC"),
    (("2 if quic else 3", "2"), "Over TCP"), (("2 if quic else 3", "1 if quic else 2"), "answer"),
    (("2 if quic else 3", "1 if quic else 3"), "halved"),
    (("trips += 2", "trips += 1"), "two round trips"), (("trips += 2", "trips += 3"), "no TLS"),
    (("trips += 2", "trips = 2"), "as well"), (("trips += 2", "pass"), "costs something"),
    (("20 + trips * round_trip", "(20 + trips) * round_trip"), "parentheses"),
    (("20 + trips * round_trip", "(20 + round_trip) * trips"), "once"),
    (("20 + trips * round_trip", "20 + trips"), "round_trip"),
    (("20 + trips * round_trip", "trips * round_trip"), "20 ms of DNS"),
    (("20 + ", "40 + "), "once"), (("20 + ", "0.02 + "), "whole number"),
    (("    return 20 + trips * round_trip", ""), "Return"),
    ("return 320", "use the arguments"),
    (("if redirected:", "if not redirected:"), "wrong way round"),
    (("if quic", "if not quic"), "exchanged"), ("return 20 + 3 * round_trip", "all three"),
    ("return f'{20 + 3 * round_trip} ms'", "whole number"),
    ("return 60 * 5 + 20", "use the arguments"),
    ("return 20 + 3 * round_trip / 7", "whole number"),
    (("* round_trip", "* round_trip // 2"), "there and back"),
]  # fmt: skip

TRIES = {"00-overheard": OVERHEARD, "00-before-request": BEFORE, "00-open-bytes": OPEN,
         "00-leaks": LEAKS, "00-wait": WAIT}  # fmt: skip
STEPS = {"00-open-bytes": OPEN_STEPS, "00-leaks": LEAKS_STEPS, "00-wait": WAIT_STEPS}
