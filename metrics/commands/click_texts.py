"""Translate the messages of click itself into the reader's language.

click ships no translations. It looks each of its messages up by its English text, in `gettext`;
here they are looked up among our messages, under `commands/click`.
"""

from collections.abc import Mapping
from functools import cache

import click
from click import core, exceptions, formatting, parser, termui, types

from metrics.commands import command_texts, spoken_language
from metrics.messages import ENGLISH, Message

SPEAKING = (core, exceptions, formatting, parser, termui, types)
ONE = "one"


def translate_click() -> None:
    """Replace the functions by which the modules of click look up their messages."""
    for module in SPEAKING:
        vars(module).update(_=translate, ngettext=translate_counted)


def translate(english: str) -> str:
    return _texts_by_english(spoken_language()).get(english, english)


def translate_counted(one: str, many: str, number: int) -> str:
    found = _texts_by_english(spoken_language()).get(one)
    return str(found.beside(number)) if found else (one if number == 1 else many)


@cache
def _texts_by_english(language: str) -> Mapping[str, Message]:
    texts = command_texts(language)["click"]
    english: Mapping[str, Message] = command_texts(ENGLISH)["click"]
    return {text.forms.get(ONE, str(text)): texts[key] for key, text in english.items()}


def confirm(question: str, language: str) -> None:
    """Ask, and stop the command unless the answer is yes in the language of the question."""
    texts = command_texts(language)["confirm"]
    choice = f"[{texts['yes']}/{texts['no']}]"
    typed = click.prompt(f"{question} {choice}", default=texts["no"], show_default=False, err=True)
    if not texts["yes"].startswith(typed.strip().casefold()):
        raise click.Abort
