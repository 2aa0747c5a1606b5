"""Is it a prime? For the toy's numbers, and for the real moduli they are compared with."""

_BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)


def is_prime(number: int) -> bool:
    """Whether `number` is prime: the Miller-Rabin test with thirteen fixed bases.

    Right for every number below 3.3 * 10**24 (Sorenson and Webster 2015). Above that an
    adversary could build a composite that passes, so it is no check of anybody's real key.
    """
    if number < 2 or any(number % base == 0 for base in _BASES):
        return number in _BASES
    odd, halvings = number - 1, 0
    while odd % 2 == 0:
        odd, halvings = odd // 2, halvings + 1
    return all(_passes(number, base, odd, halvings) for base in _BASES)


def _passes(number: int, base: int, odd: int, halvings: int) -> bool:
    power = pow(base, odd, number)
    if power in (1, number - 1):
        return True
    for _ in range(halvings - 1):
        power = power * power % number
        if power == number - 1:
            return True
    return False
