"""Search all texts of a workbook for a pattern, and locate the texts that match.

All distinct texts, in their plain form, are joined into one, so that one call finds those that may
match, and a text in a thousand cells is searched once. Each of these is then searched alone, so
that no pattern looks across two texts. Only texts that match are located.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, chain, repeat

import pandas as pd

from metrics.catalogue.codelists import LETTERS_OF_WORD
from metrics.core.cells import cell_address
from metrics.intake.findings import ValidationContext
from metrics.intake.rules import remember_result
from metrics.intake.rules.identifying.normalisation import normalise_text
from metrics.intake.workbook import NonValue, Sheet, TextFragment, Workbook

SEPARATOR = "\0"  # occurs in no text in its plain form
# Layout codes within headers and footers: sections, fonts, sizes.
HEADER_CODE = re.compile(r'&(?:"[^"&]{0,60}"|\d{1,3}|[A-Za-z&])')
WITHOUT_BRACKETS = str.maketrans("", "", "[]")
# With fewer digits a number identifies nobody; with more a float is not exact.
LONG_NUMBER = (10**8, 10**15)
SUFFIX = re.compile(r"\.(?:xls[xm]?|ods|csv|tsv|txt)$", re.IGNORECASE)
PLACE_COLUMNS = ["sheet", "cell", "where"]
# Properties that programs write: the author, and sensitivity labels, which contain identifiers of
# the organisation.
WRITTEN_BY_PROGRAM = re.compile(
    r"creator|lastModifiedBy|_Author\w*|_Email\w*|_AdHoc\w*|MSIP_Label_.*|ContentTypeId|_dlc_DocId.*"
)

REFERENCES = ("reference", "source", "address")
WEB_ADDRESS = re.compile(r"https?://\S+")
# A reference to a publication may be a web address, but not of a person's page.
PERSONAL_PAGE = re.compile(
    r"[\w.+-]@[\w-]{1,63}\.\w"
    r"|/(?:user|users|profile|profiles|member|members|people|u|channel|~\w+|@\w+)(?:/|\?|$)"
    r"|[?&](?:user|uid|user[ _]?id|profile|email|e-?mail|name|phone)="
    r"|//(?:www\.|m\.)?(?:facebook|instagram|tiktok|t|telegram|vk|snapchat|discord)\.\w+/",
    re.IGNORECASE,
)

TextPlace = tuple[str, str, str]  # sheet, cell, and what it is of: "cell", "comment" …
TextFilter = Callable[[str], bool]
MatchFilter = Callable[[re.Match[str]], bool]


@dataclass(frozen=True)
class Vocabulary:
    """The words of all texts of a workbook, so that what they lack is not searched for."""

    words: frozenset[str]

    @cached_property
    def lowered(self) -> frozenset[str]:
        return frozenset(map(str.lower, self.words))

    def may_have(self, phrase: str) -> bool:
        """Whether each word of a phrase occurs, in whatever case and text."""
        return self.lowered.issuperset(LETTERS_OF_WORD.findall(phrase.lower()))


@dataclass(frozen=True)
class Texts:
    """The distinct texts in their plain form, joined, and the position at which each begins."""

    distinct: tuple[str, ...]
    joined: str
    starts: tuple[int, ...]
    plain_forms: Mapping[str, str]  # of the texts that were typed otherwise
    vocabulary: Vocabulary

    def with_match(
        self, pattern: re.Pattern[str], genuine: MatchFilter, possible: TextFilter = bool
    ) -> set[str]:
        """The texts of which a match, in the text alone, is genuine.

        `possible` is a quick look at what matched, where that is enough to rule a match out.
        """
        return with_genuine_match(self._near_match(pattern, possible), pattern, genuine)

    def match_starts(self, pattern: re.Pattern[str]) -> list[int]:
        """The positions in the joined texts at which a match begins."""
        return [match.start() for match in pattern.finditer(self.joined)]

    def starts_of(self, pattern: re.Pattern[str], positions: Iterable[int]) -> list[int]:
        """Those of the positions at which a match begins."""
        matches = map(pattern.match, repeat(self.joined), positions)
        return [match.start() for match in matches if match]

    def find_at(
        self, positions: Iterable[int], pattern: re.Pattern[str]
    ) -> Iterator[tuple[str, str]]:
        """The text and what matches in it, of matches at positions; none crosses a separator."""
        for match in filter(None, map(pattern.match, repeat(self.joined), positions)):
            yield self._text_at(match.start()), match[0]

    def matches_at(
        self, positions: Iterable[int], pattern: re.Pattern[str]
    ) -> Iterator[re.Match[str]]:
        """The matches at positions of the joined texts, each in its text alone."""
        for position in self.starts_of(pattern, positions):
            number = self._number_at(position)
            match = pattern.match(self.distinct[number], position - self.starts[number])
            yield from [match] if match else []

    def _near_match(self, pattern: re.Pattern[str], possible: TextFilter) -> set[str]:
        """Every text that a possible match in the joined texts touches."""
        near: set[str] = set()
        for match in pattern.finditer(self.joined):
            if SEPARATOR in match[0] or possible(match[0]):
                first = bisect_right(self.starts, match.start()) - 1
                near.update(self.distinct[first : bisect_right(self.starts, match.end())])
        return near

    def only(self, pattern: re.Pattern[str]) -> "Texts":
        """The texts that match the pattern: others need not be searched again."""
        return self._these(self.with_match(pattern, accept_any))

    def without(self, texts: Collection[str]) -> "Texts":
        """The other texts."""
        return self._these({*self.distinct} - {*texts}) if texts else self

    def with_words(self, words: Iterable[str]) -> "Texts":
        """The texts with any of the words; words that occur nowhere cost next to nothing."""
        present = sorted(filter(self.vocabulary.may_have, words), key=len, reverse=True)
        if not present:
            return self._these(())
        alternatives = "|".join(map(re.escape, present))
        pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
        positions = self.match_starts(pattern)  # no word crosses a separator
        return self._these({self._text_at(position) for position in positions})

    def _text_at(self, position: int) -> str:
        return self.distinct[self._number_at(position)]

    def _number_at(self, position: int) -> int:
        return bisect_right(self.starts, position) - 1

    def _these(self, texts: Iterable[str]) -> "Texts":
        return join_texts(texts, self.plain_forms, self.vocabulary)

    def plain(self, text: str) -> str:
        return self.plain_forms.get(text, text)


def with_genuine_match(
    texts: Iterable[str], pattern: re.Pattern[str], genuine: MatchFilter
) -> set[str]:
    return {text for text in texts if any(map(genuine, pattern.finditer(text)))}


@remember_result
def workbook_texts(workbook: Workbook) -> Texts:
    typed = _distinct_texts(workbook)
    forms = {text: normalise_text(text) for text in typed}
    forms |= {
        fragment.text: normalise_text(HEADER_CODE.sub(" ", fragment.text))
        for fragment in workbook.text_fragments
        if fragment.kind == "header"
    }
    plain = set(forms.values())
    words = Vocabulary(frozenset(LETTERS_OF_WORD.findall(SEPARATOR.join(plain))))
    return join_texts(plain, {text: form for text, form in forms.items() if text != form}, words)


def _distinct_texts(workbook: Workbook) -> set[str]:
    distinct = {file_stem(workbook), *(sheet.name for sheet in workbook.sheets)}
    for fragment in workbook.text_fragments:
        distinct |= {fragment.text, fragment.cell}
    for sheet in workbook.sheets:
        distinct.update(filter(None, map(searchable_text, distinct_cells(sheet))))
    return distinct


def distinct_cells(sheet: Sheet) -> set[object]:
    """What the cells of a sheet hold, each once: a million cells often hold a few thousand texts.

    Of values that are equal, such as 1 and TRUE, one stands for both.
    """
    return set(chain.from_iterable(filter(any, sheet.rows)))


def file_stem(workbook: Workbook) -> str:
    """The name of the file, which is stored with it, without the ending."""
    return SUFFIX.sub("", workbook.file)


def join_texts(
    distinct: Iterable[str], plain_forms: Mapping[str, str], vocabulary: Vocabulary
) -> Texts:
    ordered = tuple(sorted(distinct))
    starts = (0, *accumulate(len(text) + 1 for text in ordered))
    return Texts(ordered, SEPARATOR.join(ordered), starts, plain_forms, vocabulary)


def searchable_text(value: object) -> str:
    """A text, a formula, or an integer long enough to identify somebody; `""` for other cells."""
    if type(value) is str:
        return value
    if type(value) is NonValue:
        return value.text.translate(WITHOUT_BRACKETS) if value.what == "marked" else value.text
    # Not `in range(…)`, which is slow for a float.
    if type(value) is float and value.is_integer() and LONG_NUMBER[0] <= value < LONG_NUMBER[1]:
        return str(int(value))
    return ""


def accept_any(_match: re.Match[str]) -> bool:
    return True


def find_matches(
    context: ValidationContext, pattern: re.Pattern[str], genuine: MatchFilter = accept_any
) -> pd.DataFrame:
    """Locate every text that matches, except values that were asked for."""
    return locate_texts(
        context, workbook_texts(context.reading.workbook).with_match(pattern, genuine)
    )


def place_table(places: Iterable[TextPlace]) -> pd.DataFrame:
    found = sorted(set(places))
    return pd.DataFrame(found, columns=PLACE_COLUMNS, dtype="str") if found else no_places()


@cache
def no_places() -> pd.DataFrame:
    """The table of no place, made once: most rules find nothing in most files."""
    return pd.DataFrame([], columns=PLACE_COLUMNS, dtype="str")


def locate_texts(context: ValidationContext, texts: Collection[str]) -> pd.DataFrame:
    """Every place of any of the texts."""
    return locate_with_text(context, texts)[PLACE_COLUMNS] if texts else no_places()


def locate_with_text(context: ValidationContext, texts: Collection[str]) -> pd.DataFrame:
    """As `locate_texts`, with the text itself, which findings must not repeat."""
    texts = set(texts) - publication_addresses(context) if texts else texts
    places = list(_text_places(context, texts)) if texts else []
    return pd.DataFrame(places, columns=[*PLACE_COLUMNS, "text"], dtype="str")


def _text_places(
    context: ValidationContext, texts: Collection[str]
) -> Iterator[tuple[str, str, str, str]]:
    workbook = context.reading.workbook
    plain = workbook_texts(workbook).plain
    if (stem := plain(file_stem(workbook))) in texts:
        yield "", "", "file", stem
    for number, sheet in enumerate(workbook.sheets, 1):
        if plain(sheet.name) in texts:
            yield f"#{number}", "", "sheet", plain(sheet.name)
    counts = value_cells(context)
    for sheet in workbook.sheets:
        for cell, text in _matching_cells(sheet, texts, plain):
            if (sheet.name, cell) not in counts:
                yield sheet.name, cell, "cell", text
    for fragment in filter(is_written_by_person, workbook.text_fragments):
        is_property = fragment.kind == "property"
        for text in {fragment.text, fragment.cell} if is_property else {fragment.text}:
            if plain(text) in texts:
                # A property's name takes the place of the cell.
                cell = "" if is_property else fragment.cell
                yield fragment.sheet, cell, fragment.kind, plain(text)


def _matching_cells(
    sheet: Sheet, texts: Collection[str], plain: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if (text := searchable_text(value)) and (form := plain(text)) in texts:
                yield cell_address(row, column), form


def is_written_by_person(snippet: TextFragment) -> bool:
    """Whether a person wrote it: neither the program, nor a repeated sheet name."""
    by_program = snippet.kind == "property" and WRITTEN_BY_PROGRAM.fullmatch(snippet.cell)
    return not by_program and not (snippet.kind == "name" and snippet.text == snippet.sheet)


def publication_addresses(context: ValidationContext) -> set[str]:
    """Web addresses in the columns for references: their numbers identify pages."""
    cells = context.reading.observations
    texts = {text for name in REFERENCES for text in cells[name].unique()}
    return {
        normalise_text(text)
        for text in texts
        if WEB_ADDRESS.fullmatch(text) and not PERSONAL_PAGE.search(text)
    }


def value_cells(context: ValidationContext) -> set[tuple[str, str]]:
    """Cells with a number where one was asked for: such a count is never suspected."""
    cells = context.reading.observations
    cells = cells[cells["form"].isin(["number", "percent"])]
    return set(zip(cells["sheet"], cells["cell"], strict=True))
