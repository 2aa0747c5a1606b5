"""What if? Conversations that go wrong on purpose, and what an eavesdropper makes of them."""

from helpers.experiments.aftermath import on_the_wire, opened_with, visit_unchecked
from helpers.experiments.by_hand import by_hand, server_share_of
from helpers.experiments.careless import app_accepts
from helpers.experiments.certificate_bits import every_bit
from helpers.experiments.certificates import (
    handshake_signature,
    issued,
    shop_parts,
    signed_by,
)
from helpers.experiments.chains import issued_by, names_of, path_length, sample_heap
from helpers.experiments.collisions import all_pairs, collide, contract, md5_collision
from helpers.experiments.coming_back import (
    ORDER,
    TICKET_KEY,
    shop_client,
    shop_server,
    told,
    visit_shop,
)
from helpers.experiments.comparing import compare_times
from helpers.experiments.covered import transcript_points
from helpers.experiments.digests import (
    collision_search,
    every_pin,
    hashes_needed,
    searches_done,
    stolen_digest,
)
from helpers.experiments.discrete_log import hunt, steps_by_size
from helpers.experiments.downgrade import downgrade
from helpers.experiments.early import attempts_to_send
from helpers.experiments.eavesdrop import knowledge, knows, steal
from helpers.experiments.exchange_costs import exchange_actions
from helpers.experiments.first_visit import MIXED_PAGE, way_in
from helpers.experiments.gallery import broken_slugs, faults
from helpers.experiments.hidden_name import hidden_visit
from helpers.experiments.hybrid import hybrid_visit
from helpers.experiments.impostors import meet, pin_of
from helpers.experiments.lanes import fates, lane_facts, lane_visit
from helpers.experiments.latency import (
    COMPUTING,
    NO_COMPUTING,
    Computing,
    Link,
    draw_visits,
    time_to_first_byte,
)
from helpers.experiments.latency_chains import chain, parts_of
from helpers.experiments.latency_flights import quic_shape, script_of
from helpers.experiments.latency_measured import check_model, measured_first_byte
from helpers.experiments.latency_visits import PROTOCOLS, protocol, visit_of
from helpers.experiments.middle import between
from helpers.experiments.modes import attempt
from helpers.experiments.nonces import broken_signer, what_a_stranger_learns
from helpers.experiments.one_address import ask_address
from helpers.experiments.own12 import own_visit
from helpers.experiments.padding import lookalikes, padded_pages
from helpers.experiments.pads import intercepted
from helpers.experiments.picture import penguin
from helpers.experiments.published import published
from helpers.experiments.reading import readings
from helpers.experiments.refusals import asked
from helpers.experiments.renewing import load_curve, load_marks
from helpers.experiments.replay import replay
from helpers.experiments.replayed import replayed
from helpers.experiments.root_store import by_hash, by_key, store_roots
from helpers.experiments.rsa_costs import seconds_for_a_megabyte
from helpers.experiments.rsa_factoring import carried_on, factor_search, factoring_times
from helpers.experiments.rsa_oracle import oracle_key, overheard, talkative_server
from helpers.experiments.same_order import order_by, sights, stand_between
from helpers.experiments.schedule import key_nodes, visit_nodes
from helpers.experiments.serving import visit_server
from helpers.experiments.signature_costs import signature_actions, signature_sizes
from helpers.experiments.signatures import ed25519_key, letters, verifies
from helpers.experiments.signed import fits, put_together
from helpers.experiments.stopped12 import moments
from helpers.experiments.tamper import flip, survey, targets
from helpers.experiments.timing import race, seconds_of

__all__ = ["COMPUTING", "MIXED_PAGE", "NO_COMPUTING", "ORDER", "PROTOCOLS", "TICKET_KEY",
           "Computing", "Link", "all_pairs", "app_accepts", "ask_address", "asked",
           "attempt", "attempts_to_send", "between", "broken_signer", "broken_slugs",
           "by_hand", "by_hash", "by_key", "carried_on", "chain",
           "check_model", "collide", "collision_search",
           "compare_times", "contract", "downgrade", "draw_visits",
           "ed25519_key", "every_bit", "every_pin",
           "exchange_actions", "factor_search", "factoring_times", "fates", "faults",
           "fits", "flip", "handshake_signature",
           "hashes_needed", "hidden_visit", "hunt", "hybrid_visit", "intercepted", "issued",
           "issued_by", "key_nodes", "knowledge", "knows", "lane_facts",
           "lane_visit", "letters", "load_curve", "load_marks", "lookalikes",
           "md5_collision", "measured_first_byte", "meet", "moments",
           "names_of", "on_the_wire", "opened_with", "oracle_key",
           "order_by", "overheard", "own_visit", "padded_pages", "parts_of",
           "path_length", "penguin", "pin_of", "protocol", "published",
           "put_together", "quic_shape", "race", "readings", "replay", "replayed",
           "sample_heap", "script_of", "searches_done",
           "seconds_for_a_megabyte", "seconds_of", "server_share_of", "shop_client",
           "shop_parts", "shop_server", "sights", "signature_actions",
           "signature_sizes", "signed_by", "stand_between", "steal", "steps_by_size",
           "stolen_digest", "store_roots", "survey", "talkative_server", "targets",
           "time_to_first_byte", "told", "transcript_points",
           "verifies", "visit_nodes", "visit_of", "visit_server", "visit_shop",
           "visit_unchecked", "way_in", "what_a_stranger_learns"]
