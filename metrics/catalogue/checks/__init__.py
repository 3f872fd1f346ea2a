"""What contradicts in the catalogue: one line each, naming file, field and value."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

MANY = 12  # of a longer list only the nearest entry is named


@dataclass(frozen=True)
class DefinitionLocation:
    """A file that somebody wrote, and the part of it that is looked at."""

    file: str
    part: str = ""

    def within(self, part: str) -> "DefinitionLocation":
        return replace(self, part=f"{self.part}{part}.")

    def wrong(self, field: str, value: object, why: str) -> str:
        return f"{self.file}: {self.part}{field}: {value!r} {why}"

    def unknown(
        self, field: str, values: Iterable[str], known: Iterable[str], what: str
    ) -> Iterator[str]:
        names = list(known)
        for value in values:
            if value not in names:
                yield self.wrong(field, value, f"is not {what}; {suggest_correction(value, names)}")

    def twice(self, field: str, values: Sequence[object]) -> Iterator[str]:
        for value in dict.fromkeys(value for value in values if values.count(value) > 1):
            yield self.wrong(field, value, "is written twice; once is enough")


def suggest_correction(typed: str, known: Sequence[str]) -> str:
    """The name that was probably meant, else what there is."""
    if near := get_close_matches(typed, known, n=1):
        return f"did you mean {near[0]!r}?"
    return f"there are {', '.join(known[:MANY])}{' …' if len(known) > MANY else ''}"
