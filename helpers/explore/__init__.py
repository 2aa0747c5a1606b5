"""Widgets: controls plus a pure function from their values to HTML.

`Explorer` is the one pattern (explorer.py), `Choice`, `Number`, `Toggle` and `Typed` its controls.
This folder alone imports ipywidgets, and it knows no TLS: what a widget shows comes from show/
and experiments/. To add a widget, write `explore/<module>.py` with a function that needs no
arguments and returns an Explorer, import it here, and name it in `WIDGETS`; a test then drives
every control of it through every value.
"""

from .agree import agree_on_a_number
from .avalanche import follow_one_bit
from .certificates import (
    forge_a_certificate,
    prove_a_name,
    read_a_certificate,
    send_certificates,
)
from .change import change_a_payment
from .controls import Choice, Number, Toggle, Typed
from .crib import drag_a_crib
from .explorer import Explorer
from .first_byte import ask_one_address, copy_early_data, go_to_the_shop
from .flip import flip_a_byte, flip_in_three_lanes
from .forge import forge_an_order
from .labels import derive_with_labels
from .lanes import compare_three_lanes
from .latency import choose_a_chain, choose_a_link, hurry_the_server
from .listen import listen_in
from .mallory import play_mallory
from .own12 import play_both_ends, stop_the_handshake
from .padding import hide_the_length
from .penguin import send_a_picture
from .record import open_a_record
from .rsa import (
    ask_the_server,
    attack_the_auction,
    break_a_modulus,
    look_into_the_block,
    make_a_key,
)
from .same_order import look_from_three_sides, plan_a_visit, stand_in_the_middle
from .schedule import walk_the_key_schedule
from .signing import pretend_to_be_the_shop, reuse_a_nonce, sign_and_tamper, what_is_signed
from .steal import steal_from_four_visits, steal_the_key
from .transcript import rebuild_finished
from .trust import guess_the_check, judge_your_chain, leave_out_a_check, meet_mallory
from .walk import walk_on_a_curve
from .work import watch

WIDGETS: tuple[str, ...] = (
    "agree_on_a_number",
    "ask_one_address",
    "ask_the_server",
    "attack_the_auction",
    "break_a_modulus",
    "change_a_payment",
    "choose_a_chain",
    "choose_a_link",
    "compare_three_lanes",
    "copy_early_data",
    "derive_with_labels",
    "drag_a_crib",
    "flip_a_byte",
    "flip_in_three_lanes",
    "follow_one_bit",
    "forge_a_certificate",
    "forge_an_order",
    "go_to_the_shop",
    "guess_the_check",
    "hide_the_length",
    "hurry_the_server",
    "judge_your_chain",
    "leave_out_a_check",
    "listen_in",
    "look_from_three_sides",
    "look_into_the_block",
    "make_a_key",
    "meet_mallory",
    "open_a_record",
    "plan_a_visit",
    "play_both_ends",
    "play_mallory",
    "pretend_to_be_the_shop",
    "prove_a_name",
    "read_a_certificate",
    "rebuild_finished",
    "reuse_a_nonce",
    "send_a_picture",
    "send_certificates",
    "sign_and_tamper",
    "stand_in_the_middle",
    "steal_from_four_visits",
    "steal_the_key",
    "stop_the_handshake",
    "walk_on_a_curve",
    "walk_the_key_schedule",
    "what_is_signed",
)

__all__ = [
    "WIDGETS",
    "Choice",
    "Explorer",
    "Number",
    "Toggle",
    "Typed",
    "agree_on_a_number",
    "ask_one_address",
    "ask_the_server",
    "attack_the_auction",
    "break_a_modulus",
    "change_a_payment",
    "choose_a_chain",
    "choose_a_link",
    "compare_three_lanes",
    "copy_early_data",
    "derive_with_labels",
    "drag_a_crib",
    "flip_a_byte",
    "flip_in_three_lanes",
    "follow_one_bit",
    "forge_a_certificate",
    "forge_an_order",
    "go_to_the_shop",
    "guess_the_check",
    "hide_the_length",
    "hurry_the_server",
    "judge_your_chain",
    "leave_out_a_check",
    "listen_in",
    "look_from_three_sides",
    "look_into_the_block",
    "make_a_key",
    "meet_mallory",
    "open_a_record",
    "plan_a_visit",
    "play_both_ends",
    "play_mallory",
    "pretend_to_be_the_shop",
    "prove_a_name",
    "read_a_certificate",
    "rebuild_finished",
    "reuse_a_nonce",
    "send_a_picture",
    "send_certificates",
    "sign_and_tamper",
    "stand_in_the_middle",
    "steal_from_four_visits",
    "steal_the_key",
    "stop_the_handshake",
    "walk_on_a_curve",
    "walk_the_key_schedule",
    "watch",
    "what_is_signed",
]
