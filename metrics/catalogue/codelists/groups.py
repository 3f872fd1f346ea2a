"""Groups of areas and their membership over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from metrics.core.discover import read_csv
from metrics.core.period import ReferencePeriod
from metrics.core.tables import EU

MONTHS = 12


@dataclass(frozen=True)
class Member:
    area: str
    since: date = date.min
    until: date = date.max


@dataclass(frozen=True)
class AreaGroup:
    """Areas that are counted together; members at the end of a period count for it."""

    code: str
    members: tuple[Member, ...]

    def at(self, period: ReferencePeriod) -> tuple[str, ...]:
        day = last_day(period)
        return tuple(member.area for member in self.members if member.since <= day <= member.until)


def first_day(period: ReferencePeriod) -> date:
    return date(period.year, period.first_month, 1)


def last_day(period: ReferencePeriod) -> date:
    months = period.year * MONTHS + period.first_month - 1 + period.months
    return date.fromordinal(date(months // MONTHS, months % MONTHS + 1, 1).toordinal() - 1)


@cache
def accessions() -> dict[str, date]:
    """The day on which each Member State acceded: `acceded` in `codelists/member_state.csv`."""
    rows = read_csv("metrics.catalogue.codelists", "member_state.csv")
    return {row["code"]: date.fromisoformat(row["acceded"]) for row in rows}


def fixed_group(code: str, areas: Iterable[str]) -> AreaGroup:
    """A group chosen by a user, the same at all times."""
    return AreaGroup(code, tuple(Member(area) for area in areas))


@cache
def groups() -> dict[str, AreaGroup]:
    """The groups of `codelists/membership.csv`.

    EU27_2020 is the 27 of 1 February 2020 at all times; EU28 is the membership from 1 July 2013
    until the United Kingdom left on 31 January 2020.
    """
    rows = read_csv("metrics.catalogue.codelists", "membership.csv")
    codes = dict.fromkeys(row["group"] for row in rows)
    members = {code: [_member(row) for row in rows if row["group"] == code] for code in codes}
    return {code: AreaGroup(code, tuple(members[code])) for code in codes}


def _member(row: dict[str, str]) -> Member:
    since, until = (row[name] and date.fromisoformat(row[name]) for name in ("since", "until"))
    return Member(row["area"], since or date.min, until or date.max)


def union() -> AreaGroup:
    return groups()[EU]
