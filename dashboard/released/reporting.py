"""Which Member States answered each round: on time, late, not at all, or not yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from dashboard.context import PageContext
from dashboard.data import Release, records, sort_areas
from dashboard.rows_by_key import Record
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.collections import Round
from metrics.core.load_once import load_once
from metrics.core.shared_texts import texts_of_rows
from metrics.core.tables import EU
from metrics.release.timeliness import AWAITED, LATE, NOT_RECEIVED, ON_TIME, WITHDRAWN

LATE_ANSWER, MISSING_ANSWER = LATE, NOT_RECEIVED
ON_TIME_ANSWER, AWAITED_ANSWER, WITHDRAWN_ANSWER = ON_TIME, AWAITED, WITHDRAWN
UNANSWERED = (MISSING_ANSWER, WITHDRAWN_ANSWER)  # whose figures a release does not have
NOT_ON_TIME = (*UNANSWERED, LATE_ANSWER)
REPORT_COLUMNS = ("area", "round", "status", "due", "received", "days_late", "n_observations")


@dataclass(frozen=True)
class LatestRound:
    """The answers of the States to the latest round of a release that has closed, by area."""

    round: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def answer_of(self, state: str) -> str:
        """`late`, `missing` or `withdrawn`; empty for a report in time."""
        answer = self.answers.get(state, "")
        return answer if answer in NOT_ON_TIME else ""

    def states_with(self, answer: str) -> tuple[str, ...]:
        return tuple(state for state in member_states() if self.answers.get(state) == answer)


@dataclass(frozen=True)
class ReportingRecord:
    """Every report of a release, and how many of each round came on time."""

    rounds: tuple[Record, ...]  # rows of `timeliness`, in the order in which they were due
    reports: Mapping[tuple[str, str], Record]  # area and round → row of `reporting`

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Every area that was asked or has reported, Member States in protocol order first."""
        return sort_areas(area for area, _ in self.reports)

    @cached_property
    def latest_closed(self) -> str:
        """The latest round whose reports are due; if there is none, the first that is open."""
        closed = [str(row["round"]) for row in self.rounds if is_closed(row)]
        return (closed or [str(row["round"]) for row in self.rounds] or [""])[-1]

    def round_of(self, code: str) -> Record:
        return next(row for row in self.rounds if row["round"] == code)

    def with_answer(self, answer: str, round_: str) -> tuple[Record, ...]:
        """The reports of a round with an answer, in the order of the States."""
        found = (self.reports.get((area, round_)) for area in self.areas)
        return tuple(row for row in found if row is not None and row["status"] == answer)

    def of_area(self, area: str) -> tuple[Record, ...]:
        """The reports of one area, in the order of the rounds."""
        found = (self.reports.get((area, row["round"])) for row in self.rounds)
        return tuple(row for row in found if row is not None)


def is_closed(row: Record) -> bool:
    """Whether no report of a round is awaited: a row of `timeliness` has a share then."""
    return not pd.isna(row["share_on_time"])


# A release never changes; those that are open are few.
@load_once(maxsize=8)
def reporting_record(release: Release | None) -> ReportingRecord:
    if release is None:
        return ReportingRecord((), {})
    rounds = records(release.stored.table("timeliness").sort_values(["due", "round"]))
    reports = records(release.tables["reporting"])
    return ReportingRecord(tuple(rounds), {(row["area"], row["round"]): row for row in reports})


def latest_round(release: Release | None) -> LatestRound:
    record = reporting_record(release)
    last = record.latest_closed
    answers = {area: row["status"] for (area, code), row in record.reports.items() if code == last}
    return LatestRound(last, answers)


def latest_answers(context: PageContext) -> LatestRound:
    """Those beside the newest figures; none beside figures as of an earlier period."""
    return LatestRound() if context.view.period else latest_round(context.release)


def next_round(record: ReportingRecord, rounds: Sequence[Round]) -> Round | None:
    """The first round of a collection after those of a release, by the day when it is due."""
    last_due = max((str(row["due"]) for row in record.rounds), default="")
    ahead = (turn for turn in rounds if turn.due.isoformat() > last_due)
    return min(ahead, key=lambda turn: turn.due, default=None)


def choices_of_reports(context: PageContext) -> Mapping[str, Collection[str]]:
    """The filters of the reports of a release."""
    record = reporting_record(context.release)
    return {"area": record.areas, "round": [row["round"] for row in record.rounds]}


def reporting_rows(context: PageContext) -> pd.DataFrame:
    """The table behind the page: one row for each report that the address asks for."""
    columns = ["collection", "release", *REPORT_COLUMNS]
    if context.release is None:
        return pd.DataFrame(columns=columns)
    view, reports = context.view, context.release.tables["reporting"]
    asked = reports[
        (reports["area"].eq(view.area) | (view.area in {"", EU}))
        & (reports["round"].eq(view.round) | (not view.round))
    ]
    answers = texts_of_rows(asked, ["status"], lambda code: context.text(f"reporting.{code}"))
    named = asked.assign(
        collection=context.collection.code, release=context.release.label, answer=answers
    )
    return named[[*columns[:5], "answer", *columns[5:]]]


def timeliness_rows(context: PageContext) -> pd.DataFrame:
    """How many reports of each round came on time; no row without a release."""
    if context.release is None:
        return pd.DataFrame(columns=["collection", "release"])
    rounds = context.release.stored.table("timeliness").sort_values(["due", "round"])
    names = {"collection": context.collection.code, "release": context.release.label}
    return rounds.assign(**names)[[*names, *rounds.columns]]
