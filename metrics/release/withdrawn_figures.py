"""Find the figures that were withdrawn and not sent again, with the reason that was given."""

import re
from collections.abc import Sequence
from operator import attrgetter

import pandas as pd

from metrics.core.schemas import conform_table
from metrics.core.tables import KEY
from metrics.submissions.desk import Desk
from metrics.submissions.ledger import Submission
from metrics.submissions.vintages import drop_keys_of, is_stated
from metrics.submissions.withdrawals import Withdrawal, parse_figure

YEAR_IN_REASON = re.compile(r"\b(?:19|20)\d{2}\b")


def tabulate_withdrawals(
    desk: Desk, submissions: Sequence[Submission], current: pd.DataFrame
) -> pd.DataFrame:
    """One row for each figure that is withdrawn at present, with its latest withdrawal."""
    latest = sorted(submissions, key=attrgetter("vintage"))
    tables = [
        withdrawn_figures(desk, withdrawal, latest)
        for withdrawal in latest
        if withdrawal.is_withdrawal
    ]
    if not tables:
        return conform_table("withdrawals", pd.DataFrame())
    rows = pd.concat(tables, ignore_index=True).drop_duplicates(list(KEY), keep="last")
    absent = drop_keys_of(rows, current[is_stated(current)])
    return conform_table("withdrawals", absent).sort_values(list(KEY), ignore_index=True)


def withdrawn_figures(
    desk: Desk, entry: Submission, submissions: Sequence[Submission]
) -> pd.DataFrame:
    """The figures that one withdrawal names, or all of the vintage that it withdraws."""
    withdrawal = Withdrawal.read(desk.archive.path(entry.key))
    if withdrawal.is_whole:
        vintage = (entry.round, entry.area, withdrawal.vintage)
        names = [own for own in submissions if (own.round, own.area, own.vintage) == vintage]
        ((_, observations),) = desk.accepted.observations(names)
        figures = observations.loc[observations["value"].notna(), list(KEY)]
    else:
        figures = pd.DataFrame([parse_figure(name) for name in withdrawal.figures], columns=[*KEY])
    return figures.assign(
        round=entry.round,
        reason=publishable_reason(withdrawal.reason),
        submission=entry.name,
        vintage=entry.vintage,
    )


def publishable_reason(reason: str) -> str:
    """The reason; empty if it has a number other than a year, which may be the figure itself."""
    return "" if re.search(r"\d", YEAR_IN_REASON.sub("", reason)) else reason
