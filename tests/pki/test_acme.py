"""Who controls a name: RFC 8555, RFC 8737 and RFC 7638 played through, and every way to fail."""

import base64
import hashlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from helpers import lab, pki
from helpers.pki import acme, encode
from helpers.pki.transparency import spki

STAR = f"*.{lab.HOST}"
KEY = pki.test_key("account of the shop")
MALLORY = pki.test_key("account of Mallory")
# RFC 7638 section 3.1: the key and its thumbprint.
RFC7638_N = (
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1"
    "L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4"
    "QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbO"
    "pbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csF"
    "Cur-kEgU8awapJzKnqDKgw")


def server(world: acme.World | None = None, **fields) -> acme.Server:
    return acme.Server(pki.intermediate(), world or acme.World(), **fields)


def test_the_published_thumbprint():
    number = int.from_bytes(base64.urlsafe_b64decode(RFC7638_N + "=="))
    key = rsa.RSAPublicNumbers(65537, number).public_key()
    assert acme.thumbprint(key) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_thumbprints_of_curves():
    seen = {acme.thumbprint(key.public_key())
            for key in (KEY, MALLORY, lab.key("p384"), lab.key("rsa2048"))}
    assert {len(thumb) for thumb in seen} == {43}
    assert len(seen) == 4
    for key in (lab.key("ed25519"), ec.derive_private_key(5, ec.SECP521R1())):
        with pytest.raises(ValueError, match="no thumbprint here for"):
            acme.thumbprint(key.public_key())


def test_a_coordinate_that_begins_with_zeros_keeps_its_length():
    key = load_der_public_key(_point_with_small_x())
    numbers = key.public_numbers()
    assert numbers.x.bit_length() <= 248
    text = ('{"crv":"P-256","kty":"EC","x":"' + acme.base64url(numbers.x.to_bytes(32)) +
            '","y":"' + acme.base64url(numbers.y.to_bytes(32)) + '"}')
    assert acme.thumbprint(key) == acme.base64url(hashlib.sha256(text.encode()).digest())


def _point_with_small_x() -> bytes:
    keys = (ec.derive_private_key(number, ec.SECP256R1()) for number in range(1, 5000))
    return next(spki(key.public_key()) for key in keys
                if key.public_key().public_numbers().x.bit_length() <= 248)


def test_places_and_answers():
    thumb, token = acme.thumbprint(KEY.public_key()), "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ"
    assert acme.http_place(lab.HOST, token) == \
        f"http://shop.example/.well-known/acme-challenge/{token}"
    assert acme.dns_place(lab.HOST) == acme.dns_place(STAR) == "_acme-challenge.shop.example"
    assert acme.key_authorization(token, thumb) == f"{token}.{thumb}"
    assert len(acme.txt_record(token, thumb)) == 43
    assert "=" not in acme.txt_record(token, thumb)


@pytest.mark.parametrize("kind", acme.CHALLENGES)
def test_from_order_to_certificate(kind):
    world = acme.World()
    ca = server(world, logs=[pki.Log("Alder"), pki.Log("Birch")])
    order = ca.order(KEY.public_key(), [lab.HOST])
    token = order.tokens[lab.HOST]
    assert len(base64.urlsafe_b64decode(token + "==")) == 16
    world.answer(kind, lab.HOST, token, KEY)
    look = ca.check(order, lab.HOST, kind)
    assert (look.passed, order.status) == (True, "ready")
    assert look.wanted == look.seen
    assert lab.HOST in look.place
    key = pki.test_key("the shop")
    ready = pki.with_key(key, ca.finalize(order, pki.request(lab.HOST, key)))
    assert order.status == "valid"
    assert pki.judge(ready.chain, roots=[pki.root().certificate], name=lab.HOST,
                     logs=ca.logs).good
    with pytest.raises(pki.RequestRefused, match="the order is valid"):
        ca.finalize(order, pki.request(lab.HOST, key))


