"""Wrong tries at the exercises of lesson 10, as learners write them: (what, words of the help).

A value is what is handed in; for a function it is the body. A pair of texts is a change to the
worked steps: what stood there, and what a learner put.
"""

import hmac
from hashlib import sha1, sha256, sha384
from math import ceil, floor

from helpers.tls import derive_secret, finished_key, hkdf_expand_label, hkdf_extract

NAMES: dict[str, object] = {
    "hmac": hmac, "sha1": sha1, "sha256": sha256, "sha384": sha384, "ceil": ceil, "floor": floor,
    "derive_secret": derive_secret, "finished_key": finished_key, "hkdf_extract": hkdf_extract,
    "hkdf_expand_label": hkdf_expand_label,
}  # fmt: skip
STARTER = NAMES
PARAMETERS = {
    "10-hsts": "host, now, known", "10-fresh": "obfuscated_age, age_add, issued, now",
    "10-early": "request, handshake_done", "10-binder": "psk, client_hello",
    "10-first-byte": "round_trip, flight, window",
}  # fmt: skip

ON_THE_WIRE = [
    (411, "request alone"), (412, "type byte is in"), (416, "header is in"), (427, "tag is in"),
    (428, "own header is missing"), (417, "tag is missing"), (432, "One byte is missing"),
    (440, "Eight bytes of nonce"), (445, "No nonce travels"), (441, "No nonce travels"),
    (449, "half as long"), (400, "cannot become shorter"), (448, "whole blocks"),
    (822, "neither hex digits nor bits"), (3288, "neither hex digits nor bits"),
    (60, "looked at"), (38, "looked at"), (22, "looked at"), (434, "Add up their lengths"),
    (1460, "too much for one record"), ("411 bytes", "request alone"), (None, "adds to the 411"),
    ("about 430", "whole number"), (16384, "whole blocks"), (431, "Add up their lengths"),
]  # fmt: skip
DETOUR = [
    (180, "encrypted connection alone"), (240, "port"), (360, "you counted two"),
    (120, "come back over https"), (60, "single round trip"), (420, "looked up already"),
    (5, "number of round trips"), (3, "number of round trips"), (4, "number of round trips"),
    (270, "Half a round trip"), (150, "Half a round trip"), (90, "Half a round trip"),
    (480, "Too many"), (540, "Too many"), (600, "Too many"), (80, "whole number of round trips"),
    (250, "whole number of round trips"), (110, "whole number of round trips"),
    ("180 ms", "encrypted connection alone"), (None, "piece of paper"), ("five", "whole number"),
    (0, "Two connections"), (160, "whole number of round trips"),
]  # fmt: skip

HSTS_STEPS = """
    labels = host.lower().split(".")
    for above in range(len(labels)):
        name = ".".join(labels[above:])
        if name in known:
            until, below_too = known[name]
            if now < until and (above == 0 or below_too):
                return True
    return False
"""
_HSTS_RULE = "now < until and (above == 0 or below_too)"
HSTS = [
    ("...", "Begin with the host"), ("return True", "You go by https always"),
    ("return False", "You never go"), ("return 'True'", "quotes"), ("return 1", "True or False"),
    ("return host in known", "Only the very name"), (("now < until", "now <= until"), "not <="),
    ("return host in known and now < known[host][0]", "Only the very name"),
    ("return now < known[host][0]", "known.get"), ("return known[host]", "True or False"),
    ("until, flag = known.get(host)\n    return now < until", "pair"),
    ("return any(host.lower().endswith(name) and now < until for name, (until, flag) in "
     "known.items())", "speak for themselves alone"),
    ("return any(host.lower().endswith(name) and now < until and flag for name, (until, flag) in "
     "known.items())", "without it"),
    ("return any(now < u and (host.lower() == n or f and host.lower().endswith(n)) for n, (u, f) "
     "in known.items())", "A dot has to stand between"),
    ("return any(now < u and (host.lower() == n or f and n in host.lower()) for n, (u, f) "
     "in known.items())", "whole labels"),
    (("now < until and ", ""), "counts only while"), ((".lower()", ""), "capital letters"),
    ((_HSTS_RULE, "now < until"), "speak for themselves alone"),
    ((_HSTS_RULE, "now < until and below_too"), "without it"),
    ((_HSTS_RULE, "now < until and above == 0"), "Only the very name"),
    ((_HSTS_RULE, "now > until and (above == 0 or below_too)"), "wrong way round"),
    (("            if now < until and (above == 0 or below_too):\n                return True",
      "            return now < until and (above == 0 or below_too)"), "You stop at the first"),
    (("range(len(labels))", "range(2)"), "one label up"),
    (("range(len(labels))", "range(1, len(labels))"), "forgot the host itself"),
    (("labels[above:]", "labels[:above]"), "You never go"),
    (("                return True\n", "                return True\n            else:\n"
      "                return False\n"), "You stop at the first"),
    (("return False", "return known"), "True or False"),
    (("known[name]", "known[host]"), "known.get"), (("split(\".\")", "split()"), "the very name"),
    (("until, below_too = known[name]", "until = known[name]\n            below_too = False"),
     "pair"),
]  # fmt: skip

