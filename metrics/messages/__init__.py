"""All texts for people, in every language: one PO file per language.

`languages` lists the languages, English first; `messages` gives one section of the texts in a
language, in English where a text is not translated. `en.po` holds the English texts.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache, reduce
from typing import TYPE_CHECKING, Any, Self
from warnings import warn

from babel import Locale

from metrics.messages.compiled import po_stems, text_table
from metrics.messages.language_marks import are_marks_written, cache_texts, marked

if TYPE_CHECKING:
    from metrics.messages.po_files import Forms

ENGLISH = "en"
# The official languages of the Union, in which a definition may have a name.
OFFICIAL_LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip
MALTESE_ARTICLE = re.compile("^(i?l|i[dnrstxzżċ])-", re.IGNORECASE)

Messages = Mapping[str, Any]


class Message(str):
    """A text with its language and its plural forms; used alone, it is the plural."""

    __slots__ = ("forms", "language")
    forms: Mapping[str, str]
    language: str

    def __new__(cls, forms: "Forms", language: str = ENGLISH) -> Self:
        plural = {"other": forms} if isinstance(forms, str) else forms
        text = super().__new__(cls, plural["other"])
        text.forms, text.language = plural, language
        return text

    def beside(self, number: Decimal | int) -> Self:
        """The form for a number."""
        category = plural_category(Decimal(number), self.language)
        return type(self)(self.forms.get(category, str(self)), self.language)

    def marked(self) -> Self:
        """The text with its language marked, while marks are written."""
        if not are_marks_written():
            return self
        forms = {form: marked(text, self.language) for form, text in self.forms.items()}
        return type(self)(forms, self.language)

    def filled(self, **values: object) -> Self:
        """The text with values in place of its placeholders; one without a value stays."""
        if "{" not in self and "}" not in self:
            return self
        return type(self)(self.format_map(_OpenPlaceholders(values)), self.language)

    def format(self, *_: object, **values: object) -> str:
        """As `filled`: placeholders are names, and a wrong one must not break a page."""
        return str(self.filled(**values))


class _OpenPlaceholders(dict[str, object]):
    """Values by name. A wrong name in an English text must not break the page that shows it."""

    def __missing__(self, name: str) -> "_OpenPlaceholder":
        warn(f"nothing has a value for the placeholder {{{name}}} of a text", stacklevel=3)
        return _OpenPlaceholder(name)


class _OpenPlaceholder(str):
    __slots__ = ()

    def __format__(self, _spec: str) -> str:
        return "{" + self + "}"


@cache
def language_of_most_texts(language: str) -> str:
    """The language itself, or English while fewer than half of its texts are translated."""
    english = text_table(ENGLISH)
    translated = english if language == ENGLISH else text_table(language)
    return language if 2 * len(english.keys() & translated.keys()) >= len(english) else ENGLISH


@cache
def languages() -> tuple[str, ...]:
    """The official languages that have a file here."""
    found = {stem for stem in po_stems() if stem in OFFICIAL_LANGUAGES}
    return (ENGLISH, *sorted(found - {ENGLISH}))


@cache_texts()
def messages(language: str, section: str) -> Messages:
    """One section in a language, in English where the language has no text or a faulty one."""
    found: dict[str, Any] = {}
    spoken = language if language in languages() else ENGLISH
    for key, (english, forms) in text_table(ENGLISH).items():
        top, *path, name = key.split("/")
        if top == section:
            part = reduce(lambda part, name: part.setdefault(name, {}), path, found)
            part[name] = (translated(key, english, spoken) or Message(forms)).marked()
    return found


def translated(key: str, english: str | list[str], language: str) -> Message | None:
    """The translation of an English text into a language; None if there is none."""
    found = text_table(language).get(key) if language in languages() else None
    return Message(found[1], language) if found and found[0] == english else None


def language_name(language: str, reader: str = ENGLISH) -> str:
    """The name of a language in that of the reader: `Finnish`, `suomi`."""
    return Locale.parse(language).get_display_name(reader) or language


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
    return _category_as_written(str(number), language)


@lru_cache(maxsize=4096)
def _category_as_written(number: str, language: str) -> str:
    return Locale.parse(language).plural_form(Decimal(number))


def counted(number: int, word: Message) -> str:
    """A number with its word in the plural form that the language has: `1 error`, `2 errors`."""
    return f"{number} {word.beside(number)}"


def readable(key: str) -> str:
    """`target_met` as `target met`: shown if a text is missing."""
    return key.replace("_", " ").replace(".", " ")
