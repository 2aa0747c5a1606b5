"""Wrong tries at the exercises of lesson 07, as learners write them: (what, words of the help).

A value is what is handed in; for a function it is the body. A pair of texts is a change to the
worked steps: what stood there, and what a learner put.
"""

import re
from datetime import timedelta
from fnmatch import fnmatch

from helpers import lab, pki
from helpers.experiments import issued_by, path_length

NAMES: dict[str, object] = {
    "re": re, "timedelta": timedelta, "fnmatch": fnmatch, "lab": lab, "issued_by": issued_by,
    "path_length": path_length, "leaf": pki.server("rsa").certificate,
}  # fmt: skip
PARAMETERS = {
    "07-dates": "certificate, time", "07-host-name": "name, host", "07-path-length": "chain",
    "07-build-chain": "leaf, heap, roots", "07-renewals": "count, lifetime",
    "07-revoked": "certificate, issuer, crl, time",
}  # fmt: skip

DATES_STEPS = """
    return certificate.not_valid_before_utc <= time <= certificate.not_valid_after_utc
"""
_FROM, _TO = "certificate.not_valid_before_utc", "certificate.not_valid_after_utc"
DATES = [
    ("...", "Compare `time`"), ("return True", "every certificate"),
    ("return False", "In the middle"), ("return 1", "True or False"), ("return 'True'", "quotes"),
    (("before_utc <= time <=", "before_utc < time <"), "ends"),
    (("time <=", "time <"), "last moment"), (("before_utc <= time", "before_utc < time"), "ends"),
    ((f"{_FROM} <= time <= {_TO}", f"time <= {_TO}"), "not_valid_before_utc, too"),
    ((f"{_FROM} <= time <= {_TO}", f"{_FROM} <= time"), "not_valid_after_utc, too"),
    ((f"{_FROM} <= time <= {_TO}", f"{_TO} <= time <= {_FROM}"), "wrong way round"),
    ((f"{_FROM} <= time <= {_TO}", f"time <= {_FROM} and time >= {_TO}"), "wrong way round"),
    ((f"{_FROM} <= time <= {_TO}", f"time < {_FROM} or time > {_TO}"), "wrong way round"),
    (("return cert", "return not cert"), "wrong way round"),
    (("_utc", ""), "time zone"), (("certificate.", "leaf."), "another certificate"),
    (("<= time <=", "<= lab.NOW <="), "Compare `time`"),
    ((f"{_FROM} <= time <= {_TO}", f"{_FROM}.date() <= time.date() <= {_TO}.date()"),
     "Whole days"),
    ((f"{_FROM} <= time <= {_TO}", f"str({_FROM}) <= time <= str({_TO})"), "moments"),
    ((f"{_FROM} <= time <= {_TO}", f"{_FROM}.timestamp() <= time <= {_TO}.timestamp()"),
     "moments"),
    ((f"{_FROM} <= time <= {_TO}", f"{_FROM}() <= time <= {_TO}()"), "without parentheses"),
    ((f"{_FROM} <= time <= {_TO}", "certificate.not_before <= time <= certificate.not_after"),
     "not_valid_before_utc and"),
    ((f"{_FROM} <= time <= {_TO}", f"time in ({_FROM}, {_TO})"), "In the middle"),
    (f"{_FROM} <= time <= {_TO}", "The comparison itself"),
    (("<= time <=", "<= __import__('datetime').datetime.now(lab.NOW.tzinfo) <="), "clock of this"),
]  # fmt: skip

