"""The gallery, first room: what can be wrong with the server's own certificate.

Each function makes one chain at run time; its docstring is the text beside the picture.
"""

from __future__ import annotations

from dataclasses import replace

from cryptography import x509

from helpers.pki.authority import Identity, intermediate
from helpers.pki.case import BrokenChain, chain, leaf
from helpers.pki.issue import issue

_CA_KEYS_ONLY = {"cryptography": "it measures the keys of CAs, and of a server's key it asks only "
                                 "which kind it is"}
_RULES_OF_THE_WEB = "it follows RFC 5280, which knows no longest life; browsers have that rule"
_EXAMPLE = x509.ObjectIdentifier("1.3.6.1.4.1.32473.1")  # RFC 5612: a number for documentation


@chain
def good() -> BrokenChain:
    """Nothing is wrong

    The shop's certificate, the CA that signed it, and a browser that trusts the root above.

    Every other chain here differs from this one in a single thing. Look at this one first, so that
    you know what "passed" looks like.
    """
    return BrokenChain(leaf(), check="")


@chain
def expired() -> BrokenChain:
    """Expired

    The one who looks after the shop's server went on holiday in July.

    It was issued 120 days ago, for 100 days. A certificate carries two dates, and the CA vouches
    for what it says only between them (RFC 5280 section 4.1.2.5). Nothing about the key got worse
    on the last day: but from then on nobody keeps track of whether it was stolen, or whether the
    name changed hands. It is the most common of all faults, which is why renewal is left to
    programs today.
    """
    return BrokenChain(leaf(start=-120), "dates", "certificate_expired")


@chain
def not_yet_valid() -> BrokenChain:
    """Not yet valid

    A new certificate arrived this morning, and somebody put it on the server at once.

    It begins tomorrow. The first of the two dates counts as much as the second (RFC 5280 section
    4.1.2.5). If you meet this one in life, look at the clock of the computer before you blame the
    server: a clock that is a year slow makes every certificate look like this.
    """
    return BrokenChain(leaf(start=1), "dates", "bad_certificate")


@chain
def wrong_name() -> BrokenChain:
    """Another name

    The shop has one certificate, and two addresses that lead to it.

    The certificate is for www.shop.example, and you typed shop.example. To a browser these are two
    strangers, even if one shop owns both. The name in the address bar must be among the
    certificate's subjectAltNames, letter by letter (RFC 9525 section 6). This check is what ties
    the chain to the site you wanted: without it, any good certificate of anybody would do.
    """
    return BrokenChain(leaf(subject="www.shop.example"), "name", "bad_certificate")


@chain
def wildcard_misuse() -> BrokenChain:
    """A star that is stretched too far

    One certificate for all of the shop's machines, and there are more of them every year.

    The star stands for one label, the leftmost, and for nothing else: pay.shop.example would be
    covered, shop.example and pay.eu.shop.example are not (RFC 9525 section 6.3).
    """
    return BrokenChain(leaf(subject="*.shop.example"), "name", "bad_certificate",
                       host="pay.eu.shop.example")


@chain
def no_san_only_cn() -> BrokenChain:
    """The name is in the wrong place

    The shop asked for its certificate with a program of 1998, and the CA signed what was asked for.

    It says shop.example in the common name, and nowhere else. The common name is free text and was
    never meant for host names. Since RFC 2818, of the year 2000, they belong in subjectAltName, and
    a client no longer looks elsewhere (RFC 9525 section 2). No subjectAltName, no name. OpenSSL
    still has to be told so by the program that uses it; here it is.
    """
    return BrokenChain(leaf(names=()), "name", "bad_certificate")


@chain
def wrong_eku() -> BrokenChain:
    """A good certificate for something else

    The shop had one good certificate already, and put it on the web server, too.

    It was made for logging in somewhere, as a client. What a key may be used for stands in the
    extended key usage: this one has clientAuth, and a web server needs serverAuth (RFC 5280 section
    4.2.1.12). The checks a CA makes before it signs differ from purpose to purpose, so one kind of
    certificate must not do the work of another.
    """
    return BrokenChain(leaf(extended=["client"]), "eku", "unsupported_certificate")


@chain
def weak_key() -> BrokenChain:
    """A key that is too short

    An old server, carefully moved from machine to machine, with all that was on it.

    The signature of the CA is sound, but the key it vouches for is not: whoever can factor 1,024
    bits gets the private key, and can be the shop. Nobody has shown that in public, and nobody
    serious waits for it: CAs stopped signing such keys in 2013 (today CA/B Baseline Requirements
    section 6.1.5), and browsers stopped taking them.
    """
    return BrokenChain(leaf(key="rsa1024"), "strength", "bad_certificate",
                       overlooked=_CA_KEYS_ONLY)


@chain
def sha1() -> BrokenChain:
    """A fingerprint that can be forged

    The CA signs in its cellar, with a machine that has done the work since 2010.

    It hashed this certificate with SHA-1. A CA signs the hash and not the certificate. In 2017 two
    documents with the same SHA-1 were shown to the world, and in 2020 it became affordable to
    choose how both begin: get a harmless certificate signed, and move the signature to one that is
    not. This very certificate may be genuine; nobody can tell any more.
    """
    return BrokenChain(leaf(hash="sha1"), "strength", "bad_certificate")


@chain
def too_long_lived() -> BrokenChain:
    """Good for 400 days

    Made this summer, so that nobody need think of it before the autumn after this one.

    Since 15 March 2026 a web server's certificate may live 200 days at most; it will be 100 in 2027
    and 47 in 2029 (CA/B Baseline Requirements section 6.3.2). The longer a certificate lives, the
    longer it says what is no longer so, and the less anybody remembers how to replace it.

    The rule is the browsers' and the CAs' own. RFC 5280 knows no longest life, so validators that
    keep to it are content.
    """
    return BrokenChain(leaf(days=400), "lifetime", overlooked={
        "cryptography": _RULES_OF_THE_WEB, "OpenSSL": _RULES_OF_THE_WEB})


@chain
def critical_unknown_extension() -> BrokenChain:
    """An extension that nobody knows

    The CA offers its customers extras, and the shop took one.

    Critical means: if you do not understand this, do not use the certificate (RFC 5280 section
    4.2). It may say "only on Sundays"; whoever skips it breaks a promise they could not read. Were
    it not marked critical, everybody would just pass over it.
    """
    unknown = x509.UnrecognizedExtension(_EXAMPLE, b"\x05\x00")
    return BrokenChain(leaf(extensions=[(unknown, True)]), "extensions",
                       "certificate_unknown")


@chain
def tampered() -> BrokenChain:
    """One letter changed

    Mallory had a certificate made for a name of her own. An hour later she shows you this one.

    Hers was for shap.example; she changed the a into an o. The certificate now says shop.example,
    the key in it is Mallory's, and everything looks right. But the CA's signature was made over the
    other bytes, and Mallory cannot make a new one: that takes the CA's private key (RFC 5280
    section 6.1.3 begins with this check). It has no receipts of logs either, and here nobody asks
    for them.
    """
    mallory = issue("shap.example", by=intermediate())
    return BrokenChain(_changed(mallory, b"shap.example", b"shop.example"), "signature",
                       "decrypt_error", logs=None)


def _changed(identity: Identity, old: bytes, new: bytes) -> Identity:
    """The identity with bytes of its certificate replaced after it was signed."""
    der = identity.chain[0].replace(old, new)
    return replace(identity, certificate=x509.load_der_x509_certificate(der))
