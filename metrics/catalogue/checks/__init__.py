"""Check the consistency of the definitions: one line per error, with file, field and value."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from metrics.catalogue.codelists import codelist, find_nearest_code
from metrics.core.nearest import nearest_name

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
                hint = suggest_correction(nearest_name(value, names), names)
                yield self.error(field, value, f"is not {what}; {hint}")

    def unlisted(self, field: str, codes: Iterable[str], name: str) -> Iterator[str]:
        """Codes that a code list lacks, with the code that has the nearest spelling."""
        known = [*codelist(name)]
        for code in codes:
            if code not in known:
                hint = suggest_correction(find_nearest_code(code, name), known)
                yield self.error(field, code, f"is not in codelists/{name}.csv; {hint}")

    def duplicates(self, field: str, values: Sequence[object]) -> Iterator[str]:
        for value in dict.fromkeys(value for value in values if values.count(value) > 1):
            yield self.error(field, value, "is written twice; once is enough")


def suggest_correction(near: str, known: Sequence[str]) -> str:
    """Suggest the name that was probably meant, or else list the known ones."""
    if near:
        return f"did you mean {near!r}?"
    return f"there are {', '.join(known[:MOST_LISTED])}{' …' if len(known) > MOST_LISTED else ''}"
