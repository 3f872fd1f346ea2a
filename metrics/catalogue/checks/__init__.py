"""Check the consistency of the definitions: one line per error, with file, field and value."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

MOST_LISTED = 12  # for a longer list only the nearest entry is suggested


@dataclass(frozen=True)
class DefinitionLocation:
    """A file of definitions, and the part of it that is being checked."""

    file: str
    part: str = ""

    def within(self, part: str) -> "DefinitionLocation":
        return replace(self, part=f"{self.part}{part}.")

    def error(self, field: str, value: object, why: str) -> str:
        return f"{self.file}: {self.part}{field}: {value!r} {why}"

    def unknown(
        self, field: str, values: Iterable[str], known: Iterable[str], what: str
    ) -> Iterator[str]:
        names = list(known)
        for value in values:
            if value not in names:
                yield self.error(field, value, f"is not {what}; {suggest_correction(value, names)}")

    def duplicates(self, field: str, values: Sequence[object]) -> Iterator[str]:
        for value in dict.fromkeys(value for value in values if values.count(value) > 1):
            yield self.error(field, value, "is written twice; once is enough")


def suggest_correction(typed: str, known: Sequence[str]) -> str:
    """Suggest the name that was probably meant, or else list the known ones."""
    if near := get_close_matches(typed, known, n=1):
        return f"did you mean {near[0]!r}?"
    return f"there are {', '.join(known[:MOST_LISTED])}{' …' if len(known) > MOST_LISTED else ''}"
