"""Texts and numbers of the command line in the reader's language."""

import pandas as pd

from metrics.intake.findings import Severity
from metrics.messages import Messages, messages

ENGLISH_MARKS = ",."  # the separators of English number formats


def command_texts(language: str) -> Messages:
    return messages(language, "commands")


def format_figure(value: float, language: str, form: str = ",.10g") -> str:
    if pd.isna(value):
        return "–"
    return f"{value:{form}}".translate(
        str.maketrans(ENGLISH_MARKS, command_texts(language)["figures"]["marks"])
    )


def format_count(number: int, severity: Severity, language: str) -> str:
    return f"{number} {command_texts(language)[severity]['one' if number == 1 else 'many']}"
