"""The gallery, second room: what can be wrong above the server's certificate, or around it.

Each function makes one chain at run time; its docstring is the text beside the picture.
"""

from __future__ import annotations

from dataclasses import replace

from cryptography.x509 import AuthorityKeyIdentifier

from helpers import lab
from helpers.pki.authority import intermediate, root
from helpers.pki.case import LOGS, BrokenChain, another_ca, chain, leaf
from helpers.pki.issue import issue, test_key
from helpers.pki.revocation import crl, ocsp_response

_NO_REVOCATION = "it does not look at revocation at all"
_ONLY_LISTS = "it knows lists only if a program gives it any; stapled answers are up to the program"
_NO_LOGS = "it does not ask for Certificate Transparency; browsers do"


@chain
def missing_intermediate() -> BrokenChain:
    """A link is missing

    The shop's owner sees a site that works. Half of the customers do not.

    The browser trusts the root, the root signed the intermediate CA, the intermediate CA signed the
    shop: but nobody has shown the browser the certificate in the middle. It is the server's duty to
    send it (RFC 9846 section 4.5.1). Some browsers fetch it or have it from elsewhere: the owner's
    does, and so nobody tells the owner.
    """
    return BrokenChain(replace(leaf(), intermediates=()), "path", "unknown_ca")


@chain
def untrusted_root() -> BrokenChain:
    """A root that you do not know

    Every signature in this chain is right, every name and every date.

    But it ends at a root that your computer does not have. Trust does not come out of a chain, it
    goes into it: somebody put the roots on your computer before the first connection (RFC 5280
    section 6.1.1 takes it for given). In a chain that ends elsewhere, everything may be true, but
    you have nobody's word for it that you know. Every company's own CA looks like this from
    outside.
    """
    return BrokenChain(leaf(), "path", "unknown_ca", roots=(root("other_root").certificate,))


@chain
def self_signed() -> BrokenChain:
    """Signed by itself

    The shop made its certificate at home, in a second, and it cost nothing.

    It is signed with the shop's own key. The signature is right, and says: the shop says that it is
    the shop. Anybody can make one for any name, in a second. Roots are signed by themselves, too;
    they are trusted because of the list they are on, never because of that signature (RFC 5280
    section 6.1.1).
    """
    own_key = AuthorityKeyIdentifier.from_issuer_public_key(test_key(lab.HOST).public_key())
    return BrokenChain(issue(lab.HOST, logs=LOGS, extensions=[own_key]), "path", "unknown_ca")


@chain
def leaf_as_ca() -> BrokenChain:
    """A customer plays CA

    Mallory writes a blog, and has a genuine certificate for it.

    With its key she has signed one for shop.example. Each signature in this chain is right, up to a
    root you trust. What stands in her way is one bit: the basicConstraints of her certificate say
    that it is no CA (RFC 5280 section 4.2.1.9). Her key usage, by a mistake of the CA, even allows
    her to sign certificates. In 2002 Internet Explorer did not look at that bit, and everybody with
    a certificate could be everybody.
    """
    mallory = leaf(another_ca(), "blog.example", usage=["digital_signature", "key_cert_sign"])
    return BrokenChain(leaf(mallory), "ca", "unknown_ca")


@chain
def ca_without_key_cert_sign() -> BrokenChain:
    """A CA whose key is for something else

    The CA in the middle has several keys, each for a purpose. Somebody took the nearest.

    Two extensions speak of what a CA may do: the flag in basicConstraints says that it is one, and
    the key usage says what this key is for. To sign certificates it takes both, and the bit
    keyCertSign is missing (RFC 5280 section 4.2.1.3).
    """
    return BrokenChain(leaf(another_ca(usage=["crl_sign"])), "key_usage", "unknown_ca")


@chain
def path_too_long() -> BrokenChain:
    """One CA too many

    The shop's CA has grown, and has a department for shops now.

    The root let the intermediate CA sign servers, but no further CAs: its pathLenConstraint is 0
    (RFC 5280 section 4.2.1.9). It is how a root keeps a customer who runs a CA from handing out the
    right to others.
    """
    below = issue("TEST ONLY Sub CA", ca=True, by=intermediate())
    return BrokenChain(leaf(below), "path_length", "unknown_ca")


@chain
def name_constraint() -> BrokenChain:
    """Outside its fence

    The branch office has a CA of its own, and was glad to help the shop out.

    A CA can be fenced in: its own certificate lists the names it may vouch for, here branch.example
    and all below it (RFC 5280 section 4.2.1.10). Even if thieves get its key, they can only
    impersonate the branch. It is also how a company can run a CA that cannot touch anybody else's
    sites.
    """
    fenced = another_ca(constraints={"permitted": ["branch.example"]})
    return BrokenChain(leaf(fenced), "name_constraints", "certificate_unknown")


@chain
def expired_intermediate() -> BrokenChain:
    """The CA's own certificate ran out

    The shop's certificate is ten days old. A program fetched it, as it does every month.

    The CA that signed it had its own for 900 days, until last May. Every certificate on the path
    must be within its dates, not the server's alone (RFC 5280 section 6.1.3). When a well-known
    root ran out in May 2020, and again in September 2021, sites with perfectly fresh certificates
    went dark for older devices.
    """
    old = another_ca(start=-1000, days=900)
    return BrokenChain(leaf(old), "dates", "certificate_expired")


@chain
def revoked_crl() -> BrokenChain:
    """On the list

    In August somebody broke into the shop's server. Your client has the CA's newest lists at hand.

    The shop's private key was copied, and the CA has put the certificate on its list. All in the
    certificate is still right: that it was taken back can only be learnt from somewhere else. The
    list is signed by the CA and holds the serial number (RFC 5280 section 5). Who does not fetch
    lists accepts the thief.
    """
    stolen = leaf()
    lists = (crl(intermediate(), [(stolen.certificate, None, "key_compromise")]), crl(root()))
    return BrokenChain(stolen, "revocation", "certificate_revoked", crls=lists,
                       overlooked={"cryptography": _NO_REVOCATION})


@chain
def revoked_ocsp() -> BrokenChain:
    """Asked, and told: revoked

    The server brings along what its CA says of this certificate today.

    The CA says: revoked. An OCSP answer is about one certificate, signed by its issuer, and good
    for a few days (RFC 6960). Stapled to the handshake it costs no extra visit, and does not tell
    the CA which sites you visit. Only few ask any more: in 2026 lists are compulsory for CAs and
    OCSP is not, and Let's Encrypt switched its responders off in 2025.

    OpenSSL hands the answer to the program that uses it and looks no further. A program that
    refuses it sends the alert bad_certificate_status_response.
    """
    stolen = leaf()
    answer = ocsp_response(stolen.certificate, intermediate(), "revoked", reason="key_compromise")
    return BrokenChain(stolen, "revocation", ocsp=(answer,), overlooked={
        "cryptography": _NO_REVOCATION, "OpenSSL": _ONLY_LISTS})


@chain
def unlogged() -> BrokenChain:
    """Nobody has seen it

    A certificate for the shop that the shop never asked for.

    No public log has heard of it. It comes from a CA you trust, and every signature is right: this
    is what a CA that is broken into, or that cheats, can make. Browsers therefore ask for receipts
    (SCTs) from public logs, so that nobody can use a certificate for your site without your being
    able to find it. A receipt does not make a certificate good; it makes it public (RFC 6962).
    """
    return BrokenChain(leaf(logs=()), "ct", overlooked={
        "cryptography": _NO_LOGS, "OpenSSL": _NO_LOGS})
