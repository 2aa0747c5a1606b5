"""Two ends agree on a secret with small numbers, and a listener tries to find it."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.toy.dh import order_of, search


@dataclass(frozen=True)
class Agreement:
    """One exchange: public `p`, `g`, `alice_share`, `bob_share`; private `a`, `b`; `secret`.

    `possible` is how many different secrets these p and g allow, `steps` how many private
    numbers a listener tries before one of the two shares gives way.
    """

    p: int
    g: int
    a: int
    b: int
    alice_share: int
    bob_share: int
    secret: int
    possible: int
    steps: int

    @property
    def weakness(self) -> str:
        """What is wrong with these numbers, worst first; "" if nothing is."""
        if self.g == 1:
            return "Every power of 1 is 1, so every share and every secret is 1."
        if self.possible < (self.p - 1) // 2:
            return (f"g = {self.g} has only {self.possible} different powers modulo {self.p}: so "
                    "few secrets are possible, whatever the ends choose.")
        if 1 in (self.alice_share, self.bob_share):
            return ("A share of 1 makes the secret 1, and everybody can see the share. "
                    f"Private numbers that are multiples of {self.possible} do that.")
        if self.steps <= 3:
            return (f"A private number of {self.steps} is found at once by anybody who begins to "
                    "count. It has to be chosen at random.")
        return ""


    @property
    def remark(self) -> str:
        """What is worth saying of a g whose powers are half of all numbers; "" for any other."""
        if self.possible == self.p - 1:
            return ""
        return (f"The powers of g = {self.g} are half of the numbers modulo {self.p}. The groups "
                "of RFC 7919 are halves, too, of numbers so large that half is plenty.")


def agree(p: int, g: int, a: int, b: int) -> Agreement:
    """The exchange with these numbers. ValueError if p is no prime above 2, g is not from 1 to
    p - 1, or a private number is negative."""
    possible = order_of(g, p)
    if min(a, b) < 0:
        raise ValueError(f"a private number is 0 or more, not {min(a, b)}")
    alice_share, bob_share = pow(g, a, p), pow(g, b, p)
    steps = min(search(p, g, share).steps for share in (alice_share, bob_share))
    return Agreement(p, g, a, b, alice_share, bob_share, pow(bob_share, a, p), possible, steps)
