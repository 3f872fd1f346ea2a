"""The known name written most like an unknown one: dear to find, so not sought without end."""

from collections.abc import Mapping
from difflib import get_close_matches

from metrics.catalogue.codelists import folded, spellings

# Each takes milliseconds. Beyond this many different texts a hint tells nobody anything.
MOST = 200
LONGEST = 80


class Hints:
    """Remembers what it has found: the same spelling mistake often stands in every row."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], str] = {}

    def among(self, text: str, names: Mapping[str, str]) -> str:
        """The code of the nearest of some folded names; empty when nothing is near."""
        key = (folded(text)[:LONGEST], id(names))
        if key not in self._found and len(self._found) < MOST:
            close = get_close_matches(key[0], names, n=1, cutoff=0.6)
            self._found[key] = names[close[0]] if close else ""
        return self._found.get(key, "")

    def of(self, text: str, name: str) -> str:
        """The nearest code of a code list."""
        return self.among(text, spellings(name))
