"""What if? Conversations that go wrong on purpose, and what an eavesdropper makes of them."""

from helpers.experiments.early import attempts_to_send
from helpers.experiments.eavesdrop import knowledge, knows, steal
from helpers.experiments.negotiate import negotiate
from helpers.experiments.picture import penguin
from helpers.experiments.replay import replay
from helpers.experiments.tamper import flip, survey, targets

__all__ = ["attempts_to_send", "flip", "knowledge", "knows", "negotiate", "penguin", "replay",
           "steal", "survey", "targets"]