@pytest.mark.parametrize("kind", acme.CHALLENGES)
def test_nothing_there(kind):
    ca = server()
    order = ca.order(KEY.public_key(), [lab.HOST])
    look = ca.check(order, lab.HOST, kind)
    assert (look.passed, look.seen, look.reason) == (False, "", "there is nothing there")
    assert order.status == "invalid"
    with pytest.raises(pki.RequestRefused, match=r"the order is invalid, and not proven: shop"):
        ca.finalize(order, pki.request(lab.HOST))
    with pytest.raises(pki.RequestRefused, match=r"invalid: shop\.example"):
        ca.check(order, lab.HOST, kind)


@pytest.mark.parametrize("kind", acme.CHALLENGES)
@pytest.mark.parametrize("wrong", ["account", "token"])
def test_an_answer_is_for_one_token_of_one_account(kind, wrong):
    world = acme.World()
    ca = server(world)
    order, other = (ca.order(KEY.public_key(), [lab.HOST]) for _ in range(2))
    assert order.tokens != other.tokens
    token = (other if wrong == "token" else order).tokens[lab.HOST]
    world.answer(kind, lab.HOST, token, MALLORY if wrong == "account" else KEY)
    if kind == "http-01" and wrong == "token":  # the answer, put where the CA looks
        place = acme.http_place(lab.HOST, order.tokens[lab.HOST])
        world.pages[place] = world.pages.pop(acme.http_place(lab.HOST, token))
    look = ca.check(order, lab.HOST, kind)
    assert (look.passed, order.status) == (False, "invalid")
    assert look.reason == "that is not the answer to this token by this account"


def test_the_bare_token_is_no_answer():
    world = acme.World()
    ca = server(world)
    order = ca.order(KEY.public_key(), [lab.HOST])
    world.pages[acme.http_place(lab.HOST, order.tokens[lab.HOST])] = order.tokens[lab.HOST]
    assert not ca.check(order, lab.HOST, "http-01").passed


def test_a_page_may_end_with_white_space():
    """RFC 8555 section 8.3: the server ignores whitespace at the end of the body."""
    world = acme.World()
    ca = server(world)
    order = ca.order(KEY.public_key(), [lab.HOST])
    world.answer("http-01", lab.HOST, order.tokens[lab.HOST], KEY)
    place = acme.http_place(lab.HOST, order.tokens[lab.HOST])
    world.pages[place] += "\n"
    assert ca.check(order, lab.HOST, "http-01").passed


def test_one_record_among_many():
    world = acme.World()
    world.txt[acme.dns_place(lab.HOST)] = ["v=spf1 -all", "left over from last year"]
    ca = server(world)
    order = ca.order(KEY.public_key(), [lab.HOST])
    world.answer("dns-01", lab.HOST, order.tokens[lab.HOST], KEY)
    assert ca.check(order, lab.HOST, "dns-01").passed


def test_a_wildcard_takes_the_zone():
    world = acme.World()
    ca = server(world)
    order = ca.order(KEY.public_key(), [lab.HOST, STAR])
    with pytest.raises(pki.RequestRefused, match="a wildcard is proven with dns-01 alone"):
        ca.check(order, STAR, "http-01")
    for name in order.names:
        world.answer("dns-01", name, order.tokens[name], KEY)
    assert ca.check(order, STAR, "dns-01").passed
    assert order.status == "pending"
    with pytest.raises(pki.RequestRefused, match=r"is pending, and not proven: shop\.example$"):
        ca.finalize(order, pki.request(lab.HOST, names=order.names))
    assert ca.check(order, lab.HOST, "dns-01").passed
    signed = ca.finalize(order, pki.request(lab.HOST, names=[lab.HOST, STAR.upper()]))
    assert pki.judge(signed.chain, roots=[pki.root().certificate], name="a.shop.example").good


