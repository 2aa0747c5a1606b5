"""Lesson 06, certificates: its predictions."""

from __future__ import annotations

from .model import Option, Question

PREDICTIONS = [
    Question("06-one-bit", "A real certificate has 1,551 bytes, so 12,408 bits. We change one bit, "
             "and give it to a client together with its issuer's certificate. For how many of the "
             "12,408 does the client accept the changed certificate?", [
        Option("About 2,000: the signature itself is not signed",
               "It is not signed, but a changed signature does not fit any more."),
        Option("Some hundred: dates and names may differ a little",
               "A date that differs by a second is another text, and so is a name."),
        Option("About 10: a few bytes mean nothing",
               "In many formats there are such bytes. DER allows one way only to write each "
               "thing."),
        Option("None", "Most changes break the signature; the others cannot be read, or lead to "
               "another issuer.", right=True),
    ]),
    Question("06-which-key", "The client has the root, and trusts it. Does the root's public key "
             "fit the signature in the shop's certificate?", [
        Option("Yes: the root vouches for everything below it",
               "It vouches step by step. Its own signature is in one place only: in the "
               "intermediate's certificate."),
        Option("No: the shop's own key fits", "Then the shop would have vouched for itself, and so "
               "could anybody."),
        Option("No: the intermediate's key fits", "Whoever issued it signed it. The root's key "
               "fits one step higher.", right=True),
        Option("Yes, and the intermediate's key fits as well: a chain has one key",
               "Each of them has a key pair of its own; a signature fits one key."),
    ]),
    Question("06-same-name", "Mallory makes a root certificate with the very name of a famous "
             "root, and signs it with her own key. Does its signature, on itself, verify?", [
        Option("No: she lacks the famous root's private key",
               "She does. But the key in the certificate is hers, so her signature fits."),
        Option("No: two roots with one name are refused",
               "By whom? There is no register of names that a verifier could ask."),
        Option("Yes, as it does for every self-signed certificate",
               "A self-signature proves possession of a key, and nothing about the name.",
               right=True),
    ]),
    Question("06-same-bytes", "The shop is visited twice, minutes apart, with TLS 1.3. Two "
             "signatures are seen each time: the one in the certificate, and the one in "
             "CertificateVerify. Which is the same in both visits?", [
        Option("Both: same server, same key", "Then yesterday's recording could be played back. "
               "One of them has to be fresh."),
        Option("The one in the certificate", "It was made when the certificate was issued; every "
               "visitor gets the same bytes.", right=True),
        Option("The one in CertificateVerify", "That one covers this very handshake, with its "
               "random numbers."),
        Option("Neither: signatures are random", "Signing may be random. But one of the two is not "
               "made anew."),
    ]),
    Question("06-how-many", "How many roots does Mozilla's store hold: certificates that Firefox, "
             "and most programs on Linux, trust to vouch for any name?", [
        Option("About 10", "A few organisations issue most of the web's certificates. Trusted are "
               "more."),
        Option("Between 100 and 200", "Each of them can vouch for any name.", right=True),
        Option("About 1,000", "There may be as many intermediates. They are not in the store."),
        Option("One for each country, about 200, each for its own names",
               "There is no such division: a root may vouch for names under any ending."),
    ]),
    Question("06-sha1-root", "Some roots in the store are signed with SHA-1, for which collisions "
             "have been made. How dangerous is that?", [
        Option("Very: Mallory can forge such a root", "Whatever she makes is not in the store. "
               "And nobody looks at a root's signature, good or bad."),
        Option("A little: until those roots expire, and there are only a few",
               "When they expire does not matter here, nor how many there are."),
        Option("Not at all: the signature of a root is not what makes it trusted",
               "It is trusted because it is in the store. A forged one is not.", right=True),
    ]),
    Question("06-request", "The shop asks a CA for a certificate. What does it send?", [
        Option("Its key pair, so that the CA can put both into the certificate",
               "The private key never leaves the shop. A CA that has seen it has to revoke the "
               "certificate."),
        Option("Nothing but its name: the CA makes the keys",
               "Then the CA would have the private key. For web servers that is forbidden."),
        Option("Its public key and its name, signed with its private key",
               "The signature shows that the private key is there. The key itself stays.",
               right=True),
        Option("Its public key and its name; there is nothing to sign with yet",
               "There is: the private key of this very pair."),
    ]),
    Question("06-phisher", "Mallory has registered the domain shop-example.support, fair and "
             "square, and copies the shop's pages there. She asks a CA for a certificate for "
             "shop-example.support. What does an honest CA do?", [
        Option("It refuses: the name imitates a shop",
               "It is not asked to judge that. It checks who controls the name."),
        Option("It asks for her passport", "For some kinds of certificate it would. For those "
               "that most sites have, it does not."),
        Option("It issues the certificate", "She controls the name, and that is all a certificate "
               "of this kind says.", right=True),
        Option("It issues one that browsers show in another colour",
               "There is no such mark. The page looks as secure as any other."),
    ]),
    Question("06-what-is-logged", "The logs' timestamps stand inside the certificate. But they are "
             "signatures over the certificate. What did the logs really sign?", [
        Option("The finished certificate", "Their signatures are in it: they cannot be there "
               "before they were made."),
        Option("A version of it without the timestamps", "The CA first makes a precertificate, "
               "shows it to the logs, and puts their answers in.", right=True),
        Option("Only the host name and the date", "Then a log could not show which certificate it "
               "saw."),
        Option("A random number that the CA sent", "Then anybody could put the timestamps into "
               "any certificate."),
    ]),
    Question("06-leaf-only", "The client trusts our root. The server sends its own certificate and "
             "forgets the intermediate. What happens?", [
        Option("They connect: the client trusts the root, and the root is above it all",
               "It is. But the leaf was signed by somebody whom the client has never heard of."),
        Option("They connect, with a warning", "A browser may warn whoever sits before it. The "
               "handshake goes on, or it ends."),
        Option("The client downloads the intermediate, and they connect",
               "Some browsers do. OpenSSL, and with it most programs, does not."),
        Option("The client hangs up", "From the leaf's issuer to the root a certificate is "
               "missing, and only the server could have sent it.", right=True),
    ]),
    Question("06-root-sent", "A client with an empty store: it trusts no root at all. This server "
             "sends everything: leaf, intermediate and root. What happens?", [
        Option("They connect: now the chain is complete", "It is complete, and it was complete "
               "for Mallory's chain, too. Who says that this root is a good one?"),
        Option("The client hangs up: what a server sends cannot make it trusted",
               "A root counts only if it was there before the server spoke.", right=True),
        Option("They connect, but without encryption", "TLS does not connect without."),
        Option("The client takes the root into its store, and connects next time",
               "Then the first visitor of a forged site would trust the forger for ever."),
    ]),
]
