"""Check the consistency of the definitions: one fault per error, with file, field and value."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from metrics.catalogue.codelists import codelist, find_nearest_code
from metrics.core.errors import KeyedText, fault_at, quoted
from metrics.core.similar_names import nearest_name

MOST_LISTED = 12  # for a longer list only the nearest entry is suggested


@dataclass(frozen=True)
class DefinitionLocation:
    """A file of definitions, and the part of it that is being checked."""

    file: str
    part: str = ""

    def within(self, part: str) -> "DefinitionLocation":
        return replace(self, part=f"{self.part}{part}.")

    def error(self, field: str, value: object, why: KeyedText) -> KeyedText:
        where = f"{self.file}: {self.part}{field}"
        return KeyedText.filled("definition_value", place=where, value=quoted(value), why=why)

    def unknown(
        self, field: str, values: Iterable[str], known: Iterable[str], kind: KeyedText
    ) -> Iterator[KeyedText]:
        """Values that are none of the known ones; `kind` says what they should be."""
        names = list(known)
        for value in values:
            if value not in names:
                fault = suggest_correction(kind, value, nearest_name(value, names), names)
                yield fault_at(f"{self.file}: {self.part}{field}", fault)

    def unlisted(self, field: str, codes: Iterable[str], name: str) -> Iterator[KeyedText]:
        """Codes that a code list lacks, with the code that has the nearest spelling."""
        known, kind = [*codelist(name)], KeyedText.filled("in_code_list", list=name)
        for code in codes:
            if code not in known:
                fault = suggest_correction(kind, code, find_nearest_code(code, name), known)
                yield fault_at(f"{self.file}: {self.part}{field}", fault)

    def duplicates(self, field: str, values: Sequence[object]) -> Iterator[KeyedText]:
        for value in dict.fromkeys(value for value in values if values.count(value) > 1):
            yield self.error(field, value, KeyedText("fault_written_twice"))


def suggest_correction(kind: KeyedText, typed: str, near: str, known: Sequence[str]) -> KeyedText:
    """Suggest the name that was probably meant, or else list the known ones."""
    if near:
        return KeyedText.filled("unknown_name", name=typed, kind=kind, meant=near)
    if not known:
        return KeyedText.filled("unknown_of_none", name=typed, kind=kind)
    listed = ", ".join(known[:MOST_LISTED]) + (" …" if len(known) > MOST_LISTED else "")
    return KeyedText.filled("unknown_of", name=typed, kind=kind, known=listed)
