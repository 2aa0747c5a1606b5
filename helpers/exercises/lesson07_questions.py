"""Lesson 07, when trust fails: its predictions."""

from __future__ import annotations

from .model import Option, Question

PREDICTIONS = [
    Question("07-lifetime", "It is September 2026. A public CA makes a certificate for "
             "shop.example that is good for 398 days, as was usual for years. Everything else is "
             "right. What does our checklist say?", [
        Option("Accepted: nothing in RFC 5280 limits the lifetime",
               "True of RFC 5280. The limit comes from the browsers and CAs, and they lowered it."),
        Option("Refused: since March 2026 it is 200 days at most",
               "And 100 from March 2027, 47 from March 2029. The date of issue decides which rule "
               "counts.", right=True),
        Option("Refused: since 2026 it is 47 days at most",
               "47 days come in March 2029."),
        Option("Accepted: a year and a month has been the rule since 2020",
               "It was, until 15 March 2026."),
    ]),
    Question("07-signatures", "A gallery of broken chains: no honest browser accepts any of them. "
             "In how many of them does some signature not fit?", [
        Option("In nearly all: a broken chain is one whose signatures do not fit",
               "A signature says only who wrote the certificate and that nobody changed it since. "
               "Most of the trouble is in what is written there."),
        Option("In about half of them",
               "Fewer. Expired, revoked, made for another name: all of these are signed "
               "perfectly."),
        Option("In one or two",
               "The rest are signed as they should be, by the key they should be signed by. "
               "Something else is wrong.", right=True),
    ]),
    Question("07-common-name", "A certificate calls its subject CN = shop.example and has no "
             "subject alternative name at all. What does a browser of today say at "
             "https://shop.example?", [
        Option("It accepts: the name is right",
               "It stands in a field that nobody reads for this purpose any more."),
        Option("It refuses: the subject's common name does not count",
               "Host names are looked up in the subject alternative name only (RFC 9525 "
               "section 2).", right=True),
        Option("It accepts, with a warning",
               "There are no half certificates. The check is passed or failed."),
    ]),
    Question("07-wildcard", "The certificate's only name is *.shop.example. For which of these "
             "three hosts is it good: shop.example, www.shop.example, a.b.shop.example?", [
        Option("All three: the star stands for anything",
               "That is how file names work. Here the star stands for exactly one label."),
        Option("www.shop.example and a.b.shop.example",
               "a.b are two labels, and the star is one."),
        Option("www.shop.example only",
               "One star, one label: neither none nor two.", right=True),
        Option("shop.example and www.shop.example",
               "shop.example has nothing that the star could stand for. It needs a name of its "
               "own."),
    ]),
    Question("07-leaf-as-ca", "A thief has the private key of cheap.example, and its genuine "
             "certificate. With that key the thief signs a certificate for bank.example. What in "
             "the chain bank.example, cheap.example, CA, root is wrong?", [
        Option("The signature on bank.example: the thief is no CA",
               "Any key can sign anything. The signature fits the key in cheap.example's "
               "certificate, and that one is genuine."),
        Option("Nothing. With a stolen key everything is lost",
               "With a stolen key cheap.example is lost. bank.example need not be."),
        Option("One flag: cheap.example's certificate does not say that it is a CA",
               "The whole chain hangs by that. The check was missing in the Windows of 2002 "
               "(CVE-2002-0862).", right=True),
        Option("The name: cheap.example may only issue names that end in cheap.example",
               "Nothing ties a CA to its own name, unless it has a name constraint."),
    ]),
    Question("07-forgotten", "The server sends its own certificate and forgets the intermediate "
             "one. The certificate is good, the client knows the root. What happens?", [
        Option("It works: the client knows the root, so it can check everything",
               "The leaf is signed with the intermediate's key. The client has never seen that "
               "key."),
        Option("It fails with every client",
               "A client that has the intermediate from elsewhere builds the chain all the same. "
               "That is why the fault often goes unnoticed."),
        Option("It depends: clients that happen to have the intermediate accept, others refuse",
               "Browsers remember or fetch intermediates; most programs do not. \"It works in my "
               "browser\" proves nothing.", right=True),
        Option("It works: the certificate says where its issuer is to be found, so every client "
               "fetches it",
               "Many certificates do say where (authority information access), and some browsers "
               "fetch it. Nobody has to: OpenSSL and Python do not."),
    ]),
    Question("07-disagree", "Our checklist refuses all 22 broken chains of the gallery. How many "
             "of them are refused by all three validators?", [
        Option("All 22, or all but one",
               "Where a rule is the web's and not RFC 5280's, a library may leave it to the "
               "program."),
        Option("About three quarters", "Six are taken by at least one of the others.", right=True),
        Option("About half", "More: what RFC 5280 asks of everybody, all three ask."),
        Option("Fewer than five", "Far more: on the main checks they are of one mind."),
    ]),
    Question("07-expired", "The certificate expired two months ago. The client does not care, "
             "it skips all checks of the certificate. An eavesdropper records everything. What "
             "does the eavesdropper read?", [
        Option("Everything: without a valid certificate nothing is encrypted",
               "The keys come from the key exchange. No date goes into it."),
        Option("Nothing: it is encrypted as always",
               "What is lost is not the encryption. What is lost is knowing with whom.",
               right=True),
        Option("The first messages, until the client gives up",
               "This client does not give up. And what is sent after the handshake is encrypted."),
    ]),
    Question("07-rogue-root", "An office installs a root of its own on all laptops, and its "
             "gateway answers for every site with a certificate made on the spot. What does an "
             "ordinary browser on such a laptop notice at https://shop.example?", [
        Option("Nothing: the chain ends at a root in its store",
               "Trust is a list on that laptop. Whoever can add to the list can be any site.",
               right=True),
        Option("An unknown CA: only the roots that came with the browser count",
               "Those that the owner of the machine has added count just as much."),
        Option("That the certificate is in no Certificate Transparency log",
               "Browsers ask for logs only where the root came with them. From a root that was "
               "added by hand no log would take a certificate."),
        Option("That the key is not the shop's",
               "How should it know the shop's key? A program that has it built in (pinning) "
               "would; a browser has no such list for the shop."),
    ]),
    Question("07-yesterday", "Somebody breaks into the CA that has certified shop.example and "
             "steals the CA's private key. What can the thief do with the visits to the shop that "
             "were recorded last week?", [
        Option("Decrypt them all: the CA stands above the shop",
               "The CA never had the shop's private key, and even that would not open them."),
        Option("Nothing: neither the CA's key nor the shop's goes into the session keys",
               "What the thief can do begins today: pretend to be the shop.", right=True),
        Option("Decrypt those whose certificate that CA has signed",
               "The CA signed the shop's public key. With a signature nothing is decrypted."),
    ]),
    Question("07-blocked", "The shop's key was stolen, and the certificate is revoked. The thief "
             "sits in the middle, shows the certificate, and lets no answer about revocation "
             "through. What does a client do that asks by OCSP and gets no answer?", [
        Option("It refuses: no answer is no good answer",
               "A few can be set up that way. Then every breakdown of the CA's server takes all "
               "its customers' sites down."),
        Option("Most go on, as if nothing had been asked",
               "That is called soft-fail, and it works in all cases but the one it is meant for.",
               right=True),
        Option("It waits until an answer comes",
               "No visitor waits for that. Most give up asking after a few seconds."),
    ]),
]