HOST_STEPS = """
    wanted, labels = name.lower().split("."), host.lower().split(".")
    if wanted[0] == "*":
        wanted, labels = wanted[1:], labels[1:]
    return wanted == labels
"""
_ALL = HOST_STEPS
HOST = [
    ("...", "Cut both names"), ("return True", "You take every name"),
    ("return False", "refuse every name"), ("return 'yes'", "True or False"),
    ("return name == host", "capital letters"), ("return name.lower() == host.lower()", "the star"),
    ("return name in host", "capital letters"), ("return host.endswith(name)", "capital letters"),
    ("return fnmatch(host, name)", "capital letters"),
    ("return fnmatch(host.lower(), name.lower())", "ONE label"),
    ("return host.lower().endswith(name.lower().lstrip('*'))", "ONE label"),
    ("return host.lower().endswith(name.lower().lstrip('*.'))", "exactly one label"),
    ("return bool(re.match(name.replace('*', '.*'), host, re.I))", "ONE label"),
    ("return bool(re.fullmatch(name.replace('*', '[^.]+'), host, re.I))", "dot"),
    ("return bool(re.fullmatch(name.replace('.', '[.]').replace('*', '[^.]+'), host, re.I))",
     "whole label"),
    ("return bool(re.match(name.lower(), host.lower()))", "regular expression"),
    ((".lower()", ""), "capital letters"),
    (("host.lower()", "host"), "capital letters"),
    (("labels = wanted[1:], labels[1:]", "labels = wanted[1:], labels"), "behind the star"),
    (("return wanted == labels", "return wanted[-2:] == labels[-2:]"), "a.b are two"),
    (("return wanted == labels", "return wanted != labels"), "other way round"),
    (('wanted[0] == "*"', '"*" in name'), "FIRST"),
    (('wanted[0] == "*"', '"*" in wanted[0]'), "whole label"),
    (('wanted[0] == "*"', 'wanted[0].startswith("w")'), "star"),
    ((_ALL, "\n    first, *rest = name.lower().split('.')\n    return (rest == host.lower()"
      ".split('.')[1:])\n"), "two different names"),
    ((_ALL, "\n    name, host = name.lower(), host.lower()\n    return all(n in ('*', h) for n, h "
      "in zip(name.split('.'), host.split('.')))\n"), "as the FIRST"),
    ((_ALL, "\n    names, hosts = name.lower().split('.'), host.lower().split('.')\n    return len("
      "names) == len(hosts) and all(n in ('*', h) for n, h in zip(names, hosts))\n"), "FIRST"),
    (('wanted[0] == "*"', 'name.startswith("*")'), "whole label"),
    ((_ALL, "\n    name, host = name.lower(), host.lower()\n    return (host[host.find('.'):] == "
      "name[name.find('.'):] if name[0] == '*' else name == host)\n"), "whole label"),
    (("name.lower().split(\".\"), host.lower()", "host.lower().split(\".\"), name.lower()"),
     "first argument"),
    ((_ALL, "\n    n, h = name.lower().split('.'), host.lower().split('.')\n    return all("
      "a == b or (a == '*' and i == 0) for i, (a, b) in enumerate(zip(n, h)))\n"), "zip stops"),
    ((_ALL, "\n    n, h = name.lower().split('.'), host.lower().split('.')\n    return len(n) <= "
      "len(h) and all(a == b or (a == '*' and i == 0) for i, (a, b) in enumerate(zip(n, h)))\n"),
     "goes on"),
    (("return wanted == labels", "return labels[:len(wanted)] == wanted"), "goes on"),
    ((_ALL, "\n    a, b, c = name.split('.')\n    return True\n"), "any number of labels"),
]  # fmt: skip

