"""Code lists: one CSV file each, with the codes and their English names in display order.

Names in other languages are in `metrics/messages`, under `codelists/<list>/<code>`.
`spellings.yaml` adds what official statistics write for a code in each language. Names of
countries in all official languages come from CLDR.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from unicodedata import category, normalize

from metrics.core.discover import read_csv, read_yaml
from metrics.core.similar_names import nearest_name
from metrics.core.tables import TOTAL
from metrics.messages import ENGLISH, Message, country_names, languages, translated

SINGULAR = "en.one"  # the column of names beside one, in lists of what is counted
SPELLINGS, OFFICIAL_NAMES = "spellings.yaml", "official_names.yaml"
MISLEADING_LETTERS = "letters.yaml"
LETTERS_OF_WORD = re.compile(r"[^\W\d_]+")
LISTS_OF_COUNTRIES = ("area", "member_state", "partner")
# Territories of CLDR whose codes differ from those of the lists.
CLDR_TERRITORIES = {"EL": "GR", "EU27_2020": "EU", "W0": "001"}


@dataclass(frozen=True)
class Code:
    """A code with its names by language; `also` lists what people write instead (`GR` for `EL`)."""

    code: str
    names: Mapping[str, Message]
    also: tuple[str, ...] = ()

    @property
    def en(self) -> Message:
        return self.names[ENGLISH]

    def name(self, language: str = ENGLISH) -> Message:
        return (self.names.get(language) or self.en).marked()

    def name_beside(self, number: Decimal, language: str = ENGLISH) -> Message:
        """The name in the plural form that the language has beside a number: `1 person`."""
        return self.name(language).beside(number)

    @property
    def spellings(self) -> tuple[str, ...]:
        names = self.names.values()
        counted = (form for name in names for form in name.forms.values() if form != name)
        return (self.code, *names, *self.also, *counted)


@cache
def codelist(name: str) -> dict[str, Code]:
    """Each code of the list, in order. Every list for a breakdown includes the total."""
    return {
        row["code"]: Code(
            row["code"],
            names_of_row(row, name),
            (
                *filter(None, (row.get("also") or "").split("|")),
                *written_spellings(name, row["code"]),
            ),
        )
        for row in read_csv(__name__, f"{name}.csv")
    }


def names_of_row(row: Mapping[str, str], name: str) -> dict[str, Message]:
    """The names of a code in the languages that have one, with their plural forms."""
    one, other = row.get(SINGULAR), row[ENGLISH]
    english = [one, other] if one else other
    key = key_of_code(name, row["code"])
    found = {language: translated(key, english, language) for language in languages()}
    forms = {"one": one, "other": other} if one else other
    return {ENGLISH: Message(forms), **{language: text for language, text in found.items() if text}}


def key_of_code(name: str, code: str) -> str:
    """The key of the translations of a code's name."""
    return f"codelists/{name}/{code}"


def name_of_code(name: str, code: str, language: str) -> str:
    """The name of a code in a code list, or the code itself if it is not listed."""
    known = codelist(name).get(code)
    return known.name(language) if known else code


def written_spellings(name: str, code: str) -> tuple[str, ...]:
    """What official statistics write for a code in any language."""
    by_language = spellings_by_language().get(name, {}).get(code, {})
    return tuple(text for texts in by_language.values() for text in texts)


@cache
def spellings_by_language() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    """Spellings by code list, code and language."""
    return read_yaml(__name__, SPELLINGS)


@cache
def letters_by_language() -> Mapping[str, Mapping[str, list[Mapping[str, str]]]]:
    """How tables write codes as letters, where these mislead: by code list and language."""
    return read_yaml(__name__, MISLEADING_LETTERS)


@cache
def code_by_country_name(name: str) -> dict[str, str]:
    """Map the case-folded names of countries in all official languages to their codes."""
    if name not in LISTS_OF_COUNTRIES:
        return {}
    return {
        fold_spelling(country): code
        for code in codelist(name)
        for country in (
            *official_names(code),
            *country_names(CLDR_TERRITORIES.get(code, code)),
        )
    }


def official_names(code: str) -> tuple[str, ...]:
    """What a Member State is called beside its short names: `Slovak Republic`, in all languages."""
    by_language = official_names_by_language().get(code, {})
    return tuple(name for names in by_language.values() for name in names)


@cache
def official_names_by_language() -> Mapping[str, Mapping[str, list[str]]]:
    """The official names of the Member States by code and language."""
    return read_yaml(__name__, OFFICIAL_NAMES)


@cache
def code_by_spelling(name: str) -> dict[str, str]:
    """Map all spellings, case-folded, to the code: code, names, and aliases."""
    return {
        fold_spelling(spelling): code.code
        for code in codelist(name).values()
        for spelling in code.spellings
    } | {fold_spelling(TOTAL): TOTAL}


def fold_text(text: object) -> str:
    """Remove capitals and spaces; an accent stays with its letter, also on a Greek ΐ."""
    plain = " ".join(str(text).split()).casefold()
    return plain if plain.isascii() else normalize("NFC", plain)


def fold_spelling(text: object) -> str:
    """Remove differences in spelling: capitals, accents, widths, invisible characters.

    Capitals in Greek have no accents, and a Mac may write an accent apart from its letter.
    """
    plain = str(text)
    if not plain.isascii():
        plain = normalize("NFKD", plain).translate(WITHOUT_MARKS)
    return fold_text(plain)


def one_of(texts: Iterable[str]) -> str:
    """A pattern for any of the texts in a folded one; the longest that fits is found."""
    longest_first = sorted({*map(fold_spelling, texts)}, key=len, reverse=True)
    return "|".join(map(re.escape, longest_first))


class Unmarked(dict[int, int | None]):
    """Drops accents and invisible signs; looks each letter up in Unicode once."""

    def __missing__(self, letter: int) -> int | None:
        is_mark = category(chr(letter)) in {"Mn", "Cf"}
        return self.setdefault(letter, None if is_mark else letter)


WITHOUT_MARKS = Unmarked()


def find_code(typed: object, name: str) -> str | None:
    """The code with this spelling, or None if the list has none."""
    spelling = fold_spelling(typed)
    found = code_by_spelling(name).get(spelling)
    # CLDR takes half a second to load, so it is asked last.
    return found or code_by_country_name(name).get(spelling) if spelling else None


def names_another_code(text: str, name: str) -> bool:
    """Whether a text contradicts itself: `F – boys and men` has one code and names another."""
    first, _, rest = text.partition(" – ")
    code, named = find_code(first, name), find_code(rest, name)
    return code is not None and named is not None and code != named


def find_nearest_code(typed: object, name: str) -> str:
    """The code with the most similar spelling; empty if none is similar."""
    spellings = suggested_spellings(name)
    return spellings.get(nearest_name(fold_spelling(typed), spellings), "")


@cache
def suggested_spellings(name: str) -> Mapping[str, str]:
    """What may be suggested: `niños` is no slip for `niñas`, which a text in Spanish may mean."""
    return {
        fold_spelling(spelling): code.code
        for code in codelist(name).values()
        for spelling in (code.code, *code.names.values(), *code.also)
        if spelling not in written_spellings(name, code.code)
    }


@cache
def member_states() -> tuple[str, ...]:
    """The 27 in protocol order, from `membership.csv`."""
    return tuple(codelist("member_state"))
