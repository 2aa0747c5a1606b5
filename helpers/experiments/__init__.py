"""What if? Conversations that go wrong on purpose, and what an eavesdropper makes of them."""

from helpers.experiments.early import attempts_to_send
from helpers.experiments.eavesdrop import knowledge, knows, steal
from helpers.experiments.modes import attempt
from helpers.experiments.negotiate import negotiate
from helpers.experiments.pads import intercepted
from helpers.experiments.picture import penguin
from helpers.experiments.replay import replay
from helpers.experiments.tamper import flip, survey, targets
from helpers.experiments.timing import race, seconds_of

__all__ = ["attempt", "attempts_to_send", "flip", "intercepted", "knowledge", "knows", "negotiate",
           "penguin", "race", "replay", "seconds_of", "steal", "survey", "targets"]
