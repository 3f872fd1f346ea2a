"""The result of a search by a rule as rows of a file, with codes and exact figures."""

import pandas as pd

from dashboard.addresses.alternatives import UnavailableError, offers_of_indicator
from dashboard.contents.rule_search import AreaFound, SearchOutcome, search_areas
from dashboard.contents.search_in_words import refused_in_words
from dashboard.contents.searched_figures import UsedFigure, unit_of_measure
from dashboard.context import PageContext
from dashboard.texts import Text
from metrics.core.series import format_codes


def search_rows(context: PageContext) -> pd.DataFrame:
    """The result as a file has it: a row for each area and year of the rule."""
    result = search_areas(context)
    if result.refused:
        offers = offers_of_indicator(result.series.indicator, context)
        raise UnavailableError(refused_in_words(result, "find.not_measured"), offers)
    rule, text = result.rule, context.text
    rows = [
        {
            "collection": context.collection.code,
            "release": context.release_label,
            "outcome": str(found.outcome),
            "indicator": rule.parsed.indicator,
            "area": found.area,
            "area_name": text.code("area", found.area),
            "series": format_codes(rule.parsed.codes),
            "period": figure.period,
            "measure": str(rule.measure),
            "measured": figure.value,
            "measured_unit": unit_of_measure(rule.measure, found.series),
            "limit": figure.limit,
            "observation_status": status_of_figure(found, figure.period),
            "status": figure.status,
            "relation": str(rule.relation),
            "threshold": rule.threshold,
            "holds": "" if figure.holds is None else str(figure.holds).lower(),
            "why": why_in_words(figure, text),
            "note": note_in_words(figure, text),
        }
        for outcome in SearchOutcome
        for found in result.with_outcome(outcome)
        for figure in found.used
    ]
    return pd.DataFrame(rows)


def status_of_figure(found: AreaFound, period: str) -> str:
    """The observation status of the figure of a year."""
    return str((found.figures.get(period) or {}).get("observation_status") or "")


def why_in_words(figure: UsedFigure, text: Text) -> str:
    """`2024: not available`; empty where the rule could be computed."""
    return f"{figure.why_period}: {text(figure.why)}" if figure.why else ""


def note_in_words(figure: UsedFigure, text: Text) -> str:
    """Why a change counts as none, whatever number was released."""
    return text(figure.no_change) if figure.no_change else ""
