"""All texts for people, in every language: one YAML file per language.

`languages` lists the languages, English first; `messages` gives one section of a language's file,
in which English stands in for what is not translated.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import yaml
from babel import Locale

from metrics.core.errors import DefinitionError

ENGLISH = "en"
# The official languages of the Union, in which a definition may have a name.
OFFICIAL_LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip
# Of CLDR: a language may have forms that English has not.
PLURAL_CATEGORIES = {"zero", "one", "two", "few", "many", "other"}
MALTESE_ARTICLE = re.compile("^(i?l|i[dnrstxzżċ])-", re.IGNORECASE)

Messages = Mapping[str, Any]


def file_stems() -> list[str]:
    names = (path.name for path in files(__name__).iterdir())
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


@cache
def languages() -> tuple[str, ...]:
    """The official languages that have a file here."""
    found = {stem for stem in file_stems() if stem in OFFICIAL_LANGUAGES}
    return (ENGLISH, *sorted(found - {ENGLISH}))


@cache
def messages(language: str, section: str) -> Messages:
    """One section in a language, in English where the language has no text or a faulty one."""
    own = _file(language) if language in languages() else {}
    return _completed(own.get(section), _file(ENGLISH)[section])


def language_name(language: str) -> str:
    """The English name of a language: `Finnish`."""
    return Locale.parse(language).get_display_name(ENGLISH) or language


def country_names(territory: str) -> Iterator[str]:
    """The names of a territory of CLDR, such as `GR` or `001`, in the official languages.

    Maltese names are given with and without their article, which CLDR includes.
    """
    for language in OFFICIAL_LANGUAGES:
        name = Locale.parse(language).territories.get(territory, "")
        yield from filter(None, (name, MALTESE_ARTICLE.sub("", name) if language == "mt" else ""))


def month_names(language: str) -> Iterator[tuple[str, int]]:
    """The names of the months with their numbers: in full, shortened, alone, within a date."""
    months = Locale.parse(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from ((name, month) for month, name in months[context][width].items())


def plural_category(number: Decimal, language: str) -> str:
    """The CLDR plural category of a number as it is written: `one` for 1, `other` for 1.5."""
    return Locale.parse(language).plural_form(number)


def counted(number: int, forms: Mapping[str, str], language: str) -> str:
    """A number with its word in the plural form that the language has: `1 error`, `2 errors`."""
    return f"{number} {forms.get(plural_category(Decimal(number), language), forms['other'])}"


def plural_categories(language: str) -> frozenset[str]:
    """The plural categories of a language, except `other`, which every language has."""
    return frozenset(Locale.parse(language).plural_form.tags)


def readable(key: str) -> str:
    """`target_met` as `target met`: shown if a text is missing."""
    return key.replace("_", " ").replace(".", " ")


def check_messages() -> None:
    """Raise DefinitionError with every fault of a language's file, which English stands in for."""
    unknown = sorted(set(file_stems()) - set(OFFICIAL_LANGUAGES))
    wrong = [f"messages/{stem}.yaml: {stem!r} is no official language" for stem in unknown]
    for language in languages():
        try:
            own = _parsed(language)
        except yaml.YAMLError as error:
            wrong.append(f"messages/{language}.yaml is not YAML: {' '.join(str(error).split())}")
            continue
        faults = _faults(own, _file(ENGLISH), "")
        wrong += [f"messages/{language}.yaml: {fault}" for fault in faults]
    if wrong:
        raise DefinitionError("\n".join(wrong))


@cache
def _file(language: str) -> Messages:
    """The sections of a file; none if it cannot be read, unless it is the English one."""
    try:
        sections = _parsed(language)
    except yaml.YAMLError:
        if language == ENGLISH:
            raise
        sections = {}
    return sections if isinstance(sections, Mapping) else {}


def _parsed(language: str) -> Any:  # noqa: ANN401
    text = files(__name__).joinpath(f"{language}.yaml").read_text(encoding="utf-8-sig")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _completed(own: object, english: Messages) -> Messages:
    usable = dict(own) if isinstance(own, Mapping) else {}
    for key, text in english.items():
        if isinstance(text, Mapping):
            usable[key] = _completed(usable.get(key), text)
        elif key not in usable or _fault(usable[key], text):
            usable[key] = text
    return usable


def _faults(own: object, english: Messages, above: str) -> Iterator[str]:
    if not isinstance(own, Mapping):
        yield f"{above.rstrip('.') or 'the file'}: {own!r} must be keys with texts"
        return
    for key, text in own.items():
        expected, name = english.get(key, text), f"{above}{key}"
        if key not in english and str(key).rpartition(".")[2] not in PLURAL_CATEGORIES:
            yield f"{name}: there is no such text in English"
        elif isinstance(expected, Mapping):
            yield from _faults(text, expected, f"{name}.")
        elif fault := _fault(text, expected):
            yield f"{name}: {fault}"


def _fault(text: object, english: object) -> str:
    """Why a text cannot stand for the English one; empty if it can."""
    if not isinstance(text, str):
        return f"{text!r} is no text"
    try:
        unknown = _placeholders(text) - _placeholders(str(english))
    except ValueError as error:
        return f"{text!r}: {error}"
    return f"{text!r} has {sorted(unknown)}, which the English text has not" if unknown else ""


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