LENGTH_STEPS = """
    for below, ca in enumerate(chain[1:]):
        limit = path_length(ca)
        if limit is not None and below > limit:
            return False
    return True
"""
_COUNT = "enumerate(chain[1:])"
LENGTH = [
    ("...", "For each CA in chain[1:]"), ("return True", "You take every chain"),
    ("return False", "You refuse every chain"), ("return 0", "True or False"),
    (("limit is not None and", "limit and"), "0 is a limit"),
    (("limit is not None and ", ""), "None means"),
    (("enumerate(chain[1:])", "enumerate(chain[1:], 1)"), "count the leaf"),
    (("enumerate(chain[1:])", "enumerate(chain)"), "count the leaf"),
    (("enumerate(chain[1:])", "enumerate(chain[1:2])"), "leaf's issuer only"),
    (("            return False\n",
     "            return False\n        else:\n            return True\n"),
     "after the first"),
    (("below > limit", "below >= limit"), ">= where >"),
    (("below > limit", "below < limit"), "How many CA certificates"),
    (("below > limit", "len(chain) > limit"), "BELOW this"),
    (("below > limit", "len(chain) - 1 > limit"), "number of all CAs"),
    (("below > limit", "len(chain) - 2 > limit"), "one and the same number"),
    (("below > limit", "below != limit"), "limit, not a target"),
    (("return False\n    return True", "return True\n    return False"), "other way round"),
    ((_COUNT, "enumerate(reversed(chain[1:]))"), "below"),
    (("            return False\n    return True", "            return False\n        return True"),
     "leaf's issuer only"),
    (("return True", "return None"), "Return False as soon"),
    (("path_length(ca)", "ca.path_length"), "no such part"),
    (("path_length(ca)", "path_length(chain)"), "no such part"),
    (("chain[1:]", "chain[2:]"), "You take every chain"),
    ("return len(chain) <= 3", "0 is a limit"),
    ("return path_length(chain[-1]) is None", "refuse every limit"),
    ("return all(path_length(ca) for ca in chain[1:])", "refuse every chain"),
    ("len(chain)", "Return False as soon"),
]  # fmt: skip

BUILD_STEPS = """
    paths = [[leaf]]
    for path in paths:
        for root in roots:
            if issued_by(path[-1], root):
                return [*path, root]
        paths += [[*path, ca] for ca in heap if ca not in path and issued_by(path[-1], ca)]
    return []
"""
_BY_NAME = "parent.subject == child.issuer"
BUILD = [
    ("...", "Begin with the path"), ("return [leaf]", "stops before a root"),
    ("return [leaf, *heap, *roots]", "everything in a row"),
    ("return [*heap, *roots]", "leaf belongs"), ("return roots", "leaf itself"),
    ("return []", "found none"),
    ("return leaf", "a list"), ("return [leaf, roots[0]]", "do not belong together"),
    ("return [leaf, heap[0], roots[0]]", "do not belong together"),
    ("return ['leaf', 'root']", "a certificate"), ("return None if heap else []", "whole list"),
    (("return [*path, root]", "return path"), "root belongs"),
    (("return [*path, root]", "return [*path, root][::-1]"), "other way round"),
    (("return [*path, root]", "return [*path[1:], root]"), "leaf belongs"),
    (("return []", "return None"), "whole list"),
    (("return []", "return [leaf]"), "empty list"),
    (("ca not in path and ", ""), "circle"),
    (("issued_by(path[-1], root)", "issued_by(root, path[-1])"), "lower "),
    (("issued_by(path[-1], ca)", "issued_by(ca, path[-1])"), "none"),
    (("issued_by(path[-1], ca)", "ca.subject == path[-1].issuer"), "issued_by"),
    (("issued_by(path[-1], root)", "root.subject == path[-1].issuer"), "do not belong"),
    ((BUILD_STEPS, BUILD_STEPS.replace("issued_by(path[-1], root)", "issued_by(root, path[-1])")
      .replace("issued_by(path[-1], ca)", "issued_by(ca, path[-1])")), "lower "),
    ((BUILD_STEPS, """
    paths = [[leaf]]
    for path in paths:
        if issued_by(path[-1], path[-1]):
            return path
        paths += [[*path, ca] for ca in heap + roots
                  if ca not in path and issued_by(path[-1], ca)]
    return []
"""), "signed itself says nothing"),
    ((BUILD_STEPS, """
    def up(child):
        for root in roots:
            if issued_by(child, root):
                return [child, root]
        for ca in heap:
            if issued_by(child, ca) and (rest := up(ca)):
                return [child, *rest]
        return []
    return up(leaf)
"""), "circle"),
    ((BUILD_STEPS, """
    path = [leaf]
    while path[-1] not in roots:
        for c in [*heap, *roots]:
            if issued_by(path[-1], c):
                path.append(c)
                break
    return path
"""), "circle"),
    (("[[leaf]]", "[[]]"), "list is empty"),
    ((BUILD_STEPS, """
    path = [leaf]
    while path[-1] not in roots:
        path.append(next(c for c in [*roots, *heap] if issued_by(path[-1], c)))
    return path
"""), "found nothing"),
    ((BUILD_STEPS, """
    path = [leaf]
    for ca in heap:
        if issued_by(path[-1], ca):
            path.append(ca)
    for root in roots:
        if issued_by(path[-1], root):
            return [*path, root]
    return []
"""), "found none"),
    ((BUILD_STEPS, """
    for root in roots:
        if issued_by(leaf, root):
            return [leaf, root]
    for ca in heap:
        for root in roots:
            if issued_by(leaf, ca) and issued_by(ca, root):
                return [leaf, ca, root]
    return []
"""), "one CA at most"),
    ((BUILD_STEPS, """
    path = [leaf]
    while True:
        above = [c for c in [*roots, *heap] if issued_by(path[-1], c)]
        path.append(above[0])
        if path[-1] in roots:
            return path
"""), "nothing in the heap fits"),
]  # fmt: skip

