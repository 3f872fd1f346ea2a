"""The filters and the order of the table of all figures: what a release has."""

from dashboard.addresses.alternatives import breakdown_name
from dashboard.context import PageContext
from dashboard.released.explored_figures import (
    REVERSED,
    SORTED_BY,
    WITH_VALUE,
    code_in_words,
    dimensions_of,
    figures_of,
)

# Parameter of the address → column of the table.
COLUMN_OF_CHOICE = {
    "indicator": "indicator",
    "period": "period",
    "measure": "component",
    "flag": "flag",
}


def figure_choices(context: PageContext) -> dict[str, dict[str, str]]:
    """Parameter → what can be chosen, with its name; nothing chosen comes first."""
    text, release = context.text, context.release
    if release is None:
        return {}
    figures, goals = figures_of(release), context.definitions.goals
    listed = {
        name: {code: code_in_words(column, code, text) for code in figures[column].cat.categories}
        for name, column in COLUMN_OF_CHOICE.items()
    }
    named = {code: f"{code} {goal.name(context.language)}" for code, goal in goals.items()}
    choices = {
        "goal": named,
        "indicator": listed["indicator"],
        "measure": listed["measure"],
        "breakdown": {by: breakdown_name(by, text) for by in dimensions_of(figures)},
        "period": listed["period"],
        "flag": {WITH_VALUE: text("explore.with_value")} | listed["flag"],
        "sort": {sign + column: column for column in SORTED_BY for sign in ("", REVERSED)},
    }
    return {name: {"": text("explore.all")} | options for name, options in choices.items()}
