"""Each RSA widget can be used to answer the question it asks."""

from helpers.experiments.rsa_weak import ATTACKS, MODULI
from helpers.explore import (
    ask_the_server,
    attack_the_auction,
    break_a_modulus,
    look_into_the_block,
    make_a_key,
)


def test_keys_of_5_and_11():
    widget = make_a_key()
    views = {e: widget.render_with(p=5, q=11, e=e) for e in range(2, 41)}
    keys = [e for e, html in views.items() if "no key" not in html]
    assert keys == [3, 7, 9, 11, 13, 17, 19, 21, 23, 27, 29, 31, 33, 37, 39]
    assert [e for e in keys if "55 messages of 55 unchanged" in views[e]] == [21]
    assert "1, 16, 26, 31, 36 have the same ciphertext" in views[5]


def test_one_modulus_stands():
    widget = break_a_modulus()
    falls = {target: [attack for attack in ATTACKS.values()
                      if "falls" in widget.render_with(target=target, attack=attack)]
             for target in MODULI}
    assert [target for target, attacks in falls.items() if not attacks] == ["web shop"]
    assert all(len(attacks) <= 1 for attacks in falls.values())


def test_what_stops_which_attack():
    widget = attack_the_auction()

    def broken(**how):
        return {attack for attack in ("compare", "root", "double")
                if "broken</span>" in widget.render_with(bid=320, attack=attack, **how)}

    assert broken(e=3, padding="none") == {"compare", "root", "double"}
    assert broken(e=65537, padding="none") == {"compare", "double"}
    assert broken(e=3, padding="OAEP") == broken(e=65537, padding="OAEP") == set()


def test_how_much_fits_into_a_block():
    widget = look_into_the_block()
    fits = {padding: [length for length in (1, 48, 190, 191, 245, 246)
                      if "refused" not in widget.render_with(padding=padding, length=length)]
            for padding in ("none", "PKCS#1 v1.5", "OAEP")}
    assert {padding: max(lengths) for padding, lengths in fits.items()} == {
        "none": 246, "PKCS#1 v1.5": 245, "OAEP": 190}
    again = {padding: widget.render_with(padding=padding, which=1)
             == widget.render_with(padding=padding, which=2) for padding in fits}
    assert again == {"none": True, "PKCS#1 v1.5": False, "OAEP": False}


def test_the_first_letter_and_the_last():
    widget = ask_the_server()
    last = widget.controls["questions"].domain({"server": "talks"})[-1]
    letters = [at for at in range(last + 1)
               if "nothing yet" not in widget.render_with(server="talks", questions=at)]
    assert letters[0] == 91, "the notebook says so"
    assert "The block is known." in widget.render_with(server="talks", questions=last)
    assert "nothing yet" in widget.render_with(server="silent", questions=last)
