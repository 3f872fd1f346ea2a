"""That no Member State has a figure of a series, or that States have figures of its parts alone."""

from collections.abc import Mapping

from dashboard.addresses.alternatives import breakdown_name
from dashboard.addresses.selection import Selection
from dashboard.wording.goal_finding import in_sentence
from metrics.core.series import format_dimensions


def no_figures_of_states(selection: Selection) -> str:
    """`This series has no total for Member States; its figures by offence: a; b.`"""
    text, parts = selection.text, selection.parts_in_states
    if parts:
        names = text.listed(name_of_part(codes, selection) for codes in parts)
        return f"{without_total(selection)} {names}."
    if selection.period:
        return text("goal.no_states_until", period=text.period(selection.period))
    return text("goal.no_states")


def without_total(selection: Selection) -> str:
    """The words before the names of the parts."""
    dimensions = format_dimensions(codes_of_part(selection.parts_in_states[0], selection))
    by = in_sentence(breakdown_name(dimensions, selection.text))
    return selection.text("goal.states_without_total", by=by)


def name_of_part(codes: Mapping[str, str], selection: Selection) -> str:
    """What tells the part from the others: `hosted abroad`."""
    own, text = codes_of_part(codes, selection), selection.text
    return ", ".join(text.code(by, code) for by, code in own.items())


def codes_of_part(codes: Mapping[str, str], selection: Selection) -> dict[str, str]:
    """Those beyond the codes of the series itself."""
    shared = selection.series.codes if selection.series else {}
    return {by: code for by, code in codes.items() if by not in shared}
