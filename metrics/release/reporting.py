"""Who has reported in which round, on time or late, and who has not."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.collections import Collection
from metrics.core.schemas import conform_table
from metrics.release.timeliness import (
    AWAITED,
    LATE,
    NOT_RECEIVED,
    ON_TIME,
    WITHDRAWN,
    days_late,
)
from metrics.submissions.archive import MANY_AREAS, moment_of
from metrics.submissions.ledger import Extent, Submission

ROUND_KEY = ["area", "round"]


def tabulate_reporting(
    collection: Collection,
    submissions: Sequence[Submission],
    observations: pd.DataFrame,
    on: date,
) -> pd.DataFrame:
    """One row for each area and round: every Member State if all must report, else reporters.

    Timeliness is that of the first vintage; name, vintage and number of observations are those
    of the latest. A round that opens after `on` has no rows.
    """
    sent = pd.concat([latest_submissions(submissions), areas_named(observations, submissions)])
    sent = sent.drop_duplicates(ROUND_KEY)
    rounds = pd.DataFrame(
        [
            {"round": turn.code, "due": turn.due.isoformat()}
            for turn in collection.rounds
            if turn.opens <= on
        ]
    )
    expected = member_states() if collection.areas == "member_states" else ()
    due_reports = rounds.merge(pd.DataFrame({"area": list(expected)}, dtype="str"), how="cross")
    rows = pd.concat([due_reports, sent[ROUND_KEY].merge(rounds, on="round")]).drop_duplicates(
        ROUND_KEY
    )
    counts = count_observations(observations)
    table = rows.merge(sent, on=ROUND_KEY, how="left").merge(counts, on=ROUND_KEY, how="left")
    table = table.assign(status=reporting_status(table, on.isoformat()))
    table = table.assign(days_late=days_late(table))
    return conform_table("reporting", table).sort_values(["round", "area"], ignore_index=True)


def latest_submissions(submissions: Sequence[Submission]) -> pd.DataFrame:
    """The latest submission of each area and round, with the date of the first."""
    rows = [
        (sent.area, sent.round, received_on(sent), sent.name, sent.vintage,
         sent.extent == Extent.WITHDRAWAL)
        for sent in sorted(submissions, key=attrgetter("vintage"))
        if sent.area != MANY_AREAS
    ]  # fmt: skip
    columns = [*ROUND_KEY, "received", "submission", "vintage", "is_withdrawn"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[:-1], "str"))
    first = table.groupby(ROUND_KEY)["received"].transform("first")
    return table.assign(received=first).drop_duplicates(ROUND_KEY, keep="last")


def areas_named(observations: pd.DataFrame, submissions: Sequence[Submission]) -> pd.DataFrame:
    """Areas and rounds with observations, also in a submission about many areas."""
    received = {sent.name: received_on(sent) for sent in submissions}
    rows = observations[[*ROUND_KEY, "submission", "vintage"]].sort_values("vintage")
    rows = rows.drop_duplicates(ROUND_KEY, keep="last")
    return rows.assign(received=rows["submission"].map(received))


def count_observations(observations: pd.DataFrame) -> pd.DataFrame:
    return observations.groupby(ROUND_KEY).size().rename("n_observations").reset_index()


def reporting_status(table: pd.DataFrame, on: str) -> pd.Series:
    """Reports of a round that is still open are awaited, not missing."""
    withdrawn = table["is_withdrawn"].astype("boolean").fillna(value=False).astype(bool)
    timeliness = (table["received"] > table["due"]).map({True: LATE, False: ON_TIME})
    absent = (table["due"] < on).map({True: NOT_RECEIVED, False: AWAITED})
    return timeliness.where(table["received"].notna(), absent).mask(withdrawn, WITHDRAWN)


def received_on(submission: Submission) -> str:
    return moment_of(submission.vintage).date().isoformat()
