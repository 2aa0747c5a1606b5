"""Lesson 06, certificates: its quiz. Its bytes and counts are computed from new certificates."""

from __future__ import annotations

from helpers.pki.encode import tlv

from .lesson06_sct import made, times_of
from .model import Option, Question

_ELEMENT = tlv(0x30, bytes(300))
_HEAD = _ELEMENT[:4].hex(" ")
_STAMPS = len(times_of(made("quiz", (71, 72, 70), (1, 2, 3))))

QUIZ = [
    Question("06-quiz-length", f"An element begins with the bytes {_HEAD}. How many bytes does "
             "the whole element have, tag and length included?", [
        Option(str(len(_ELEMENT) - 4), "That is what is inside. Tag and length bytes count, too."),
        Option(str(len(_ELEMENT)), "82 says that two bytes of length follow; they are "
               f"{_ELEMENT[2:4].hex(' ')}; and four bytes stand in front of the contents.",
               right=True),
        Option(str(2 + _ELEMENT[1]), "From 128 on the second byte is no length: it says how many "
               "bytes of length follow."),
        Option(str(int.from_bytes(_ELEMENT[2:4], "little") + 4), "The high byte comes first."),
    ]),
    Question("06-quiz-private", "Somebody posts a server's certificate on the web, all of it. What "
             "has to be done?", [
        Option("The certificate has to be withdrawn (revoked)", "What is in it, everybody can "
               "have by visiting the server."),
        Option("The key pair has to be changed", "Only the public half is in it."),
        Option("Nothing: it is sent to every visitor anyway", "Nothing in it is secret.",
               right=True),
    ]),
    Question("06-quiz-two-signatures", "The CA that signed the shop's certificate lost its private "
             "key last night; the shop's own key is safe. What can the thief do?", [
        Option("Decrypt what the shop's visitors sent last year",
               "For that the CA's key was never used, and in TLS 1.3 no certificate's key is."),
        Option("Make certificates for any name, and stand between a visitor and the shop",
               "The name in it is right, the CA's signature fits, and the thief has the private "
               "key to it.", right=True),
        Option("Sign the shop's handshakes with the shop's own certificate",
               "That takes the shop's private key, which no CA has."),
        Option("Nothing: the root is still safe",
               "Whatever this CA signs leads to that safe root."),
    ]),
    Question("06-quiz-chain", "A server sends three certificates: the leaf (subject L, issuer M), "
             "one with subject M and issuer R, and one with subject R and issuer R; each signature "
             "fits the key in the next. The client's store has a root with subject R too, with "
             "another key. What happens?", [
        Option("Accepted: the chain from L to R is complete, and R is in the store",
               "A name is in the store. The root in it has another key, and M's signature does not "
               "fit that."),
        Option("Refused: the R that was sent is not the R that is trusted",
               "Only the key in the client's own store counts, and M was not signed with it.",
               right=True),
        Option("Refused: a server must not send a root",
               "It may; a client that has it already does not need it."),
        Option("Refused: R signed itself", "Every root does."),
    ]),
    Question("06-quiz-store", "A company wants to read its employees' HTTPS traffic on its own "
             "machines. What does it have to put into the browsers?", [
        Option("Its own root", "Then the company's proxy can vouch for any name, for these "
               "browsers only.", right=True),
        Option("The private keys of the sites", "Nobody gives those away, and nobody has to."),
        Option("Its own intermediate, signed by a public root",
               "A public root that signed such a one would be thrown out of every store."),
        Option("Nothing: a proxy can read HTTPS", "It sees bytes it cannot read, unless the "
               "browser takes the proxy for the site."),
    ]),
    Question("06-quiz-control", "Which of these lets you get a certificate for *.shop.example, by "
             "one of ACME's challenges?", [
        Option("You may upload files to https://shop.example/uploads/",
               "The CA looks under /.well-known/acme-challenge/, and for a wildcard not at all on "
               "a web server."),
        Option("You run the web server of shop.example",
               "Good for shop.example, by HTTP or by TLS. A wildcard speaks of all names below "
               "it."),
        Option("You can write into the DNS zone of shop.example",
               "Whoever has the zone has every name below it: the DNS challenge proves that.",
               right=True),
        Option("You read the mail that is sent to the shop",
               "That is no challenge of ACME's (some CAs use certain other addresses)."),
    ]),
    Question("06-quiz-stamps", f"A certificate carries {_STAMPS} timestamps of logs, and all of "
             "them verify. What do you know?", [
        Option("The site is honest", "Phishers' certificates are logged like all others."),
        Option("The certificate was shown to logs, so the owner of the name can find it",
               "That is the whole promise. Somebody has to look, of course.", right=True),
        Option(f"{_STAMPS} authorities have checked who owns the name",
               "A log checks nothing of the kind: it writes down what it is given."),
        Option("The certificate is not revoked", "The timestamps are as old as the certificate."),
    ]),
    Question("06-quiz-valid", "Your browser shows no complaint at https://paypa1.example (with "
             "the digit 1). What has been proved?", [
        Option("That the page belongs to the payment company",
               "It belongs to whoever controls that name, with the digit in it."),
        Option("That somebody checked who runs the site, by their papers",
               "For most certificates nobody looks at papers."),
        Option("That you talk, unheard, to somebody who controlled that very name",
               "No more, and no less.", right=True),
    ]),
]
