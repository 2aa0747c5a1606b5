"""Mozilla's roots in numbers, against what `cryptography` says of each."""

from helpers import lab, pki
from helpers.experiments.root_store import by_hash, by_key, store_roots


def test_every_root_is_counted_once():
    store = store_roots()
    assert len(store) == len(pki.mozilla_roots()) > 100
    assert sum(by_key(store).values()) == sum(by_hash(store).values()) == len(store)
    assert {root.family for root in store} == {"RSA", "EC"}
    assert [root.begins for root in store] == sorted(root.begins for root in store)


def test_what_the_lesson_says_of_them():
    """If Mozilla's list changes so far that one of these is wrong, the lesson has to say so."""
    store = store_roots()
    keys = by_key(store)
    assert list(keys)[:2] == ["RSA-4096", "EC-P384"]
    assert 0.4 < keys["RSA-4096"] / len(store) < 0.6
    assert by_hash(store)["sha1"] > 0
    years = [(root.ends - root.begins).days / 365.2425 for root in store]
    assert min(years) > 14.9
    assert max(years) < 35.1
    middle = {kind: sorted(root.size for root in store if root.key == kind)[keys[kind] // 2]
              for kind in ("RSA-4096", "EC-P384")}
    assert middle["EC-P384"] < middle["RSA-4096"] / 2


def test_ages_are_counted_from_the_labs_clock():
    (root,) = store_roots([pki.issue("TEST ONLY Old", ca=True, start=-3652, days=7305).certificate])
    assert round(root.age(), 2) == 10.0
    assert round(root.left(), 2) == 10.0
    assert (root.key, root.hash, root.name) == ("EC-P256", "sha256", "TEST ONLY Old")
    assert root.age(lab.NOW) == root.age()


def test_a_root_without_a_hash_or_an_organisation():
    from cryptography import x509

    name = x509.Name([x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "XX")])
    (root,) = store_roots([pki.issue(name, ca=True, key="ed25519").certificate])
    assert (root.organisation, root.name, root.hash) == ("(no organisation)", "", "")
