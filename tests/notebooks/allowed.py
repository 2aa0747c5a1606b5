"""Exceptions to the rules for notebooks, each with its reason. Aim: empty."""

# Cells whose output is not compared: {(file name, cell id): reason}. At most three in the course.
IGNORED_OUTPUTS: dict[tuple[str, str], str] = {}

# Mutants of a solution that rightly pass: {(slug, mutant's label): why it is the same answer}.
SURVIVING_MUTANTS: dict[tuple[str, str], str] = {}
