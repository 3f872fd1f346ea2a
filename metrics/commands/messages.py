"""Texts of the command line and numbers, in the reader's language."""

import pandas as pd

from metrics.intake.findings import Severity
from metrics.messages import Messages, messages

ENGLISH_MARKS = ",."  # between thousands and before decimals, in English


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
