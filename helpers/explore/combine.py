"""Every combination of the values of some controls, honouring what depends on what."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from random import Random
from typing import Any

from .controls import Control, Number, Values

_SPREADS = (256, 64, 32, 16, 8, 4, 3, 2)


def combinations(
    controls: Mapping[str, Control], limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """Yield every combination of values, or about `limit` of them spread over the whole.

    Under a limit numbers are thinned first (evenly, always with both ends), so that every option
    of a Choice is still met; only if that is not enough are combinations drawn (with a fixed seed).
    """
    if limit is None or _count(controls, _everything, limit) <= limit:
        yield from _walk(controls, _everything)
        return
    for spread in _SPREADS:
        thin = _thinner(spread)
        if _count(controls, thin, limit) <= limit:
            yield from _walk(controls, thin)
            return
    yield from _drawn(controls, limit)


Domain = Callable[[Control, Values], Sequence[Any]]


def _everything(control: Control, earlier: Values) -> Sequence[Any]:
    return control.domain(earlier)


def _thinner(spread: int) -> Domain:
    def thin(control: Control, earlier: Values) -> Sequence[Any]:
        domain = control.domain(earlier)
        if not isinstance(control, Number) or len(domain) <= spread:
            return domain
        last = len(domain) - 1
        return [domain[round(index * last / (spread - 1))] for index in range(spread)]

    return thin


def _walk(
    controls: Mapping[str, Control], domain: Domain, values: Values | None = None
) -> Iterator[dict[str, Any]]:
    values = dict(values or {})
    if len(values) == len(controls):
        yield values
        return
    name = list(controls)[len(values)]
    for value in domain(controls[name], dict(values)):
        yield from _walk(controls, domain, {**values, name: value})


def _count(controls: Mapping[str, Control], domain: Domain, limit: int) -> int:
    return sum(1 for _ in islice(_walk(controls, domain), limit + 1))


def _drawn(controls: Mapping[str, Control], limit: int) -> Iterator[dict[str, Any]]:
    """`limit` combinations at random, the same every time; some may come twice."""
    chance = Random(0)
    for _ in range(limit):
        values: dict[str, Any] = {}
        for name, control in controls.items():
            values[name] = chance.choice(control.domain(dict(values)))
        yield values
