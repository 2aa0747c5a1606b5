"""Pictures, byte maps, ladders and tables. A notebook imports its views from here.

Each view is a function in its own module that takes data and returns a `View` (figure.py) with
`.html` and `.text`; nothing prints and nothing knows about widgets. To add a view, write
`show/<module>.py` and add its names below. Heavy libraries (matplotlib) are imported inside the
functions that need them, so importing this folder stays cheap.
"""

from .agreement import agreement_view, middle_view
from .amounts import amount, measured
from .bytes import byte_view
from .certificate import certificate_card
from .certificate_byte import certificate_byte_view
from .certificate_tries import certificate_forgery_view, control_view, flips_table
from .charts import bar_chart, line_chart
from .covered import transcript_strip
from .derived import derived_view, record_sizes, transcript_view
from .digests import avalanche_view, birthday_chart, growth_chart, times_chart
from .downgraded import downgrade_view
from .exchange_charts import exchange_chart, search_chart
from .facts import dated_facts
from .figure import Cell, Figure, Html, Table, View
from .first_byte import arrivals_view, asked_view, byte_counts, way_in_view
from .forgery import forgery_view
from .gallery import disagreements
from .hexdump import hex_view
from .journey import journey
from .keys import key_tree
from .knows import who_knows
from .ladder import ladder, ladders
from .lanes import fates_table, lanes_table, lanes_view, three_lanes
from .model_check import model_check
from .opened import opening_view
from .outcome import outcome_view
from .outcomes import theft_view
from .own12 import own_view
from .padding import padding_view
from .picture import picture_view
from .points import addition_view, curve_view
from .reading import listening_view, what_shows
from .renewing import load_chart
from .root_store import lives_chart, sizes_chart
from .rows import result, table_of
from .rsa_block import block_view
from .rsa_charts import cost_chart, factoring_chart
from .rsa_circle import power_circle
from .rsa_views import attack_view, auction_view, key_trial_view, oracle_view
from .same_order import between_view, side_by_side, three_sides
from .same_order_way import way_map
from .schedule import key_node_view, key_schedule_graph
from .sealed import delivery_view, drag_view, picture_sent_view
from .search_cost import search_cost
from .stopped12 import moment_view
from .svg import Canvas
from .tampering import tamper_map, tamper_table
from .trust import chain_view, served_view
from .verdicts import checklist, opinions
from .waterfall import waterfall
from .weights import weight_view

__all__ = [
    "Canvas",
    "Cell",
    "Figure",
    "Html",
    "Table",
    "View",
    "addition_view",
    "agreement_view",
    "amount",
    "arrivals_view",
    "asked_view",
    "attack_view",
    "auction_view",
    "avalanche_view",
    "bar_chart",
    "between_view",
    "birthday_chart",
    "block_view",
    "byte_counts",
    "byte_view",
    "certificate_byte_view",
    "certificate_card",
    "certificate_forgery_view",
    "chain_view",
    "checklist",
    "control_view",
    "cost_chart",
    "curve_view",
    "dated_facts",
    "delivery_view",
    "derived_view",
    "disagreements",
    "downgrade_view",
    "drag_view",
    "exchange_chart",
    "factoring_chart",
    "fates_table",
    "flips_table",
    "forgery_view",
    "growth_chart",
    "hex_view",
    "journey",
    "key_node_view",
    "key_schedule_graph",
    "key_tree",
    "key_trial_view",
    "ladder",
    "ladders",
    "lanes_table",
    "lanes_view",
    "line_chart",
    "listening_view",
    "lives_chart",
    "load_chart",
    "measured",
    "middle_view",
    "model_check",
    "moment_view",
    "opening_view",
    "opinions",
    "oracle_view",
    "outcome_view",
    "own_view",
    "padding_view",
    "picture_sent_view",
    "picture_view",
    "power_circle",
    "record_sizes",
    "result",
    "search_chart",
    "search_cost",
    "served_view",
    "side_by_side",
    "sizes_chart",
    "table_of",
    "tamper_map",
    "tamper_table",
    "theft_view",
    "three_lanes",
    "three_sides",
    "times_chart",
    "transcript_strip",
    "transcript_view",
    "waterfall",
    "way_in_view",
    "way_map",
    "weight_view",
    "what_shows",
    "who_knows",
]
