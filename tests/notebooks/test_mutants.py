"""tests/notebooks/mutants.py makes the mistakes it promises, and no others."""

import ast

import pytest

from tests.notebooks.mutants import mutants

SOLUTION = '''
def key(secret: bytes, size: int = 16) -> bytes:
    """Expand the secret."""
    seed = server_random + client_random
    block = prf(secret, b"key expansion", seed)
    return block[size:2 * size]
'''


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("x = int.from_bytes(a, 'big')", "x = int.from_bytes(a, 'little')"),
        ("x = a[3]", "x = a[4]"),
        ("x = a[3]", "x = a[2]"),
        ("x = a - b", "x = a + b"),
        ("x = a ^ b", "x = a | b"),
        ("x = a << b", "x = a >> b"),
        ("x = a[1:n]", "x = a[n:1]"),
        ("x = a[5:]", "x = a[:5]"),
        ("x = client + server", "x = server + client"),
        ("x = prf(secret, seed)", "x = prf(seed, secret)"),
        ("x = label('server')", "x = label('client')"),
        ("x = label('key')", "x = label('keyx')"),
        ("x = b'key'", "x = b'keyx'"),
        ("x = True", "x = False"),
        ("x = keys.client_write_key", "x = keys.server_write_key"),
        ("x = prf(server_random)", "x = prf(client_random)"),
        ("x = b'client finished'", "x = b'server finished'"),
        ("x = a\nx += b", "x = a\npass"),
        ("x = a\nif b:\n    x = c", "x = a\npass"),
        ("x.sort()\ny = x", "pass\ny = x"),
    ],
)
def test_believable_mistakes_are_made(source, wanted):
    assert wanted in {one.source for one in mutants(source)}


def test_every_mutant_is_a_different_program_with_its_own_label():
    found = mutants(SOLUTION)
    sources = {ast.unparse(ast.parse(one.source)) for one in found}
    assert len(sources) == len(found) > 10
    assert ast.unparse(ast.parse(SOLUTION)) not in sources
    assert len({one.label for one in found}) == len(found)
    assert "5:24 b'key expansion' -> b'key expansionx'" in {one.label for one in found}


def test_docstrings_type_hints_and_sums_of_numbers_are_left_alone():
    found = {one.source for one in mutants(SOLUTION)}
    assert all('"""Expand the secret."""' in source for source in found)
    assert all("secret: bytes, size: int" in source for source in found)
    assert "x = len(a) + n" not in {one.source for one in mutants("x = n + len(a)")}
    assert "x = a[7] + 8" not in {one.source for one in mutants("x = 8 + a[7]")}
    assert "x = b + a[:8]" in {one.source for one in mutants("x = a[:8] + b")}


def test_the_number_is_capped_and_spread():
    source = "\n".join(f"x{n} = {n}" for n in range(40))
    assert len(mutants(source)) > 40
    few = mutants(source, 7)
    assert len(few) <= 7
    lines = {int(one.label.split(":")[0]) for one in few}
    assert max(lines) - min(lines) > 25
