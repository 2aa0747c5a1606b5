"""Every combination of the values of some controls, honouring what depends on what."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from .controls import Control, Number, Values

_SPREADS = (256, 64, 32, 16, 8, 4, 3, 2)


def combinations(
    controls: Mapping[str, Control], limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """Yield every combination of values, or about `limit` of them spread over the whole.

    Under a limit numbers are thinned first (evenly, always with both ends), so that every option
    of a Choice is still met; only if that is not enough are combinations left out, evenly.
    """
    if limit is None or _count(controls, _everything, limit) <= limit:
        yield from _walk(controls, _everything)
        return
    for spread in _SPREADS:
        thin = _thinner(spread)
        count = _count(controls, thin, limit)
        if count <= limit:
            yield from _walk(controls, thin)
            return
    total = sum(1 for _ in _walk(controls, thin))
    yield from islice(_walk(controls, thin), 0, None, -(-total // limit))


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
