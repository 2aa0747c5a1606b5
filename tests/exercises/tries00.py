"""Wrong tries at the exercises of lesson 00, as learners write them: (what, words of the help).

A value is what is handed in; for a function it is the body. A pair of texts is a change to the
worked steps: what stood there, and what a learner put.
"""

from helpers.experiments import order_by, sights

_VISIT = order_by("https")
_TITLES = [sight.title for sight in sights("https")]
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
    (None, "in place of None"), (10, "One too many"), (13, "all rows"), (12, "response"),
    (15, "more than there are"), (7, "server's Finished"), (1, "there and back"), (8, "from 0"),
    (6, "Finished"), (2, "sealed ones"), (4, "sealed ones"), (0, "By HTTPS"), (-1, "below 0"),
    (3, "Count every row"), (5, "Count every row"), (11, "past the request"),
    (14, "more than there are"), (_TITLES, "Count them"), (_TITLES[:9], "Count them"),
    (tuple(_TITLES), "Count them"), ("nine", "in digits"), (9.5, "divided"),
    (True, "give the number"), (100, "more than there are"), (1569, "bytes"),
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
    ("...", "in place of"), ("return 0", "not encrypted"),
    ((_IF, 'if message.encrypted == "False":'), "no text"),
    ("total = 0\n    for message in messages:\n        ...\n    return ...", "in place of"),
    (("len(message.wire)", "len(message.wire.hex())"), "two signs"),
    (("        if not message.encrypted:", "        if message.encrypted:\n            break\n"
      "        else:"), "stop at the first sealed"),
    (("in messages", "in messages[1:]"), "first message is left out"),
    ("return b''.join(m.wire for m in messages if not m.encrypted)", "len(...)"),
    ("return [len(m.wire) for m in messages if not m.encrypted]", "sum(...)"),
    ("print(sum(len(m.wire) for m in messages if not m.encrypted))", "print"),
    ("return 2796", "argument"),
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
    ("...", "in place of"), ("for end in ['client', 'server']:\n        said = ...\n        ...\n"
                             "    return ...", "in place of"),
    ("return True", "True for everything"),
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
    ((" in said", " not in said"), "wrong way round"),
    (("    return False", "        return False"), "client"),
    (("    return False", ""), "every path"), (("return True", "return said"), "True or False"),
    (("for sender, data in", "for data, sender in"), "pair"),
    (('b"".join', '"".join'), "b\"\".join"), (('b"".join', 'b" ".join'), "b\"\".join"),
    (("word.encode()", "bytes(word)"), "word.encode()"),
    ("return word.encode() in crossings[0][1]", "first crossing only"),
    ("return 'yes'", "True or False"), ("return word == 'blue-otter-41'", "Search them"),
    ("return all(word.encode() in data for sender, data in crossings)", "any"),
    ("return word in b''.join(data for s, data in crossings).decode()", "do not decode"),
    ("return any(word.encode() in crossing.sent for crossing in crossings)", "pair"),
    ("return any(word.encode() in x[1] for x in crossings if x.sender == 'client')", "pair"),
    (("word.encode()", "word.lower().encode()"), "Capital letters"),
    ("c = b''.join(d for s, d in crossings if s == 'client')\n    "
     "v = b''.join(d for s, d in crossings if s == 'server')\n    "
     "return word.encode() in c and word.encode() in v", "`or`"),
    ("return b''.join(d for s, d in crossings).find(word.encode())", "`in` says"),
    ("return word.encode() in [data for sender, data in crossings]", "Join the pieces"),
    (("word.encode() in said", "(word.encode() in said) == False"), "wrong way round"),
    ("c = b''.join(d for s, d in crossings)\n    return (word.encode() in c) == False",
     "wrong way round"),
    (("word.encode() in said", "said.find(word.encode()) > 0"), "very beginning"),
    ("print(word)", "print"),
]  # fmt: skip

WAIT_STEPS = """
    trips = 2 if quic else 3
    if redirected:
        trips += 2
    return 20 + trips * round_trip
"""
WAIT = [
    ("...", "in place of"), ("trips = ...\n    return ...", "in place of"),
    (("20 + ", ""), "20 ms of DNS"),
    (("2 if quic else 3", "3 if quic else 2"), "exchanged"), (("2 if quic else 3", "3"), "QUIC"),
    (("2 if quic else 3", "2"), "Over TCP"), (("2 if quic else 3", "1 if quic else 2"), "answer"),
    (("2 if quic else 3", "1 if quic else 3"), "one more for request"),
    (("trips += 2", "trips += 1"), "two round trips"), (("trips += 2", "trips += 3"), "no TLS"),
    (("trips += 2", "trips = 2"), "as well"), (("trips += 2", "pass"), "costs something"),
    (("20 + trips * round_trip", "(20 + trips) * round_trip"), "parentheses"),
    (("20 + trips * round_trip", "(20 + round_trip) * trips"), "once"),
    (("20 + trips * round_trip", "20 + trips"), "round_trip"),
    (("20 + trips * round_trip", "trips * round_trip"), "20 ms of DNS"),
    (("20 + ", "40 + "), "once"), (("20 + ", "0.02 + "), "milliseconds already"),
    (("    return 20 + trips * round_trip", ""), "Return"),
    ("return 320", "use the arguments"),
    (("if redirected:", "if not redirected:"), "wrong way round"),
    (("if quic", "if not quic"), "exchanged"), ("return 20 + 3 * round_trip", "all three"),
    ("return f'{20 + 3 * round_trip} ms'", "no unit"),
    (("20 +", "20 * (2 if redirected else 1) +"), "looked up once"),
    ("if redirected:\n        trips = 5\n    elif quic:\n        trips = 2\n    else:\n"
     "        trips = 3\n    return 20 + trips * round_trip", "forget QUIC"),
    ("return 260", "every visit"), (("* round_trip", "* round_trip * 2"), "not twice"),
    (("2 if quic else 3", "5 if quic else 3"), "on top"),
    (("2 if quic else 3", "3 if quic else 4"), "too many"),
    (("trips += 2", "trips *= 2"), "double"),
    (("20 + trips * round_trip", "(20 + trips * round_trip) / 1000"), "milliseconds already"),
    ("print(round_trip)", "print"),
    ("return 60 * 5 + 20", "use the arguments"),
    ("return 20 + 3 * round_trip / 7", "divided"),
    (("* round_trip", "* round_trip // 2"), "there and back"),
    (("20 + trips * round_trip", "trips"), "DNS comes on top"),
    (("20 + trips * round_trip", "20 * trips"), "come once"),
    ("return 3 * round_trip", "DNS is missing"), ("return 20 + 5 * round_trip", "in every visit"),
    ("return 20 + round_trip", "alone"),
]  # fmt: skip

TRIES = {"00-overheard": OVERHEARD, "00-before-request": BEFORE, "00-open-bytes": OPEN,
         "00-leaks": LEAKS, "00-wait": WAIT}  # fmt: skip
STEPS = {"00-open-bytes": OPEN_STEPS, "00-leaks": LEAKS_STEPS, "00-wait": WAIT_STEPS}
