"""How a State has reported, what is due next, which statuses are old, and its milestones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.contents.milestones import StateMilestone, day_as_year, milestones_of
from dashboard.contents.reporting_in_words import days_of_report
from dashboard.contents.state_profile import GoalBesideUnion
from dashboard.context import PageContext
from dashboard.data import Release
from dashboard.released.reporting import (
    AWAITED_ANSWER,
    LATE_ANSWER,
    MISSING_ANSWER,
    ON_TIME_ANSWER,
    ReportingRecord,
    next_round,
    reporting_record,
)
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.catalogue.codelists.statuses import SUPPRESSED_KEY
from metrics.core.tables import TOTAL
from metrics.core.verdicts import Status
from metrics.release.official_statuses import NOT_CURRENT

# The icon of a status for each answer to a round; its word is that of the answer.
ANSWER_ICONS: Mapping[str, str] = {
    ON_TIME_ANSWER: Status.ACHIEVED,
    LATE_ANSWER: Status.BEHIND,
    MISSING_ANSWER: Status.NOT_ACHIEVED,
    AWAITED_ANSWER: Status.NOT_YET_DUE,
}
REPORTING_PATH, REVISIONS_PATH = "/reporting", "/revisions"


def record_values(goals: Sequence[GoalBesideUnion], context: PageContext) -> dict[str, Any]:
    """Every round with its report, then what follows from them."""
    text, area, release = context.text, context.view.area, context.release
    view, record = context.view.lasting_choices, reporting_record(release)
    rows = record.of_area(area)
    return {
        "heads": [text(f"state.{name}") for name in RECORD_COLUMNS],
        "rows": [record_row(row, text) for row in rows],
        "none": text("state.no_rounds"),
        "every_state": {
            "words": text("state.every_state"),
            "href": view.link(REPORTING_PATH, area=""),
        },
        "revised": revised_values(release, context) if release else {},
        "figures": [*figures_of_state(context)],
        "due": due_next(rows, record, context),
        "old_label": text("state.not_current"),
        "old": [old_status(entry, context) for entry in goals if is_old(entry)],
    }


RECORD_COLUMNS = ("round", "answer", "received", "due", "figures")


def record_row(row: Record, text: Text) -> dict[str, str]:
    number, days = row["n_observations"], days_of_report(row, text)
    return {
        "round": row["round"],
        "icon": ANSWER_ICONS.get(str(row["status"]), Status.NOT_ASSESSED),
        "word": answer_in_words(row, text),
        "received": days.received,
        "due": days.due,
        "figures": "–" if pd.isna(number) else text.number(number, 0),
    }


def answer_in_words(row: Record, text: Text) -> str:
    """`on time`, `12 days late`."""
    if row["status"] == LATE_ANSWER and row["days_late"]:
        return text.counted("state.late_by", row["days_late"])
    return text(f"reporting.{row['status']}")


def due_next(rows: Iterable[Record], record: ReportingRecord, context: PageContext) -> str:
    """The round that the State has still to answer, or the next of the calendar, or none."""
    text, awaited = context.text, [row for row in rows if row["status"] == AWAITED_ANSWER]
    if awaited:
        first = min(awaited, key=lambda row: str(row["due"]))
        return text("state.due_next", round=first["round"], day=text.date(first["due"]))
    ahead = next_round(record, context.collection.rounds)
    if ahead is None:
        return text("state.none_due")
    return text("state.due_next", round=ahead.code, day=text.date(ahead.due))


def revised_values(release: Release, context: PageContext) -> dict[str, str]:
    """How many figures of the State were revised, with a link to them."""
    text, area = context.text, context.view.area
    number = sum(len(rows) for key, rows in release.revisions.items() if key[2] == area)
    href = context.view.lasting_choices.link(REVISIONS_PATH) if number else ""
    return {"words": text.counted("scoreboard.revised", number), "href": href}


def figures_of_state(context: PageContext) -> Iterator[dict[str, str]]:
    """Every figure of the State, and those that are suppressed, in the table of all figures."""
    view = context.view.lasting_choices
    for key, flag in (("state.all_figures", ""), ("state.suppressed", SUPPRESSED_KEY)):
        yield {"words": context.text(key), "href": view.link("/explore", flag=flag)}


def is_old(entry: GoalBesideUnion) -> bool:
    """Whether the status is older than the latest round; of an earlier period none is named."""
    return entry.own.own.mark == NOT_CURRENT and not entry.own.period


def old_status(entry: GoalBesideUnion, context: PageContext) -> dict[str, str]:
    """A goal whose status is older than the latest round, with the period of the status."""
    goal, own = entry.goal, entry.own.own
    name, period = goal.name(context.language), context.text.period(own.period)
    href = context.view.lasting_choices.link("/goal", goal=goal.code, area=own.area)
    return {"code": goal.code, "name": name, "href": href, "period": period}


@dataclass(frozen=True)
class YearAxis:
    """Map years to pixels of the small picture of a milestone."""

    first: float
    last: float
    width: int = 130
    edge: int = 7

    def __call__(self, year: float) -> float:
        share = (year - self.first) / (self.last - self.first)
        return round(self.edge + share * (self.width - 2 * self.edge), 1)

    def ticks(self) -> Iterator[dict[str, Any]]:
        for year in range(int(self.first), int(self.last) + 1):
            if year % YEARS_BETWEEN_TICKS == 0 and self.first <= year:
                yield {"x": self(year), "year": year}


YEARS_BETWEEN_TICKS = 5


def milestone_values(goals: Iterable[GoalBesideUnion], context: PageContext) -> dict[str, Any]:
    """Every milestone on one axis of years; empty without any."""
    found = milestones_of((entry.goal, entry.followed) for entry in goals)
    release = context.release
    if not found or release is None:
        return {}
    axis = axis_of(found, release)
    return {
        "heading": context.text("state.milestones"),
        "key": context.text("state.milestones_key"),
        "width": axis.width,
        "end": axis(axis.last),
        "ticks": [*axis.ticks()],
        "rows": [milestone_row(milestone, axis, context) for milestone in found],
    }


def axis_of(found: Iterable[StateMilestone], release: Release) -> YearAxis:
    """From the first step or agreed day to the day of the release."""
    milestones = list(found)
    days = [day_as_year(milestone.due) for milestone in milestones if milestone.due]
    years = [milestone.year for milestone in milestones] + days
    as_of = int(release.as_of[:4]) if release.as_of else int(max(years))
    return YearAxis(int(min(years)), max(as_of, int(max(years))) + 1)


def milestone_row(
    milestone: StateMilestone, axis: YearAxis, context: PageContext
) -> dict[str, Any]:
    text, series = context.text, milestone.series
    lasting = context.view.lasting_choices
    links = [{"code": code, "href": lasting.link("/goal", goal=code, indicator=series.name)}
             for code in milestone.goals]  # fmt: skip
    names_of_codes = [text.code(by, code) for by, code in series.codes.items() if code != TOTAL]
    due = milestone.due
    return {
        "name": text.listed(names_of_codes) or series.title(text),
        "title": series.title(text),
        "href": links[0]["href"] if links else "",
        "goals": links,
        "is_reached": milestone.is_reached,
        "reached": text("state.reached" if milestone.is_reached else "state.not_reached"),
        "x": axis(milestone.year),
        "due_x": axis(day_as_year(due)) if due else None,
        "words": step_in_words(milestone, text),
        "due": text("state.agreed_by", day=text.date(due, width="medium")) if due else "",
    }


def step_in_words(milestone: StateMilestone, text: Text) -> str:
    """`in force since 1 Oct 2019`; without a reported day, the first period that has the step."""
    step = milestone.series.format_figure(milestone.step, text)
    if milestone.day:
        return text("state.step_since", step=step, day=text.date(milestone.day, width="medium"))
    return text("state.step_reported", step=step, period=text.period(milestone.period))
