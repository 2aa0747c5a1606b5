"""How far do you get with what you hold at a name? ACME's three challenges, tried out.

`helpers.pki.acme` has the challenges and the CA; here somebody who can change only part of the
world answers them. Simplified: the CA looks from one place, where real ones have to look from
several; and it is taken for granted that uploads land under /uploads/.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers import lab
from helpers.pki import acme, authority
from helpers.pki.issue import test_key
from helpers.pki.requests import RequestRefused, request

HOLDS = {"nothing": "nothing there", "uploads": "a page where anybody may upload pictures",
         "files": "the files of its web server", "server": "its whole web server",
         "dns": "its DNS zone"}
"""What the applicant can change at shop.example."""
ANSWERS = ("own", "token", "copied")
NAMES = (lab.HOST, f"*.{lab.HOST}")


@dataclass(frozen=True)
class Tried:
    """One application: where the CA looked, what it wanted to see, what it saw ("nothing"), whether
    it issued, and why."""

    place: str
    wanted: str
    found: str
    issued: bool
    why: str


@cache
def apply_for(holds: str, challenge: str, answer: str = "own", name: str = lab.HOST) -> Tried:
    """Somebody who holds what `holds` says (a key of HOLDS) asks for a certificate for `name`.

    The answer is made with the account's "own" key, is the bare "token", or is "copied" from an
    answer that the shop gave for its own account and an older token. Raises ValueError for words
    that are not known.
    """
    for said, words in ((holds, HOLDS), (challenge, acme.CHALLENGES), (answer, ANSWERS),
                        (name, NAMES)):
        if said not in words:
            raise ValueError(f"{said!r} is none of {', '.join(words)}")
    account, world = test_key("account of the applicant"), acme.World()
    ca = acme.Server(authority.intermediate(), world)
    order = ca.order(account.public_key(), [name])
    _put_up(world, holds, challenge, name, _answer(challenge, name, answer, order.tokens[name]))
    try:
        seen = ca.check(order, name, challenge)
    except RequestRefused as refused:
        return Tried("nothing at all", "-", "-", False, f"{refused}.")
    if seen.passed:
        ca.finalize(order, request(name, key=test_key("the applicant's server")))
    why = _issued(holds, challenge) if seen.passed else _refused(holds, challenge, answer,
                                                                  bool(seen.seen))
    return Tried(seen.place, seen.wanted, seen.seen or "nothing", seen.passed, why)


def _answer(challenge: str, name: str, answer: str, token: str) -> acme.World:
    """A world of its own with the answer in it, to be put up where the applicant can."""
    made, owner = acme.World(), "the shop" if answer == "copied" else "the applicant"
    old = acme.base64url(lab.seeded("a token of last year")(16))
    made.answer(challenge, name, old if answer == "copied" else token,
                test_key(f"account of {owner}"))
    if answer == "token":
        made.pages = dict.fromkeys(made.pages, token)
        made.txt = {place: [token] for place in made.txt}
        made.tls = {}  # a certificate without the extension: no answer
    if answer == "copied":
        made.pages = {acme.http_place(name, token): page for page in made.pages.values()}
    return made


def _put_up(world: acme.World, holds: str, challenge: str, name: str, made: acme.World) -> None:
    """Whoever has the zone can also let the name lead to a machine of their own."""
    if holds in ("files", "server", "dns"):
        world.pages.update(made.pages)
    if holds in ("server", "dns"):
        world.tls.update(made.tls)
    if holds == "dns":
        world.txt.update(made.txt)
    if holds == "uploads":
        for page in made.pages.values():
            world.pages[f"http://{name}/uploads/picture.png"] = page


def _refused(holds: str, challenge: str, answer: str, there: bool) -> str:
    if there:
        return {"token": "The token stands in the address that the CA asks for, for anybody on the "
                "way to read: repeating it shows nothing. The thumbprint of the account's key is "
                "missing in the answer.",
                "copied": "That was made for another token and another account. Old answers, and "
                "other people's, are worth nothing."}[answer]
    if holds == "uploads":
        return ("Pictures land under /uploads/. The CA looks under /.well-known/acme-challenge/ "
                "and nowhere else, for that very reason." if challenge == acme.HTTP else
                "Uploading pictures changes neither DNS nor the server's TLS.")
    if holds == "nothing":
        return "Knowing the answer is not enough: it has to stand where the name leads."
    if holds == "dns" or (holds == "server" and challenge == acme.TLS):
        return "A certificate without the right answer in it is no answer."
    return ("The web server is one thing, the DNS zone another: no record was written."
            if challenge == acme.DNS else
            "Files are not enough: the TLS handshake itself has to give the answer.")


def _issued(holds: str, challenge: str) -> str:
    if holds == "dns" and challenge != acme.DNS:
        return (f"Whoever has the zone let {lab.HOST} point to a machine of their own for a "
                "minute. DNS decides where a name leads, so it decides this, too.")
    return "The answer stood where only somebody who controls the name can put it."
