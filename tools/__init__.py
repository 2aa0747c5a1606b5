"""Commands for contributors: `python -m tools.NAME`, run from the root of the project."""
