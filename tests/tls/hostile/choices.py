"""Bytes as decisions: what hypothesis and atheris make up, read as the plan of an attack."""


class Choices:
    """Reads decisions from bytes; when none are left, every decision is the first one, which is
    always the honest one."""

    def __init__(self, data: bytes):
        self._data, self._at = data, 0

    def below(self, number: int) -> int:
        """0 to number - 1."""
        size = 1 if number <= 256 else 3
        return int.from_bytes(self.bytes(size)) % number if number > 1 else 0

    def of(self, things: list | tuple) -> object:
        return things[self.below(len(things))]

    def bytes(self, size: int) -> bytes:
        """So many; fewer at the end of the data."""
        found = self._data[self._at:self._at + size]
        self._at += size
        return found

    def blob(self, most: int) -> bytes:
        return self.bytes(self.below(most + 1))

    @property
    def more(self) -> bool:
        return self._at < len(self._data)
