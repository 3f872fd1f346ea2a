"""A release that stands on the disk, for the commands that read one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from metrics.catalogue.codelists.groups import group_of, groups
from metrics.catalogue.loader import Catalogue
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.core.tables import BREAKDOWNS, TOTAL
from metrics.release.lineage import Node, known_area, named
from metrics.release.publish import facts_of, shown
from metrics.statistics.aggregation.aggregate import of_released
from metrics.submissions.ledger import NAME


@dataclass(frozen=True)
class OpenedRelease:
    folder: Path

    @classmethod
    def shown(cls, folder: Path) -> "OpenedRelease":
        """The release of a collection that is shown."""
        label = shown(folder)
        if not label:
            raise SubmissionError(
                f"{folder.name!r} has no release yet; build one with `empact release {folder.name}`"
            )
        return cls(folder / label)

    @property
    def label(self) -> str:
        return self.folder.name

    @property
    def collection(self) -> str:
        return self.folder.parent.name

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.folder / f"{name}.parquet")

    def sent_again(self, leaves: Iterable[Node]) -> Iterator[str]:
        """Which of the vintages are files that had come before, and were taken up again."""
        sent = facts_of(self.folder)["submissions"]
        again = {NAME.format_map(each): each.get("again", "") for each in sent}
        for name in dict.fromkeys(each.submission for each in leaves):
            if again.get(name):
                yield f"{name} is the file of {again[name]}, sent again"

    def stated(self, catalogue: Catalogue) -> dict[str, str]:
        """What must stand beside every figure that leaves the house."""
        collection = catalogue.collection(self.collection)
        return {
            "collection": collection.code,
            "collection_name": collection.name.en,
            "release": self.label,
            "as_of": str(facts_of(self.folder)["as_of"]),
        }


def series_of(values: pd.DataFrame, catalogue: Catalogue, series: str, area: str) -> pd.DataFrame:
    """Every component and period of one series of one area."""
    indicator, _, codes = named(series, catalogue)
    rows = of_area(values[values["indicator"] == indicator.code], catalogue, area)
    for name in BREAKDOWNS:
        rows = rows[rows[name] == codes.get(name, TOTAL)]
    if rows.empty:
        raise UnknownNameError(f"there is no {series} of {area} in this release")
    return rows


def of_area(values: pd.DataFrame, catalogue: Catalogue, area: str) -> pd.DataFrame:
    """As released; of a group that no release has, such as EU28 or DK+FI+SE, added up here."""
    if "+" in area:
        members = members_of(area)
        return of_released(values, catalogue, group_of("+".join(members), members))
    if area in groups() and area not in set(values["area"]):
        return of_released(values, catalogue, groups()[area])
    return values[values["area"] == known_area(area)]


def members_of(typed: str) -> list[str]:
    """The areas of a group that is typed as DK+FI+SE, none of which is counted twice."""
    members = [known_area(each) for each in typed.split("+")]
    for each, times in Counter(members).items():
        if each in groups():
            raise UnknownNameError(f"{each!r} is a group itself; name the States that are meant")
        if times > 1:
            raise UnknownNameError(f"{each!r} stands twice in {typed}; name each area once")
    return members


def chosen(assessments: pd.DataFrame, goal: str, area: str) -> pd.DataFrame:
    """Of one goal and area, or of all; the official verdict before those beside it."""
    if goal and goal not in set(assessments["goal"]):
        known = assessments["goal"].unique()
        raise UnknownNameError.of("a goal that is assessed", goal, known=known)
    rows = assessments[assessments["goal"] == goal] if goal else assessments
    order = {"goal": True, "target": True, "area": True, "official": False}
    rows = rows.sort_values(list(order), ascending=list(order.values()), kind="stable")
    return rows[rows["area"] == known_area(area)] if area else rows
