"""Imports among helpers go down the floors only; who may use ipywidgets, who may print."""

from tests.project import code_of, imported_modules, package_of, sources

FLOORS = {
    "lab": 0,
    "wire": 0,
    "progress": 0,
    "tls": 1,
    "pki": 1,
    "conversation": 1,
    "toy": 1,
    "sources": 2,
    "experiments": 3,
    "show": 4,
    "explore": 5,
    "exercises": 6,
}
MODULES = [name for name in sources("helpers") if name != "helpers/__init__.py"]


def unit_of(dotted: str) -> str:
    """`helpers.tls.record` -> `tls`; nothing for what is not in helpers."""
    parts = dotted.split(".")
    return parts[1] if parts[0] == "helpers" and len(parts) > 1 else ""


def unit_of_file(name: str) -> str:
    return name.split("/")[1].removesuffix(".py")


def used_units(name: str) -> set[str]:
    """The other units of helpers that the file `name` imports."""
    imports = imported_modules(code_of(name), package=package_of(name))
    return {unit_of(dotted) for dotted in imports} - {"", unit_of_file(name)}


def climbs(unit: str, used: set[str]) -> set[str]:
    """Those of `used` that stand above `unit`; the same floor is allowed (see the next test)."""
    return {other for other in used if FLOORS.get(other, 99) > FLOORS[unit]}


def circles(uses: dict[str, set[str]]) -> set[str]:
    """The units that, import by import, come back to themselves."""
    reached = {unit: set(others) for unit, others in uses.items()}
    for _ in reached:
        for others in reached.values():
            others.update(*(reached.get(other, set()) for other in set(others)))
    return {unit for unit, others in reached.items() if unit in others}


def test_every_module_of_helpers_has_a_floor():
    assert MODULES
    assert {unit_of_file(name) for name in MODULES} <= FLOORS.keys()


def test_imports_go_down():
    up = {name: climbs(unit_of_file(name), used_units(name)) for name in MODULES}
    assert not {name: units for name, units in up.items() if units}


def test_units_of_one_floor_do_not_import_each_other_in_a_circle():
    uses: dict[str, set[str]] = {}
    for name in MODULES:
        uses.setdefault(unit_of_file(name), set()).update(used_units(name))
    assert not circles(uses)


def test_the_package_itself_imports_nothing():
    assert not imported_modules(code_of("helpers/__init__.py"), package="helpers")


def test_only_explore_imports_ipywidgets():
    users = {
        unit_of_file(name)
        for name in MODULES
        if "ipywidgets" in imported_modules(code_of(name), package=package_of(name))
    }
    assert users <= {"explore"}


def test_explore_knows_no_tls():
    files = [name for name in MODULES if unit_of_file(name) == "explore"]
    views_and_what_they_show = {"show", "experiments", "sources", "progress"}
    assert not {name for name in files if used_units(name) - views_and_what_they_show}


def test_the_engine_does_not_lean_on_the_toy():
    engine = [name for name in MODULES if unit_of_file(name) in {"tls", "pki"}]
    assert engine
    assert not [name for name in engine if "toy" in used_units(name)]


def test_the_engine_opens_no_socket_and_starts_no_thread():
    forbidden = {"socket", "ssl", "threading", "asyncio", "time", "random", "secrets", "OpenSSL"}
    engine = [name for name in MODULES if unit_of_file(name) in {"wire", "tls", "conversation"}]
    used = {
        name: {dotted.split(".")[0] for dotted in imported_modules(code_of(name))} & forbidden
        for name in engine
    }
    assert used
    assert not {name: modules for name, modules in used.items() if modules}


# --- the rules themselves can fail --------------------------------------------------------------


def test_a_climbing_import_is_seen():
    code = "def late():\n    from helpers.show import ladder\n"
    used = {unit_of(dotted) for dotted in imported_modules(code)} - {""}
    assert climbs("tls", used) == {"show"}
    assert climbs("explore", used) == set()


def test_a_relative_import_is_seen():
    assert "helpers.show.svg" in imported_modules("from ..show import svg", package="helpers.tls")
    assert "helpers.tls.record" in imported_modules("from .record import x", package="helpers.tls")


def test_a_circle_is_seen():
    assert circles({"tls": {"conversation"}, "conversation": {"wire"}, "wire": {"tls"}}) == {
        "tls",
        "conversation",
        "wire",
    }
    assert not circles({"conversation": {"tls"}, "tls": {"wire"}})


def test_the_real_thing_never_leans_on_the_toy():
    leaning = {name for name in MODULES
               if unit_of_file(name) != "toy" and FLOORS[unit_of_file(name)] < 2
               and "toy" in used_units(name)}
    assert not leaning