FRESH_STEPS = """
    age = (obfuscated_age - age_add) % 2**32
    return abs(age - (now - issued)) <= 10_000
"""
_AGE = "(obfuscated_age - age_add) % 2**32"
FRESH = [
    ("...", "client's idea"), ("return True", "old copies"), ("return False", "You take none"),
    ("return 'yes'", "True or False"), ("return obfuscated_age - age_add", "True or False"),
    ((_AGE, "obfuscated_age"), "take that off"), ((_AGE, "obfuscated_age - age_add"), "modulo"),
    ((_AGE, "obfuscated_age + age_add"), "You take none"),
    ((_AGE, "(obfuscated_age + age_add) % 2**32"), "You take none"),
    ((_AGE, "(age_add - obfuscated_age) % 2**32"), "You take none"),
    ((_AGE, "age_add - obfuscated_age"), "other way round"),
    ((_AGE, "abs(obfuscated_age - age_add)"), "modulo"),
    (("2**32", "2**31"), "32 bits"), (("2**32", "(2**32 - 1)"), "ten seconds"),
    (("2**32", "2**16"), "32 bits"), (("10_000", "10"), "milliseconds"),
    (("10_000", "1_000"), "milliseconds"), (("10_000", "60_000"), "milliseconds"),
    (("abs(age - (now - issued))", "(now - issued) - age"), "both ways"),
    (("abs(age - (now - issued))", "age - (now - issued)"), "both ways"),
    (("abs(age - (now - issued))", "age"), "may be hours old"),
    (("abs(age - (now - issued))", "(now - issued)"), "may be hours old"),
    (("abs(age - (now - issued))", "abs(age - now)"), "Print the two"),
    (("abs(age - (now - issued))", "abs(age - issued)"), "Print the two"),
    (("abs(age - (now - issued)) <= 10_000", "age == now - issued"), "never agree"),
    (("<= 10_000", "> 10_000"), "other way round"), (("10_000", "5_000"), "10 seconds"),
    (("10_000", "20_000"), "not twenty"), (("<= 10_000", "<= 10_000 / 1000"), "milliseconds"),
]  # fmt: skip

