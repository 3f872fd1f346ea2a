"""Find letters that are codes of ours, but other ones in the language of their heading.

Under `Sexo`, M may be `mujeres`: it is taken for boys and men only if the other letters of the
column show that our codes are meant.
"""

from collections.abc import Collection, Iterator, Mapping

from metrics.catalogue.codelists import find_code, fold_spelling, letters_by_language
from metrics.intake.reading.headings import PUNCTUATION, heading_parts
from metrics.intake.templates import words_by_language
from metrics.messages import ENGLISH


def doubtful_letters(by: str, role: str, heading: str, texts: Collection[str]) -> dict[str, str]:
    """The texts of a column that are such letters, each with the code of the other meaning."""
    by_language = letters_by_language().get(by)
    if not by_language:
        return {}
    distinct = {*texts}
    named = {text.rpartition(":")[0] for text in distinct if ":" in text} or {heading}
    parts = frozenset(part for name in named for part in heading_parts(name))
    languages = {*_find_languages(parts, by, role)}
    ways = [way for language in languages for way in by_language.get(language, ())]
    if ENGLISH in languages or not ways:
        return {}
    letters = {text: _letter(text) for text in distinct}
    written = {letter for letter in letters.values() if letter}
    fitting = [way for way in ways if written <= way.keys()]
    return {
        text: other
        for text, letter in letters.items()
        if letter and (other := _other_meaning(letter, by, fitting))
    }


def _letter(text: str) -> str:
    """The letter that a text consists of, with the name of a breakdown before it: `Sexo: M`."""
    letter = text.rpartition(":")[2].strip(PUNCTUATION).upper()
    return letter if len(letter) == 1 and letter.isalpha() else ""


def _other_meaning(letter: str, by: str, ways: Collection[Mapping[str, str]]) -> str:
    """The code that a letter stands for in one of the ways of writing, if ours is another one."""
    own = find_code(letter, by)
    others = (way[letter] for way in ways if way[letter] != own)
    return next(others, "") if own else ""


def _find_languages(parts: frozenset[str], by: str, role: str) -> Iterator[str]:
    """The languages in which a heading names the breakdown, or its column."""
    of_columns = words_by_language("observations").get(role, {})
    for words in (words_by_language("dimensions").get(by, {}), of_columns):
        for language, spoken in words.items():
            if parts & {*map(fold_spelling, spoken)}:
                yield language