RENEWALS_STEPS = """
    every = lifetime * 2 // 3
    return count * (365 // every)
"""
RENEWALS = [
    ("...", "After how many days"), ("return 2000", "In steps"), ("return 7", "In steps"),
    ("return count * lifetime", "In steps"), ("return '2000'", "In steps"),
    (("lifetime * 2 // 3", "lifetime"), "last day"),
    (("lifetime * 2 // 3", "lifetime // 3"), "what is LEFT"),
    (("lifetime * 2 // 3", "lifetime // 2"), "half of the life"),
    (("lifetime * 2 // 3", "2 // 3 * lifetime"), "divide by 0"),
    (("count * (365 // every)", "365 // every"), "one certificate"),
    (("count * (365 // every)", "count * 365 // every"), "average"),
    (("count * (365 // every)", "count * 365 / every"), "whole number"),
    (("count * (365 // every)", "round(count * 365 / every)"), "average"),
    (("count * (365 // every)", "count * -(-365 // every)"), "One too many"),
    (("count * (365 // every)", "count * (365 // every + 1)"), "One too many"),
    (("count * (365 // every)", "count * every"), "days, not renewals"),
    (("count * (365 // every)", "count * (365 / every)"), "whole number"),
    (("count * (365 // every)", "count * (every // 365)"), "In steps"),
    (("365 // every", "180 // every"), "In steps"), (("365 // every", "12 // every"), "In steps"),
    (("lifetime * 2 // 3", "0"), "divide by 0"),
    (("lifetime * 2 // 3", "lifetime // 3 * 2"), "before you divide"),
    (("lifetime * 2 // 3", "lifetime - lifetime // 3"), "UP"),
    (("365 // every", "364 // every"), "Day 365 counts"),
    (("every = ", "count, lifetime = lifetime, count\n    every = "), "exchanged"),
    ("return count * 365 / (lifetime * 2 / 3)", "parts of renewals"),
    (("return count", "count"), "Return the number"),
    (("lifetime * 2 // 3", "int(lifetime * 0.66)"), "0.66"),
    ("return count * int(365 / (lifetime * 0.667))", "round down once"),
    ("return count * int(365 / (lifetime * 2 / 3))", "round down once"),
    (("lifetime * 2 // 3", "round(lifetime * 2 / 3)"), "and not round"),
]  # fmt: skip