EARLY_STEPS = """
    method = request.split(b" ")[0]
    head = request.split(b"\\r\\n\\r\\n")[0].lower()
    risky = not handshake_done or b"\\r\\nearly-data: 1" in head
    safe = method in (b"GET", b"HEAD", b"OPTIONS", b"TRACE")
    return 425 if risky and not safe else 200
"""
_RISKY = 'not handshake_done or b"\\r\\nearly-data: 1" in head'
_SAFE = 'method in (b"GET", b"HEAD", b"OPTIONS", b"TRACE")'
EARLY = [
    ("return 200 if not handshake_done and request.split(b' ')[0] not in (b'GET', b'HEAD', "
     "b'OPTIONS', b'TRACE') else 425", "wrong way round"),
    ("risky = not handshake_done or b'early-data: 1' in request.lower()\n    return 425 if risky "
     "and request.split(b' ')[0] not in ('GET', 'HEAD') else 200", "bytes with bytes"),
    ("risky = not handshake_done or b'early-data: 1' in request.lower()\n    return 425 if risky "
     "and not request.startswith((b'GET', b'HEAD', b'OPTIONS', b'TRACE')) else 200", "GETX"),
    ("risky = not handshake_done or b'early-data: 1' in request.lower()\n    return 425 if risky "
     "and request.split(b' ')[0] not in (b'GET', b'HEAD') else 200", "OPTIONS"),
    ("...", "Cut out the method"), ("return 200", "You act on everything"),
    ("return 425", "You refuse everything"), ("return True", "whole number"),
    ("return 'Too Early'", "whole number"), ("return 400", "Two numbers"),
    ("return 200 if handshake_done else 425", "Early does not mean refused"),
    ((_RISKY, "not handshake_done"), "proxy's line"), ((_RISKY, "handshake_done"), "other way"),
    ((_RISKY, "True"), "After Finished"), ((" or b", " and b"), "or, not and"),
    ((_SAFE, 'method == b"GET"'), "four safe methods"),
    ((_SAFE, 'method in (b"GET", b"HEAD")'), "OPTIONS and TRACE"),
    ((', b"TRACE")', ")"), "TRACE"), ((_SAFE, 'method != b"POST"'), "not the only method"),
    ((_SAFE, 'request.startswith((b"GET", b"HEAD", b"OPTIONS", b"TRACE"))'), "whole first word"),
    ((_SAFE, 'b"GET" in request or b"HEAD" in request'), "safe"),
    ((_SAFE, 'method.upper() in (b"GET", b"HEAD", b"OPTIONS", b"TRACE")'), "another method"),
    (('b"TRACE")', 'b"TRACE", b"PUT", b"DELETE")'), "idempotent"),
    (("[0].lower()", "[0]"), "safe"), (("in head", "in request.lower()"), "body is no header"),
    ((_SAFE, 'method in ("GET", "HEAD", "OPTIONS", "TRACE")'), "safe"),
    (("425 if risky and not safe else 200", "200 if risky and not safe else 425"), "wrong way"),
    (("425 if risky and not safe else 200", "425 if risky or not safe else 200"), "safe"),
    (('request.split(b" ")[0]', "request.split(' ')[0]"), "request is bytes"),
    (('request.split(b" ")[0]', 'request.split(b" ")[1]'), "safe"),
    (("not handshake_done or ", ""), "copy"),
]  # fmt: skip

BINDER_STEPS = """
    early_secret = hkdf_extract(bytes(32), psk)
    binder_key = derive_secret(early_secret, "res binder", b"")
    key = finished_key(binder_key)
    covered = sha256(client_hello[:-35]).digest()
    return hmac.digest(key, covered, "sha256")
"""
_CUT = "client_hello[:-35]"
BINDER = [
    ("...", "Begin with early_secret"), ("return client_hello[-32:]", "cut it out"),
    ("return client_hello[-33:]", "You cut it out"), ("return psk", "never crosses"),
    (("[:-35]", ""), "cannot cover itself"), (("[:-35]", "[:-32]"), "two lengths"),
    (("[:-35]", "[:-33]"), "One length, of 1 byte"), (("[:-35]", "[:-34]"), "of 2 bytes"),
    (("[:-35]", "[:-36]"), "too much"), ((_CUT, "client_hello[4:-35]"), "own header"),
    ((_CUT, "client_hello[5:-35]"), "no record header"), (("res binder", "ext binder"), "ticket"),
    (("res binder", "c e traffic"), "label is another"), (("res binder", "res_binder"), "label"),
    (("res binder", "tls13 res binder"), "label"), (("bytes(32)", "psk"), "32 zero bytes"),
    (("bytes(32), psk", "psk, bytes(32)"), "Salt first"),
    (('b"")', "client_hello)"), "no messages"), (("finished_key(binder_key)", "binder_key"),
                                                 "not used as it is"),
    (("finished_key(binder_key)", "early_secret"), "Two steps"),
    (("finished_key(binder_key)", "psk"), "never used as a key"),
    (("finished_key(binder_key)", "finished_key(early_secret)"), "not the early secret"),
    (("derive_secret(early_secret", "derive_secret(psk"), "early secret is missing"),
    (("sha256(client_hello[:-35]).digest()", _CUT), "over the hash"),
    (("hmac.digest(key, covered", "hmac.digest(covered, key"), "wrong way round"),
    (('hmac.digest(key, covered, "sha256")', "covered"), "needs no key"),
    (('hmac.digest(key, covered, "sha256")', "sha256(key + covered).digest()"), "no HMAC"),
    (('hmac.digest(key, covered, "sha256")', "key"), "That is the key"),
    (('hmac.digest(key, covered, "sha256")', "early_secret"), "That is the early secret"),
    (('"sha256")', '"sha384")'), "another length"), (("sha256(client", "sha1(client"), "bit"),
    ((").digest()", ").hexdigest().encode()"), "hexdigest"),
]  # fmt: skip

