"""What a rise of every indicator means and what goals are judged by, as a Markdown document."""

from collections.abc import Iterator, Mapping

from metrics.catalogue.definitions.catalogue import Catalogue
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import JUDGED, Indicator, Measure
from metrics.commands.catalogue_document import markdown_table
from metrics.core.series import format_series

PAGE_HEAD = """# What a rise means

What each indicator measures, the series that is judged instead where a rise is no progress, and
why; then the headline of each goal, whose verdict is the goal's status. `make docs` writes this
page from the definitions in `metrics/catalogue` (`measures`, `judged_by`, `measures_why`;
`headline`, `headline_why`); edit those, not this page. `empact catalogue check` refuses a target on
what measures workload or is merely recorded. Each line is reviewed with the definition that it
comes from.
"""
MEASURE_MEANINGS: Mapping[Measure, str] = {
    Measure.OUTCOME: "A result that a commitment wants. It does not depend on how much comes in.",
    Measure.EFFORT: "What authorities and partners do by their own decision, whatever comes in.",
    Measure.WORKLOAD: "It rises with what comes in: a rise is more work, neither progress nor more "
    "abuse. Never judged.",
    Measure.RECORDED: "It rises with searching, reporting and recording as well as with what "
    "happened: neither a rise nor a fall says which. Never judged.",
}
INDICATOR_COLUMNS = ("Indicator", "Wanted direction", "Judged under", "Judged instead", "Why")


def meaning_markdown(catalogue: Catalogue) -> str:
    return "\n".join([PAGE_HEAD, *measure_sections(catalogue), *headline_section(catalogue)])


def measure_sections(catalogue: Catalogue) -> Iterator[str]:
    for measure, meaning in MEASURE_MEANINGS.items():
        measured = [one for one in catalogue.indicators.values() if one.measures is measure]
        yield f"## {measure.capitalize()}\n"
        yield f"{meaning}\n"
        yield markdown_table(INDICATOR_COLUMNS, [indicator_row(one, catalogue) for one in measured])


def indicator_row(indicator: Indicator, catalogue: Catalogue) -> tuple[str, ...]:
    judging = [
        goal.code
        for goal in catalogue.goals.values()
        if any(target.indicator == indicator.code for target in goal.targets)
    ]
    return (
        f"`{indicator.code}` {indicator.name.en}",
        indicator.direction,
        ", ".join(judging) or ("context" if indicator.role == "context" else "not judged"),
        f"`{indicator.judged_by}`" if indicator.judged_by else absent_substitute(indicator),
        indicator.measures_why.strip(),
    )


def absent_substitute(indicator: Indicator) -> str:
    return "" if indicator.measures in JUDGED else "no series"


def headline_section(catalogue: Catalogue) -> Iterator[str]:
    yield "## The headline of each goal\n"
    yield "A goal without targets has none: it is followed without a verdict.\n"
    goals = catalogue.goals.values()
    yield markdown_table(("Goal", "Headline", "Why"), [headline_row(goal) for goal in goals])


def headline_row(goal: Goal) -> tuple[str, str, str]:
    series = [
        f"`{format_series(target.indicator, codes=target.at)}`"
        for target in goal.targets
        if target.id == goal.headline
    ]
    return f"{goal.code} {goal.name.en}", "".join(series), goal.headline_why.strip()