CRL_STEPS = """
    life = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    if life <= timedelta(days=7):
        return "good"
    if not crl.is_signature_valid(issuer.public_key()):
        return "unknown"
    if not crl.last_update_utc <= time <= crl.next_update_utc:
        return "unknown"
    entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
    return "good" if entry is None else "revoked"
"""
_SIGNED = "not crl.is_signature_valid(issuer.public_key())"
_FRESH = "not crl.last_update_utc <= time <= crl.next_update_utc"
_SHORT = "life <= timedelta(days=7)"
CRL = [
    ("...", "Four questions"), ("return 'good'", "one answer"),
    ("return 'revoked'", "one answer"), ("return 'unknown'", "one answer"),
    ("return True", "good, revoked, unknown"), ("return 'ok'", "good, revoked, unknown"),
    ("return certificate.serial_number in crl", "good, revoked, unknown"),
    ("return 'good' if crl.get_revoked_certificate_by_serial_number(certificate.serial_number) is "
     "None else 'revoked'", "who signed the list"),
    ((_SIGNED, "False"), "Somebody else signed"), ((_FRESH, "False"), "too old"),
    ((_SHORT, "False"), "seven days and no more"),
    ((_SHORT, "life < timedelta(days=6)"), "seven days and no more"),
    ((_SHORT, "life <= timedelta(days=8)"), "longer than seven days"),
    ((_SHORT, "life.days <= 7"), ".days"),
    ((_SHORT, "life <= 7"), "timedelta(days=7)"),
    ((_SHORT, "certificate.not_valid_after_utc - time <= timedelta(days=7)"), "whole life"),
    (("issuer.public_key()", "issuer"), "public key"),
    (("issuer.public_key()", "certificate.public_key()"), "issuer's key"),
    ((_SIGNED, "crl.is_signature_valid(issuer.public_key())"), "issuer's key"),
    ((_SIGNED, "crl.issuer != issuer.subject"), "public_key())"),
    (("time <= crl.next_update_utc", "time < crl.next_update_utc"), "last second"),
    (("crl.last_update_utc <= time", "crl.last_update_utc < time"), "first second"),
    (("crl.last_update_utc <= time <= crl", "time <= crl"), "beginning"),
    ((" <= time <= crl.next_update_utc", " <= time"), "too old"),
    (("crl.last_update_utc <= time <= crl.next_update_utc", "crl.last_update <= time <= "
      "crl.next_update"), "time zone"),
    (('"good" if entry is None else "revoked"', '"revoked" if entry is None else "good"'),
     "Exchanged"),
    ((_SHORT, "life < timedelta(days=7)"), "<= instead of <"),
    (("number(certificate.serial_number)", "number(certificate)"), "serial number, not"),
    (("issuer.public_key()", "issuer.public_key"), "has to be called"),
    (('return "unknown"', 'return "good"'), "nothing is known"),
    (('return "unknown"', 'return "revoked"'), "a breakdown"),
    (("certificate.serial_number", "certificate.serial"), "serial_number"),
    (('return "good" if entry is None else "revoked"', "return entry"), "on every way"),
    (('return "good" if entry', 'print("good") if entry'), "on every way"),
]  # fmt: skip

CARELESS = [
    (None, "forgotten check of A"), (["signature"] * 3, "signatures"), (["dates"] * 3, "expired"),
    (["name"], "three apps"), ("name", "three checks"), (["name", "name", "name"], "App B"),
    (["ca", "ca", "ca"], "App A"), ([True, False, True], "one of"), (["names", "ca", "eku"],
                                                                    "one of"),
    (["dates", "name", "ca"], "App A"), ({"A": "name"}, "three checks"), ([], "three apps"),
    (["name", "revocation", "ca"], "App C"), (["name", "eku", "path_length"], "App B"),
    (["revocation", "name", "path_length"], "wrong order"), (["NAME", "ca", "ca"], "App B"),
    (("name", "path_length", "revocation"), "wrong order"), (["name"] * 4, "three apps"),
    (["path_length", "revocation", "name"], "wrong order"), ([0, 1, 2], "one of"),
    (["Another name", "On the list", "One CA too many"], "chain of the gallery"),
    (["wrong_name", "revoked_crl", "path_too_long"], "chain of the gallery"),
    ([["name"], ["ca"], ["eku"]], "one of"), (["strength", "revocation", "path_length"], "App A"),
]  # fmt: skip

TRIES = {
    "07-dates": DATES, "07-host-name": HOST, "07-path-length": LENGTH, "07-build-chain": BUILD,
    "07-careless": CARELESS, "07-renewals": RENEWALS, "07-revoked": CRL,
}  # fmt: skip
STEPS = {
    "07-dates": DATES_STEPS, "07-host-name": HOST_STEPS, "07-path-length": LENGTH_STEPS,
    "07-build-chain": BUILD_STEPS, "07-renewals": RENEWALS_STEPS, "07-revoked": CRL_STEPS,
}  # fmt: skip
