"""Who has reported in which round, on time or late, and who has not."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions import Collection, Round
from metrics.submissions.archive import MANY_AREAS, moment_of
from metrics.submissions.ledger import Submission

ON_TIME, LATE, MISSING, AWAITED = "on_time", "late", "missing", "awaited"
COLUMNS = (
    "area",
    "round",
    "status",
    "received",
    "due",
    "submission",
    "vintage",
    "n_observations",
)
PLACE = ["area", "round"]


def reporting(
    collection: Collection,
    submissions: Sequence[Submission],
    observations: pd.DataFrame,
    on: date,
) -> pd.DataFrame:
    """One row for each area and round: every Member State where all are asked, else who is there.

    On time or late is the first vintage; digest, vintage and number of observations are those
    of the latest. A round that has not opened on the day has no rows.
    """
    there = pd.concat([sent(submissions), spoken_of(observations, submissions)])
    there = there.drop_duplicates(PLACE)
    rounds = pd.DataFrame([_of(each) for each in collection.rounds if each.opens <= on])
    expected = member_states() if collection.areas == "member_states" else ()
    asked = rounds.merge(pd.DataFrame({"area": list(expected)}, dtype="str"), how="cross")
    rows = pd.concat([asked, there[PLACE].merge(rounds, on="round")]).drop_duplicates(PLACE)
    table = rows.merge(there, on=PLACE, how="left").merge(
        counts(observations), on=PLACE, how="left"
    )
    table = table.assign(
        status=status(table, on.isoformat()),
        n_observations=table["n_observations"].fillna(0).astype("int64"),
    )
    return table[list(COLUMNS)].fillna("").sort_values(["round", "area"], ignore_index=True)


def _of(round_: Round) -> dict[str, str]:
    return {"round": round_.code, "due": round_.due.isoformat()}


def sent(submissions: Sequence[Submission]) -> pd.DataFrame:
    """The latest submission of each area and round, with the day of the first."""
    rows = [
        (each.area, each.round, _day(each), each.name, each.vintage)
        for each in sorted(submissions, key=lambda each: each.vintage)
        if each.area != MANY_AREAS
    ]
    columns = [*PLACE, "received", "submission", "vintage"]
    table = pd.DataFrame(rows, columns=columns, dtype="str")
    first = table.groupby(PLACE)["received"].transform("first")
    return table.assign(received=first).drop_duplicates(PLACE, keep="last")


def spoken_of(observations: pd.DataFrame, submissions: Sequence[Submission]) -> pd.DataFrame:
    """Areas that stand in a submission of somebody else, as in published figures."""
    received = {each.name: _day(each) for each in submissions}
    rows = observations[[*PLACE, "submission", "vintage"]].sort_values("vintage")
    rows = rows.drop_duplicates(PLACE, keep="last")
    return rows.assign(received=rows["submission"].map(received))


def counts(observations: pd.DataFrame) -> pd.DataFrame:
    return observations.groupby(PLACE).size().rename("n_observations").reset_index()


def status(table: pd.DataFrame, on: str) -> pd.Series:
    """A round that is still open awaits its reports: they are not missing yet."""
    late = (table["received"] > table["due"]).map({True: LATE, False: ON_TIME})
    absent = (table["due"] < on).map({True: MISSING, False: AWAITED})
    return late.where(table["received"].notna(), absent)


def _day(submission: Submission) -> str:
    return moment_of(submission.vintage).date().isoformat()
