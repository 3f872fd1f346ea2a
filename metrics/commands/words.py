"""The words around findings, and figures as they are written, in the reader's language."""

from functools import cache
from importlib.resources import files

import pandas as pd
import yaml

from metrics.intake.findings import Severity
from metrics.intake.templates import Sections, languages

MARKS = ",."  # between thousands and before decimals, in English


@cache
def words(language: str) -> Sections:
    known = language if language in languages() else "en"
    text = files("metrics.commands").joinpath("texts", f"{known}.yaml").read_text(encoding="utf-8")
    found: Sections = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def figure(value: float, language: str, form: str = ",.10g") -> str:
    if pd.isna(value):
        return "–"
    return f"{value:{form}}".translate(str.maketrans(MARKS, words(language)["figures"]["marks"]))


def counted(number: int, severity: Severity, language: str) -> str:
    return f"{number} {words(language)[severity]['one' if number == 1 else 'many']}"
