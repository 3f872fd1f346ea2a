"""Suggest the known name nearest to an unknown one, for a limited number of texts."""

from collections.abc import Mapping

from metrics.catalogue.codelists import code_by_spelling, fold_spelling
from metrics.core.nearest import nearest_name

# Each takes milliseconds, and more suggestions than this help nobody.
MOST_SUGGESTIONS = 200
LONGEST_UNKNOWN = 80


class Suggestions:
    """Remembers its results: the same spelling mistake often occurs in every row."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], str] = {}

    def nearest(self, text: str, names: Mapping[str, str]) -> str:
        """The code of the nearest case-folded name; empty if none is near."""
        key = (fold_spelling(text)[:LONGEST_UNKNOWN], id(names))
        if key not in self._found and len(self._found) < MOST_SUGGESTIONS:
            self._found[key] = names.get(nearest_name(key[0], names), "")
        return self._found.get(key, "")

    def nearest_code(self, text: str, codelist: str) -> str:
        return self.nearest(text, code_by_spelling(codelist))