@pytest.mark.parametrize("names", [[lab.HOST, "bank.example"], ["bank.example"], [], [STAR]])
def test_the_request_must_be_for_the_names_of_the_order(names):
    world = acme.World()
    ca = server(world)
    order = ca.order(KEY.public_key(), [lab.HOST])
    world.answer("dns-01", lab.HOST, order.tokens[lab.HOST], KEY)
    ca.check(order, lab.HOST, "dns-01")
    with pytest.raises(pki.RequestRefused, match=r"and the order was for shop\.example"):
        ca.finalize(order, pki.request(lab.HOST, names=names))
    with pytest.raises(pki.RequestRefused, match="the key in the CSR is the account's"):
        ca.finalize(order, pki.request(lab.HOST, KEY))


def test_what_cannot_be_asked():
    ca = server()
    with pytest.raises(pki.RequestRefused, match="an order needs at least one name"):
        ca.order(KEY.public_key(), [])
    order = ca.order(KEY.public_key(), ["Shop.Example", lab.HOST])
    assert order.names == (lab.HOST,)
    for name, kind in ((lab.HOST, "email-reply-00"), ("bank.example", "http-01")):
        with pytest.raises(pki.RequestRefused, match="there is no"):
            ca.check(order, name, kind)
    with pytest.raises(ValueError, match="'fax' is no challenge; choose one of http-01"):
        acme.World().answer("fax", lab.HOST, "token", KEY)


def answer_with(identity) -> acme.Attempt:
    world = acme.World()
    ca = server(world)
    order = ca.order(KEY.public_key(), [lab.HOST])
    world.tls[lab.HOST] = identity(order.tokens[lab.HOST], acme.thumbprint(KEY.public_key()))
    return ca.check(order, lab.HOST, "tls-alpn-01")


def test_the_certificate_of_the_tls_challenge():
    made = acme.alpn_certificate(lab.HOST, "token", acme.thumbprint(KEY.public_key()))
    extension = made.certificate.extensions.get_extension_for_oid(acme.ACME_IDENTIFIER)
    assert extension.critical
    assert len(extension.value.value) == 34
    assert not pki.judge(made.chain, roots=[pki.root().certificate], name=lab.HOST).good
    assert answer_with(lambda *said: acme.alpn_certificate(lab.HOST, *said)).passed
    assert not answer_with(lambda *said: acme.alpn_certificate("bank.example", *said)).passed
    assert not answer_with(lambda *said: pki.issue(lab.HOST)).passed
    assert not answer_with(lambda *said: pki.issue(lab.HOST, names=())).passed


@pytest.mark.parametrize("change", ["not critical", "more names", "twice"])
def test_the_tls_challenge_wants_exactly_this(change):
    def identity(token: str, thumb: str) -> pki.Identity:
        found = acme.alpn_certificate(lab.HOST, token, thumb).certificate.extensions
        value = found.get_extension_for_oid(acme.ACME_IDENTIFIER).value
        names = [lab.HOST, "www.shop.example"] if change == "more names" else [lab.HOST]
        copies = 2 if change == "twice" else 1
        return pki.issue(lab.HOST, names=names,
                         extensions=[(value, change != "not critical")] * copies)

    assert not answer_with(identity).passed


def test_tokens_repeat_only_from_the_start():
    first, again = (server().order(KEY.public_key(), [lab.HOST, STAR]) for _ in range(2))
    assert first.tokens == again.tokens
    assert len(set(first.tokens.values())) == 2
    other = server(label="another CA").order(KEY.public_key(), [lab.HOST])
    assert other.tokens[lab.HOST] != first.tokens[lab.HOST]


def test_the_identifier_is_the_registered_one():
    assert encode.oid(acme.ACME_IDENTIFIER.dotted_string).hex() == "06082b0601050507011f"
    assert x509.ObjectIdentifier("1.3.6.1.5.5.7.1.31") == acme.ACME_IDENTIFIER
