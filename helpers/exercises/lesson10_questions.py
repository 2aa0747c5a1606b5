"""Lesson 10, the first byte: its predictions."""

from __future__ import annotations

from .model import Option, Question

PREDICTIONS = [
    Question("10-record", "The request is 38 bytes long. How many bytes cross when a TLS 1.3 "
             "record with AES-128-GCM carries it?", [
        Option("38: encryption changes bytes, it does not add any",
               "A cipher alone would do that. Somebody also has to notice changes."),
        Option("48: encryption works in blocks of 16", "AES-GCM encrypts byte for byte. What it "
               "adds is something else."),
        Option("60: a header, a type byte and a tag are added",
               "5 + 38 + 1 + 16. Always the same 22 more, so the length is no secret.", right=True),
        Option("It differs from record to record, so that the length stays hidden",
               "TLS 1.3 allows zeros for that. This sender added none."),
    ]),
    Question("10-alpn", "The client offers two protocols, h2 and http/1.1, and the server picks "
             "one. It is TLS 1.3, and somebody records every byte. What can that somebody read?", [
        Option("The offer and the choice", "So it was up to TLS 1.2, where the choice stood in "
               "ServerHello."),
        Option("The offer only", "The offer is in the ClientHello, in the clear. The choice is in "
               "EncryptedExtensions.", right=True),
        Option("Neither of the two", "The ClientHello comes first: there is no key yet to hide it "
               "with."),
    ]),
    Question("10-no-name", "One server holds two certificates, for shop.example and for "
             "bank.example. A client wants bank.example but leaves the name out of its "
             "ClientHello. What happens?", [
        Option("It gets the shop's certificate, and refuses it",
               "The server has to show something, and shows its first. It never hears of the bank.",
               right=True),
        Option("It gets the bank's: the name stands in the Host line of its request",
               "The request comes after the certificate. That is too late."),
        Option("It gets both and takes the one that fits",
               "A server shows one certificate (and those above it)."),
        Option("The server asks for the name", "No message of TLS does that."),
    ]),
    Question("10-name", "TLS 1.3, no Encrypted Client Hello. Where can somebody who records all "
             "bytes, and has no key, find the letters shop.example?", [
        Option("In what the client sends, and nowhere else",
               "In its ClientHello. The server's certificate holds the name, too, and is "
               "encrypted.", right=True),
        Option("In what both send: it stands in the certificate, too",
               "So it was in TLS 1.2. TLS 1.3 encrypts the certificate."),
        Option("Nowhere: HTTPS hides which site is visited",
               "The server has to know the name before there is any key."),
    ]),
    Question("10-redirect", "The shop answers every http request with a redirect to https. A "
             "customer with a new browser opens http://shop.example in a café, and Mallory owns "
             "the café's router. What can Mallory get?", [
        Option("Nothing: the redirect leads to https before anything happens",
               "The redirect crosses Mallory's router in the clear. Does it have to arrive?"),
        Option("She reads the first request, and no more",
               "That is what somebody gets who only listens."),
        Option("The customer's password, if the customer types it",
               "She answers in the shop's place. The customer sees a page, and no warning: nobody "
               "asked for https.", right=True),
        Option("Nothing unless she has a certificate for shop.example",
               "True of https. This request goes over http, which asks for no certificate."),
    ]),
    Question("10-in-the-ticket", "Our server remembers nothing of its visitors. A ticket of it "
             "comes back a minute later, and the server opens it. What does it find?", [
        Option("A number under which it finds the session again", "Where would it look it up? It "
               "remembers nothing. (Servers with a memory do so.)"),
        Option("The PSK itself, with the name, the suite and the time", "Everything that it needs "
               "to go on, encrypted so that nobody else can read it.", right=True),
        Option("The client's name and password", "TLS knows nothing of those. They are in the "
               "HTTP inside."),
        Option("The keys of the old connection, so that it can go on", "The new connection gets "
               "keys of its own."),
    ]),
    Question("10-resumed", "The client comes back with a ticket. Which messages of the server's "
             "first flight are missing now?", [
        Option("Certificate and CertificateVerify", "Who the server is, was proved the first "
               "time; that both have the PSK, proves it again. The largest messages are gone.",
               right=True),
        Option("None: they are only shorter", "Compare the two columns: two of them are gone."),
        Option("All but ServerHello: the keys are there already",
               "EncryptedExtensions and Finished are still there: this is a new connection."),
        Option("The key share: the PSK takes its place",
               "TLS 1.3 allows that (psk_ke), at the price of forward secrecy. This server does "
               "not."),
    ]),
    Question("10-replay", "An attacker copied the client's first flight and has no key at all. A "
             "second later the same bytes go to the server again, over a new connection. The "
             "server keeps no list of what it has seen. What does it do?", [
        Option("It refuses: the attacker cannot make the binder",
               "It is in the copy already, and it is right: not a byte has changed."),
        Option("It decrypts the order and acts on it a second time",
               "Everything the server needs is in those bytes, and nothing in them is new.",
               right=True),
        Option("It accepts the ticket, but the early data cannot be decrypted again",
               "The key comes from the PSK and the ClientHello, and both are the same as before."),
        Option("It waits for Finished, which never comes, and forgets the order",
               "A careful server could do that. To wait is just what early data is to save."),
    ]),
    Question("10-guarded", "Now the server remembers the binder of each early flight. The copy "
             "arrives, its binder is in the list. What does the server do?", [
        Option("It hangs up with an alert: this is an attack",
               "It might be an attack, or a network that delivered twice. There is a milder way."),
        Option("It answers with an error page", "That would be an answer of HTTP. TLS knows no "
               "requests."),
        Option("It drops the early data unread, and goes on with the handshake",
               "An honest client sends its request again after the handshake. The copier has no "
               "keys and gets no further.", right=True),
        Option("It asks the client for a new binder", "No message of TLS does that."),
    ]),
    Question("10-ticket-key", "A year later the server's ticket key is stolen. The thief has a "
             "recording: the first visit, and a second one with an early order, both in TLS 1.3 "
             "with fresh key shares. What can be read now?", [
        Option("Nothing: TLS 1.3 has forward secrecy", "Where a fresh key share went in. Did one "
               "go into the key of the early data?"),
        Option("Both visits from beginning to end", "The ticket crossed encrypted in the first "
               "visit. What opens is what was made from the ticket alone."),
        Option("The early order, and nothing else", "Its key comes from the PSK alone, and the PSK "
               "is in the ticket. Everything later is mixed with a fresh secret.", right=True),
        Option("The second visit from beginning to end", "The PSK went into it, but so did a fresh "
               "shared secret that is gone."),
    ]),
    Question("10-changed", "The attacker takes the copied flight and flips one bit of the random "
             "in its ClientHello, so that no list of the server knows it. What does the server "
             "do?", [
        Option("It takes it for a new visit: the random is a public number",
               "Public, and covered: by what stands at the end of the ClientHello."),
        Option("It ignores the ticket and shakes hands in full, as with anybody",
               "So it does with a ticket that it cannot open. This one it can open."),
        Option("It hangs up: the binder does not fit any more",
               "The binder is an HMAC over this ClientHello, bit for bit (RFC 9846 section "
               "4.3.11.2).", right=True),
    ]),
    Question("10-trips", "Over TCP, a first visit with TLS 1.3 takes 3 round trips until the first "
             "byte of the page is there. How many are it with resumption, and how many with "
             "0-RTT?", [
        Option("2 with resumption, 1 with 0-RTT", "What does resumption leave out: a message, or a "
               "flight?"),
        Option("2 with resumption, 0 with 0-RTT", "Nothing comes back from 80 ms away in less than "
               "80 ms."),
        Option("3 with resumption, 0 with 0-RTT", "TCP has to open, and an answer has to come "
               "back. 0-RTT counts only what TLS adds."),
        Option("3 with resumption, 2 with 0-RTT", "Resumption saves bytes and a signature, no "
               "round trip. 0-RTT saves one.", right=True),
    ]),
    Question("10-heavy", "A server changes from RSA-2048 to post-quantum ML-DSA-65 certificates, "
             "with one intermediate: its first flight grows more than fourfold, to 16,000 bytes. "
             "The line is fast, the visitor 80 ms away. How much later comes the first byte?", [
        Option("Not noticeably: on a fast line 12 kilobytes more are nothing",
               "They are nothing to the line. But may they all leave at once?"),
        Option("More than four times as late", "Most of the waiting is distance, and the distance "
               "stays."),
        Option("By one round trip, 80 ms", "Ten packets may leave at once, and 16,000 bytes are "
               "eleven. The last one waits for news from the client.", right=True),
    ]),
    Question("10-computing", "The visitor is 80 ms away, a first visit with TLS 1.3. Of the time "
             "to the first byte, which share goes into key exchange, signature and its check?", [
        Option("Less than one hundredth", "About a millisecond of 240. Encryption is not what "
               "makes HTTPS wait.", right=True),
        Option("About a tenth", "The bars of computing can hardly be seen in the waterfall."),
        Option("About half", "So people say who want to do without HTTPS. Look at the waterfall."),
    ]),
]
