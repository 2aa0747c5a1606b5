"""The way into a site: what is typed, what the browser remembers, who sits on the way.

HTTP Strict Transport Security (RFC 6797) and the attack it is made against. Nothing leaves this
process: the plain requests are bytes in a list, the encrypted ones real handshakes in memory. The
browser is a simplification: it does what RFC 6797 section 8.3 asks, and nothing that browsers
have added since (such as trying https first by themselves).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers import lab, pki
from helpers.conversation import CLIENT, Conversation, exchange
from helpers.experiments.coming_back import ANSWER, PAGE
from helpers.tls.client import Client
from helpers.tls.registry import NamedGroup
from helpers.tls.registry13 import TLS13
from helpers.tls.server import Server
from helpers.tls.trust import TrustStore

TYPED = (f"http://{lab.HOST}/", f"https://{lab.HOST}/")
MEMORIES = ("nothing", "HSTS from an earlier visit", "HSTS whose max-age is over", "preload list")
ON_THE_WAY = ("nobody", "Eve reads", "Mallory answers")
REDIRECT = (f"HTTP/1.1 301 Moved Permanently\r\nLocation: https://{lab.HOST}/\r\n"
            "Content-Length: 0\r\n\r\n").encode()
COOKIE = b"login=4711"
FAKE_PAGE = b"<h1>Please log in</h1>\n"
FAKE = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(FAKE_PAGE) + FAKE_PAGE

MIXED_PAGE = f"""<img src="http://{lab.HOST}/cat.jpg">
<link href="/shop.css">
<script src="http://{lab.HOST}/basket.js"></script>"""
"""A page that came over https and asks for two of its parts over http."""


@dataclass(frozen=True)
class Step:
    """One thing that happens: who does it, what, and the bytes that lay open on the way."""

    who: str
    what: str
    in_the_clear: bytes = b""


@dataclass(frozen=True)
class WayIn:
    """What happened on the way into the site. `page_from` is "the shop", "Mallory" or "nobody";
    `read` is what somebody on the way could read, in a few words each."""

    typed: str
    memory: str
    on_the_way: str
    steps: tuple[Step, ...]
    page_from: str
    read: tuple[str, ...]


def way_in(typed: str = TYPED[0], memory: str = "nothing",
           on_the_way: str = "nobody") -> WayIn:
    """Lets the browser go. Raises ValueError for what is not in TYPED, MEMORIES, ON_THE_WAY."""
    for value, known in ((typed, TYPED), (memory, MEMORIES), (on_the_way, ON_THE_WAY)):
        if value not in known:
            raise ValueError(f"{value!r}: choose one of {', '.join(known)}")
    steps: list[Step] = []
    secure = typed.startswith("https")
    if not secure and memory in (MEMORIES[1], MEMORIES[3]):
        steps.append(Step("browser", "turns http into https by itself, before a byte is sent"))
        secure = True
    read: list[str] = []
    if not secure and _plain(steps, read, memory, on_the_way):
        return WayIn(typed, memory, on_the_way, tuple(steps), "Mallory", tuple(read))
    return _encrypted(typed, memory, on_the_way, steps, read)


def _plain(steps: list[Step], read: list[str], memory: str, on_the_way: str) -> bool:
    """The request in the clear. True if Mallory kept it to herself."""
    cookie = b"Cookie: " + COOKIE + b"\r\n" if memory == MEMORIES[2] else b""
    request = b"GET / HTTP/1.1\r\nHost: " + lab.HOST.encode() + b"\r\n" + cookie + b"\r\n"
    steps.append(Step("browser", "asks over plain HTTP, port 80", request))
    if on_the_way != "nobody":
        read.append("the request")
        if cookie:
            read.append("the login cookie")
    if on_the_way == "Mallory answers":
        steps.append(Step("Mallory", "answers in the shop's place; the redirect never comes", FAKE))
        read.append("whatever is typed into her page")
        return True
    steps.append(Step("shop", "answers: 301, come back over https", REDIRECT))
    return False


def _encrypted(typed: str, memory: str, on_the_way: str, steps: list[Step],
               read: list[str]) -> WayIn:
    mallory = on_the_way == "Mallory answers"
    talk = handshake(mallory)
    if on_the_way != "nobody":
        read.append(f"the name {talk.find('client_hello').parsed.extension(0).value} (SNI)")
    refused = talk.ends[CLIENT].alerts_sent
    if refused:
        steps.append(Step("Mallory", "shows a certificate of her own making"))
        strict = memory in (MEMORIES[1], MEMORIES[3])
        words = "shows an error page without a way on" if strict else \
            "shows a warning, with a way to go on all the same"
        steps.append(Step("browser", f"alert {refused[0]}; {words}"))
        page = "nobody"
    else:
        steps.append(Step("browser, shop", "TLS handshake, request and response, all encrypted"))
        steps.append(Step("browser", "reads Strict-Transport-Security, and remembers it"))
        page = "the shop"
    return WayIn(typed, memory, on_the_way, tuple(steps), page, tuple(read))


@cache
def handshake(mallory: bool) -> Conversation:
    """The https part, for real: with the shop, or with Mallory, whose root nobody trusts."""
    if mallory:
        root = pki.issue("Mallory's Root", ca=True)
        identity = pki.issue(lab.HOST, by=root)
    else:
        identity = pki.server("ecdsa")
    trust = TrustStore([pki.root().certificate], lab.NOW)
    setting = {"clock": lab.NOW.timestamp, "random": lab.seeded(f"the way in {mallory}")}
    client = Client(lab.HOST, trust, versions=(TLS13,), groups=(NamedGroup.x25519,), **setting)
    return exchange(client, Server(identity, **setting), request=PAGE, response=ANSWER)