FIRST_BYTE_STEPS = """
    packets, trips = ceil(flight / 1460), 1
    while window < packets:
        packets, window = packets - window, 2 * window
        trips = trips + 1
    return round_trip * (trips + 2)
"""
FIRST_BYTE = [
    ("...", "First the packets"), ("return 3 * round_trip", "does not always fit"),
    ("return round_trip * ceil(flight / 1460 / window) + 2 * round_trip", "window doubles"),
    (("(trips + 2)", "trips"), "handshake alone"), (("(trips + 2)", "(trips + 1)"), "TCP opens"),
    (("(trips + 2)", "(trips + 3)"), "too many"), (("round_trip * (trips + 2)", "trips + 2"),
                                                   "Those are the round trips"),
    (("ceil(flight / 1460)", "flight // 1460"), "round up"),
    (("ceil(flight / 1460)", "flight // 1460 + 1"), "exactly"),
    (("ceil(flight / 1460)", "round(flight / 1460)"), "nearest"),
    (("ceil(flight / 1460)", "flight"), "counts packets"),
    (("1460", "1500"), "IP and TCP"), (("1460", "1200"), "QUIC"), (("1460", "1000"), "1,460 bytes"),
    (("packets, window = packets - window, 2 * window", "window = 2 * window"), "there already"),
    (("2 * window", "window"), "doubles"), (("2 * window", "window + 1"), "doubles"),
    (("2 * window", "window + 10"), "doubles"),
    (("round_trip * (trips + 2)", "2 * round_trip * (trips + 2)"), "double it"),
    (("round_trip * (trips + 2)", "round_trip // 2 * (trips + 2)"), "halve it"),
    (("1460), 1", "1460), 0"), "TCP opens"), (("window < packets", "window <= packets"), "rest"),
    (("while", "if"), "One more round trip is not always"),
    (("return round_trip * (trips + 2)", "return str(trips)"), "multiple of round_trip"),
    (("round_trip * (trips + 2)", "round_trip + trips"), "multiple of round_trip"),
    (("trips = trips + 1", "pass"), "does not always fit"),
    ("return round_trip * (3 if flight // 1460 <= window else 4)", "round up"),
    ("return round_trip * (3 if flight <= window else 4)", "counts packets"),
    ("left, trips = flight // 1460, 0\n    while left > 0:\n        left, window, trips = left - "
     "window, 2 * window, trips + 1\n    return round_trip * (trips + 2)", "round up"),
    ("left, trips = round(flight / 1460), 0\n    while left > 0:\n        left, window, trips = "
     "left - window, 2 * window, trips + 1\n    return round_trip * (trips + 2)", "round up"),
    ("left, trips = ceil(flight / 1460), 0\n    while left >= 0:\n        left, window, trips = "
     "left - window, 2 * window, trips + 1\n    return round_trip * (trips + 2)", "once more"),
]  # fmt: skip

STEPS = {
    "10-hsts": HSTS_STEPS, "10-fresh": FRESH_STEPS, "10-early": EARLY_STEPS,
    "10-binder": BINDER_STEPS, "10-first-byte": FIRST_BYTE_STEPS,
}  # fmt: skip
TRIES = {
    "10-on-the-wire": ON_THE_WIRE, "10-detour": DETOUR, "10-hsts": HSTS, "10-fresh": FRESH,
    "10-early": EARLY, "10-binder": BINDER, "10-first-byte": FIRST_BYTE,
}  # fmt: skip
