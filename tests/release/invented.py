"""Two releases of a small invented collection with all that may stand in the way of a figure.

Nineteen states, two years, tables crossed by sex and age, shares, time bands and steps; small
counts, zeros, figures that their senders keep confidential, missing and not applicable ones side
by side, a late state, corrections between the releases, and a figure that is withdrawn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import numpy as np

from metrics.intake.reading import ingest
from metrics.intake.validate import accepted_observations
from metrics.intake.workbook import Sheet, Workbook
from metrics.release.build import build
from metrics.submissions.desk import Desk, Examination, Outcome
from metrics.submissions.examination import describe_upload
from metrics.submissions.ledger import Submission

COLLECTION = "sample"
# Two thirds of the states, with more than 70 % of the children: enough for a figure of the Union.
STATES = ("BE", "BG", "CZ", "DK", "DE", "EE", "EL", "ES", "FR", "IE", "IT", "LV", "MT", "NL",
          "AT", "PL", "RO", "FI", "SE")  # fmt: skip
YEARS = (2022, 2023)
SEXES = ("F", "M", "O", "U")
AGES = ("Y_LT4", "Y4T8", "Y9T12", "Y13T15", "Y16T17", "UNK")
BANDS = ("LE24H", "H24_48", "H48_72", "D3_7", "GT7D")
COLUMNS = ("series", "period", "value", "observation_status", "confidentiality_status", "remark")
ON_TIME, LATE, AGAIN = ((3, 1), (4, 12), (6, 3))  # months and days of the year after
CORRECTED = ("FR", "FI", "MT")

Row = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class Figure:
    """What a state says about one cell in one vintage."""

    series: str
    period: str
    value: float | None
    status: str = ""
    confidential: str = ""

    @property
    def row(self) -> Row:
        typed = "" if self.value is None else f"{self.value:g}"
        remark = f"counted {typed} times" if self.confidential else ""
        return self.series, self.period, typed, self.status, self.confidential, remark


def figures(area: str, year: int, version: int = 0) -> list[Figure]:
    """The same area, year and version give the same figures."""
    found = list(of_year(area, year))
    return corrected(found) if version else found


def of_year(area: str, year: int) -> Iterator[Figure]:
    random = np.random.default_rng([7, year, *area.encode()])
    size = 1.2 if area in {"MT", "EE", "LV", "IE"} else 9.0
    period = str(year)
    yield from crossed("ICSE_VICTIMS", period, random.poisson(size, (len(SEXES), len(AGES))))
    asked = random.poisson(2 * size, len(SEXES))
    yield from share("VICTIMS_ASSISTED", period, asked, random.binomial(asked, 0.6))
    yield from durations("TAKEDOWN_TIME", period, random.poisson(4, len(BANDS)), area)
    yield from peculiar(area, period, random)


def crossed(code: str, period: str, cells: np.ndarray) -> Iterator[Figure]:
    yield Figure(code, period, cells.sum())
    for sex, counts in zip(SEXES, cells, strict=True):
        yield Figure(f"{code}[sex={sex}]", period, counts.sum())
        for age, count in zip(AGES, counts, strict=True):
            yield Figure(f"{code}[sex={sex};age={age}]", period, count)
    for age, count in zip(AGES, cells.sum(axis=0), strict=True):
        yield Figure(f"{code}[age={age}]", period, count)


def share(code: str, period: str, below: np.ndarray, above: np.ndarray) -> Iterator[Figure]:
    for part, counts in {"numerator": above, "denominator": below}.items():
        yield Figure(f"{code}[component={part}]", period, counts.sum())
        for sex, count in zip(SEXES, counts, strict=True):
            yield Figure(f"{code}[component={part};sex={sex}]", period, count)


def durations(code: str, period: str, counts: np.ndarray, area: str) -> Iterator[Figure]:
    """One state keeps its quickest band confidential, also where there was none."""
    yield Figure(f"{code}[component=cases]", period, counts.sum())
    for band, count in zip(BANDS, counts, strict=True):
        kept = "C" if area == "DK" and band == BANDS[0] else ""
        yield Figure(f"{code}[component=cases;band={band}]", period, count, confidential=kept)


def peculiar(area: str, period: str, random: np.random.Generator) -> Iterator[Figure]:
    """A stock that some keep confidential, zero among them; steps; and every absence there is."""
    staff = {"MT": 0, "EE": 0}.get(area, int(random.integers(20, 90)))
    kept = {"MT": "C", "AT": "N", "NL": "C"}.get(area, "") if period != "2023" else ""
    yield Figure("SPECIALISED_STAFF", period, staff, confidential=kept)
    step = Figure("ICSE_CONNECTED", period, float(random.integers(0, 3)))
    yield Figure(step.series, period, None, "M") if area == "EL" else step
    absent = {"BE": "O", "BG": "L", "CZ": "M", "DK": "Q"}.get(area, "")
    count = None if absent else float(random.integers(0, 400))
    yield Figure("SITES_BLOCKED", period, count, absent, "C" if absent == "Q" else "")


def corrected(before: Sequence[Figure]) -> list[Figure]:
    """Staff and sites were counted again, and the share of the last year is withdrawn."""
    return [
        again(figure)
        for figure in before
        if not (figure.series.startswith("VICTIMS_ASSISTED") and figure.period == "2023")
    ]


def again(figure: Figure) -> Figure:
    if figure.series not in {"SPECIALISED_STAFF", "SITES_BLOCKED"} or figure.value is None:
        return figure
    return Figure(
        figure.series, figure.period, figure.value + 3, figure.status, figure.confidential
    )


def workbook(name: str, said: Sequence[Figure]) -> Workbook:
    rows = [COLUMNS, *(figure.row for figure in said)]
    return Workbook(name, "csv", (Sheet("figures", [[*row] for row in rows]),))


def submit(desk: Desk, area: str, year: int, day: tuple[int, int], version: int = 0) -> None:
    """As the desk keeps any file. No rule looks at it first: these are not about rules."""
    said = figures(area, year, version)
    path = desk.home / f"{area}-{year}-{version}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(map(",".join, [COLUMNS, *(figure.row for figure in said)])))
    round_ = str(year)
    asked = {"collection": COLLECTION, "area": area, "round": round_}
    reading = ingest(workbook(path.name, said), desk.catalogue, asked)
    told = Examination(
        describe_upload(path), Outcome.ACCEPTED, format="csv", collection=COLLECTION, area=area,
        round=round_, observations=accepted_observations(reading, []), actions=reading.actions,
        replaces=next(iter(sent_before(desk, area, round_)), None),
    )  # fmt: skip
    # A text file in UTF-8 is its own clean copy.
    desk.keep_file(path, told, datetime(year + 1, *day, 9, tzinfo=UTC), path)


def sent_before(desk: Desk, area: str, round_: str) -> list[Submission]:
    current = desk.store.current(COLLECTION)
    return [sent for sent in current if (sent.area, sent.round) == (area, round_)]


def two_releases(home: Path) -> tuple[Path, ...]:
    """The folders of both releases, the first one first."""
    desk = Desk(home)
    for area, year in product(STATES, YEARS):
        submit(desk, area, year, LATE if area == "RO" else ON_TIME)
    first = build(desk, COLLECTION)
    for area, year in product(CORRECTED, YEARS):
        submit(desk, area, year, AGAIN, version=1)
    second = build(desk, COLLECTION)
    desk.close()
    return first.folder, second.folder


def truth(version: int) -> Mapping[tuple[str, str, str], Figure]:
    """Area, series and period: what was sent up to a version."""
    return {
        (area, figure.series, figure.period): figure
        for area, year in product(STATES, YEARS)
        for figure in figures(area, year, version if area in CORRECTED else 0)
    }
