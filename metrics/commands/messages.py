"""The words around findings, and figures as they are written, in the reader's language."""

import pandas as pd

from metrics.intake.findings import Severity
from metrics.messages import Messages, messages

MARKS = ",."  # between thousands and before decimals, in English


def words(language: str) -> Messages:
    return messages(language, "commands")


def figure(value: float, language: str, form: str = ",.10g") -> str:
    if pd.isna(value):
        return "–"
    return f"{value:{form}}".translate(str.maketrans(MARKS, words(language)["figures"]["marks"]))


def counted(number: int, severity: Severity, language: str) -> str:
    return f"{number} {words(language)[severity]['one' if number == 1 else 'many']}"
