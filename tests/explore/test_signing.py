"""The widgets about signatures: each question has an answer, and it is the one meant."""

from helpers.explore import (
    pretend_to_be_the_shop,
    reuse_a_nonce,
    sign_and_tamper,
    what_is_signed,
)


def test_only_ecdsa_has_a_twin_that_verifies():
    widget = sign_and_tamper()
    verdicts = {name: "the signature verifies" in widget.render_with(algorithm=name, change="twin")
                for name in widget.controls["algorithm"].options}
    assert [name for name, verdict in verdicts.items() if verdict] == ["ecdsa_secp256r1_sha256"]


def test_the_byte_follows_what_is_changed():
    widget = sign_and_tamper()
    assert widget.values["place"] == 0
    widget.set("change", "message")
    widget.set("place", 4000)
    assert widget.values["place"] == 19
    widget.set("change", "signature")
    widget.set("place", 4000)
    assert widget.values["place"] == 255


def test_different_nonces_that_give_the_key_away():
    widget = reuse_a_nonce()
    lost = "the attacker has the private key"
    assert lost not in widget.value_html
    assert lost in widget.render_with(first=20, second=83)
    assert lost in widget.render_with(first=20, second=21, knows="counter")


def test_both_signatures_can_be_made_to_fit():
    widget = what_is_signed()
    chosen = {"piece1": "client random", "piece2": "server random",
              "piece3": "curve, length and share"}
    assert "the signature fits" in widget.render_with(recording="tls12_ecdhe_ecdsa", **chosen)
    suite = {**chosen, "piece4": "chosen cipher suite"}
    assert "does not fit" in widget.render_with(recording="tls12_ecdhe_ecdsa", **suite)
    chosen = {"piece1": "64 spaces", "piece2": "the words for a server", "piece3": "a zero byte",
              "piece4": "hash up to Certificate"}
    assert "the signature fits" in widget.render_with(recording="tls13_ecdsa", **chosen)


def test_one_recording_signs_another_number_of_bytes():
    older = {"piece1": "client random", "piece2": "server random",
             "piece3": "curve, length and share"}
    newer = {"piece1": "64 spaces", "piece2": "the words for a server", "piece3": "a zero byte",
             "piece4": "hash up to Certificate"}
    widget, sizes = what_is_signed(), {}
    for name in ("tls12_ecdhe", "tls12_ecdhe_ecdsa", "tls13_x25519", "tls13_ecdsa"):
        shown = widget.render_with(recording=name, **(older if "tls12" in name else newer))
        assert "the signature fits" in shown
        sizes[name] = next(size for size in (100, 130, 133) if f"{size} bytes in all" in shown)
    assert list(sizes.values()) == [100, 133, 130, 130]


def test_how_near_it_is_only_on_request():
    widget = what_is_signed()
    assert "belong to what was signed" not in widget.render_with(piece1="client random")
    assert "1 belong to what was signed" in widget.render_with(piece1="client random", told=True)


def test_one_impostor_is_caught_late_and_one_never():
    widget = pretend_to_be_the_shop()
    assert "at check 3: Finished" in widget.render_with(signature="played back", random="repeated")
    assert "nobody notices" in widget.render_with(signature="stolen key")
