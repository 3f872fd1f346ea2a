"""All texts for people, in every language: one YAML file per language.

`languages` lists the languages, English first; `messages` gives one section of a language's file,
in which English stands in for what is not translated.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale

ENGLISH = "en"
# The official languages of the Union, in which a definition may have a name.
OFFICIAL_LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
    "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip

Messages = Mapping[str, Any]


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file here."""
    names = (path.name for path in files(__name__).iterdir())
    found = {name.removesuffix(".yaml") for name in names if name.endswith(".yaml")}
    return (ENGLISH, *sorted(found - {ENGLISH}))


@cache
def messages(language: str, section: str) -> Messages:
    """One section in a language; an unknown language is answered in English."""
    english = _file(ENGLISH)[section]
    own = _file(language).get(section, {}) if language in languages() else {}
    return _completed(own, english)


def language_name(language: str) -> str:
    """The English name of a language: `Finnish`."""
    return Locale.parse(language).get_display_name(ENGLISH) or language


def readable(key: str) -> str:
    """`target_met` as `target met`: shown if a text is missing."""
    return key.replace("_", " ").replace(".", " ")


@cache
def _file(language: str) -> Messages:
    text = files(__name__).joinpath(f"{language}.yaml").read_text(encoding="utf-8-sig")
    sections: Messages = yaml.load(text, Loader=yaml.CSafeLoader) or {}
    return sections


def _completed(own: Messages, english: Messages) -> Messages:
    nested = {key: text for key, text in english.items() if isinstance(text, Mapping)}
    return {**english, **own} | {key: _completed(own.get(key, {}), nested[key]) for key in nested}
