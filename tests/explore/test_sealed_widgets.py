"""The questions of lesson 01's widgets have answers, and wrong choices give others."""

from helpers.explore import change_a_payment, drag_a_crib, open_a_record, send_a_picture
from helpers.explore.change import PAYMENT


def test_the_crib_leads_to_the_password():
    explorer = drag_a_crib()
    assert ">rd of</b>" in explorer.render_with(guess=" the ", position=10)
    assert ">old b</b>" in explorer.render_with(guess=" the ", position=15)
    whole = explorer.render_with(guess="we meet at the old bridge at nine tonight", position=0)
    assert "the password of the vault is swordfish 42" in whole


def test_the_payment_can_be_raised_in_ctr_and_cbc_only():
    explorer = change_a_payment()
    at = PAYMENT.index(b"100")
    for mode, position in (("CTR", at), ("CBC", at - 16)):
        assert "[9]</b>00 to bob" in explorer.render_with(mode=mode, position=position, mask=8)
    for mode in ("AES-GCM", "ChaCha20-Poly1305"):
        for position in (at, at - 16, 63):
            html = explorer.render_with(mode=mode, position=position, mask=8)
            assert "refused: InvalidTag" in html
    assert "[9]" not in explorer.render_with(mode="CTR", position=at, mask=9)
    assert "[9]" not in explorer.render_with(mode="CTR", position=at - 16, mask=8)


def test_the_note_says_which_letter_it_is():
    explorer = change_a_payment()
    assert "block 2; the letter there was “1”" in explorer.note_with("position", position=20)
    assert "in the tag" in explorer.note_with("position", mode="AES-GCM", position=50)


def test_the_penguin_shows_in_ecb_with_any_key():
    explorer = send_a_picture()
    for key in "ABC":
        assert "30 of them different" in explorer.render_with(mode="ECB", key=key)
        assert "2,304 of them different" in explorer.render_with(mode="CTR", key=key)


def test_the_page_is_found_under_one_choice_only():
    explorer = open_a_record()
    pages = [values for values in explorer.combinations()
             if "Hello over" in explorer.render_with(**values)
             or "HTTP/1.1 200" in explorer.render_with(**values)]
    assert pages == [{"record": 3, "keys": "server", "number": 2,
                      "additional": "the record's header"}]
