"""Lesson 00: its predictions and its quiz."""

from __future__ import annotations

from helpers.sources import load

from .model import Option, Question

PREDICTIONS = [
    Question("00-http", "Anna orders by HTTP, without the S. A stranger in the same café copies "
             "everything that crosses. What does he get?", [
        Option("Only which site she visits",
               "He has every byte, and in HTTP the bytes are the text itself."),
        Option("The request, but not the answer: that goes to her alone",
               "Both cross the same air. Whoever hears one hears the other."),
        Option("Everything: the page, her address, and the cookie that logs her in",
               "HTTP sends the text as it is. There is nothing around it.", right=True),
        Option("Nothing he could read without special tools",
               "A program that shows bytes as text is all it takes."),
    ]),
    Question("00-https", "Now by HTTPS. Which of these can he still read?", [
        Option("Nothing at all",
               "The two ends begin without a common key. What they say before they have one lies "
               "open."),
        Option("The name and the path, /orders/7",
               "The path is part of the request, and that comes when the keys are there."),
        Option("The name of the shop, but not what she does there",
               "The very first message names the shop, in the open. Path, cookie and page are "
               "sealed.", right=True),
        Option("The answer, for only the request is secret",
               "Both directions are sealed, each with a key of its own."),
    ]),
    Question("00-twice", "Anna loads the same page twice, by HTTPS, from the same server. How do "
             "the two requests look on the wire?", [
        Option("The same length, other bytes",
               "New keys each time. The length stays: encryption does not hide it.", right=True),
        Option("The same bytes: same text, same server, same password",
               "Each visit agrees on keys of its own, and there is no password in it."),
        Option("Other bytes and another length each time",
               "Other bytes, yes. But the sealed text is as long as the text, plus a fixed bit."),
    ]),
    Question("00-change", "The stranger does not only read: he changes a single byte of the sealed "
             "answer on its way. What does Anna's browser show?", [
        Option("The page with one wrong letter",
               "That is what would happen with encryption alone. Each sealed piece also carries a "
               "tag that shows any change."),
        Option("A page full of rubbish, for the key no longer fits",
               "With some old kinds of encryption a part would be rubbish. Here nothing is handed "
               "on at all."),
        Option("Nothing: the connection ends",
               "The tag does not fit, so not one byte of that piece is shown.", right=True),
        Option("The right page: the browser repairs it",
               "Nothing in it says what was there before. It can only see that something is "
               "wrong."),
    ]),
    Question("00-slow", "The server is 80 ms away, there and back. How long does Anna wait for the "
             "first byte of the page, on a first visit by HTTPS (TLS 1.3 over TCP)?", [
        Option("About 80 ms: ask and answer", "Before she can ask, a connection has to be opened "
               "and keys agreed on. Each of them is a way there and back."),
        Option("About 260 ms: there and back three times, and the name",
               "20 ms for DNS, then TCP, TLS, request and answer: 80 ms each.", right=True),
        Option("About 1,000 ms: encryption is slow",
               "A modern processor seals a page in less than a thousandth of a second."),
        Option("About 800 ms: each of the nine messages is a way",
               "Messages that follow one another from the same end travel together."),
    ]),
]


def _quiz() -> list[Question]:
    visit = load("tls12_ecdhe")
    hello = visit.find("client_hello")
    far = 150
    return [
        Question("00-quiz-open", "In a visit by HTTPS (TLS 1.3): which of these messages can "
                 "somebody on the way read?", [
            Option("Certificate", "In TLS 1.3 the keys are there before it: it is sealed."),
            Option("The HTTP request", "That is sealed. The whole handshake is there for it."),
            Option("Finished", "It is sealed like everything after ServerHello."),
            Option("ClientHello", "It is the first: nobody has a key yet.", right=True),
        ]),
        Question("00-quiz-change", "He changes one bit of Anna's sealed request on its way to the "
                 "shop. What does the server do?", [
            Option("It acts on an order that is slightly wrong", "That would be HTTP."),
            Option("It answers nothing, sends an alert and hangs up",
                   "The tag does not fit, in this direction as in the other.", right=True),
            Option("It asks Anna to send it again",
                   "TLS repairs nothing: with a tag that does not fit, the connection is over."),
        ]),
        Question("00-quiz-name", f"The first message of a visit by TLS 1.2 has {len(hello.wire)} "
                 "bytes. The name shop.example stands in it in the open. Why?", [
            Option("The server must know which of its shops is meant, before there are keys",
                   "One address often serves many names, and each has a certificate of its own.",
                   right=True),
            Option("By mistake: nobody thought of hiding it",
                   "It was known, and it is being mended (Encrypted ClientHello, lesson 09)."),
            Option("The name is needed to make the key",
                   "The key comes from the two halves of the key exchange, not from the name."),
        ]),
        Question("00-quiz-wait", f"A server is {far} ms away, there and back, and its name is "
                 "known already. How much sooner does the first byte come over QUIC than "
                 "over TCP?", [
            Option("It comes at the same time: light is as fast as it is",
                   "The way is as long. But QUIC goes it less often."),
            Option(f"{far} ms sooner",
                   "QUIC opens the connection and does TLS in one round trip instead of two.",
                   right=True),
            Option(f"{2 * far} ms sooner", "Two are left of three: one is saved."),
        ]),
        Question("00-quiz-length", "A stranger sees a sealed answer of 158 bytes, and later one of "
                 "48,210. What can he say?", [
            Option("Nothing at all", "He cannot read them. But he can measure them."),
            Option("Something about which page it was: lengths are not hidden",
                   "On a site whose pages are known, lengths can give a page away. Lesson 09 shows "
                   "padding, which is made against this.", right=True),
            Option("Which words are in the longer one", "The words are sealed."),
        ]),
        Question("00-quiz-lesson", "How does Anna's browser know that it is really the shop? Which "
                 "lessons explain that stretch?", [
            Option("01", "01 is about how a text is sealed when both have a key."),
            Option("05 to 07", "Signatures, certificates, and what happens when they fail.",
                   right=True),
            Option("10", "10 is about the way: DNS, TCP, QUIC, the request and the first byte."),
        ]),
    ]


QUIZ = _quiz()
