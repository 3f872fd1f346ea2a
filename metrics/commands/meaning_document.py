"""What a rise of every indicator means and what goals are assessed by, as a Markdown document."""

from collections.abc import Iterator, Mapping

from metrics.catalogue.definitions.catalogue import Catalogue
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import ASSESSED, Indicator, Measure
from metrics.commands.catalogue_document import markdown_table
from metrics.core.series import format_series

PAGE_HEAD = """# What a rise means

This page says what each indicator measures, and why. Where a rise is no progress, it names the
series that is assessed instead. The last table gives the headline series of each goal, whose status
is that of the goal. `empact catalogue check` refuses a target on an indicator that measures
workload or recorded figures.

`make docs` writes this page from the definitions in `metrics/catalogue` (`measures`, `assessed_by`,
`measures_why`; `headline`, `headline_why`). Edit those, not this page.
"""
MEASURE_MEANINGS: Mapping[Measure, str] = {
    Measure.OUTCOME: "A result that a commitment aims at. It does not depend on the number of "
    "incoming cases.",
    Measure.EFFORT: "What authorities and partners do by their own decision, whatever the number "
    "of incoming cases.",
    Measure.WORKLOAD: "It rises with the number of incoming cases. A rise means more work, and "
    "neither progress nor more abuse. Never assessed.",
    Measure.RECORDED: "It rises with searching, reporting and recording, and with the number of "
    "offences. A rise or fall does not show which of these changed. Never assessed.",
}
INDICATOR_COLUMNS = ("Indicator", "Desired direction", "Assessed under", "Assessed instead", "Why")


def meaning_markdown(catalogue: Catalogue) -> str:
    return "\n".join([PAGE_HEAD, *measure_sections(catalogue), *headline_section(catalogue)])


def measure_sections(catalogue: Catalogue) -> Iterator[str]:
    for measure, meaning in MEASURE_MEANINGS.items():
        measured = [one for one in catalogue.indicators.values() if one.measures is measure]
        yield f"## {measure.capitalize()}\n"
        yield f"{meaning}\n"
        yield markdown_table(INDICATOR_COLUMNS, [indicator_row(one, catalogue) for one in measured])


def indicator_row(indicator: Indicator, catalogue: Catalogue) -> tuple[str, ...]:
    assessing = [
        goal.code
        for goal in catalogue.goals.values()
        if any(target.indicator == indicator.code for target in goal.targets)
    ]
    return (
        f"`{indicator.code}` {indicator.name.en}",
        indicator.direction,
        ", ".join(assessing) or ("context" if indicator.role == "context" else "not assessed"),
        f"`{indicator.assessed_by}`" if indicator.assessed_by else absent_substitute(indicator),
        indicator.measures_why.strip(),
    )


def absent_substitute(indicator: Indicator) -> str:
    return "" if indicator.measures in ASSESSED else "no series"


def headline_section(catalogue: Catalogue) -> Iterator[str]:
    yield "## The headline of each goal\n"
    yield "A goal without targets has no headline and no status.\n"
    goals = catalogue.goals.values()
    yield markdown_table(("Goal", "Headline", "Why"), [headline_row(goal) for goal in goals])


def headline_row(goal: Goal) -> tuple[str, str, str]:
    series = [
        f"`{format_series(target.indicator, codes=target.at)}`"
        for target in goal.targets
        if target.id == goal.headline
    ]
    return f"{goal.code} {goal.name.en}", "".join(series), goal.headline_why.strip()
