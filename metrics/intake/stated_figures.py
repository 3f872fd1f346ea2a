"""The figures that a file states, with the cells that each of them was read from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase, digits
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.loader import Catalogue
from metrics.core.cells import column_number
from metrics.core.shared_texts import Texts, series_of_rows, shared_texts, texts_of_rows
from metrics.core.tables import KEY
from metrics.intake.findings import Finding
from metrics.intake.validate import accepted_observations
from metrics.intake.workbook import ParsedSubmission

TEXTS_OF_VALUE = (
    "series", "area", "period", "unit", "observation_status", "confidentiality_status", "limit",
)  # fmt: skip
# The cells of an observation, and what each was understood as.
UNDERSTOOD_AS = {
    "cell": "understood", "key_cell": "series", "area_cell": "area", "period_cell": "period",
    "observation_status_cell": "observation_status",
    "confidentiality_status_cell": "confidentiality_status", "since_cell": "since",
    "limit_cell": "limit", "remark_cell": "remark",
}  # fmt: skip
ADDRESSES = tuple(UNDERSTOOD_AS)
# The columns of an observation, beside its key, with the content of its cells.
DESCRIBED = (
    "sheet", "row", *ADDRESSES, "typed", "understood", "value", "observation_status",
    "confidentiality_status", "since", "limit", "remark",
)  # fmt: skip

Positions = NDArray[np.int64]  # of cells, counted along the rows of a sheet from 0


class Handling(StrEnum):
    """The first wins for a cell that serves several observations."""

    READ = "read"
    ASKED = "asked"  # not accepted until the sender has corrected it
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Statements:
    """The observations of one sheet with something typed, and the position of each value."""

    columns: Mapping[str, Texts]
    addresses: Mapping[str, Positions]  # -1 where there is no such cell
    values: NDArray[np.float64]

    def select(self, kept: NDArray[np.bool_]) -> Self:
        return type(self)(
            {name: texts[kept] for name, texts in self.columns.items()},
            {name: positions[kept] for name, positions in self.addresses.items()},
            self.values[kept],
        )


def stated_observations(
    reading: ParsedSubmission, findings: Sequence[Finding], catalogue: Catalogue
) -> pd.DataFrame:
    """The observations with something typed, and how each is handled."""
    accepted = reading.observations.index.isin(accepted_observations(reading, findings).index)
    names = [*KEY, *DESCRIBED]  # copies of all columns would take much memory
    cells, other = reading.observations[names], reading.other_periods[names]
    is_stated = (cells["typed"] != "").to_numpy() | accepted
    cells, accepted = cells[is_stated], accepted[is_stated]
    other = other[other["typed"] != ""]
    is_read = accepted & ((cells["typed"] == "") | cells["value"].notna()).to_numpy()
    handling = [Handling.READ if read else Handling.ASKED for read in is_read]
    both = pd.concat([cells, other], ignore_index=True)
    return both.assign(
        series=series_of_rows(both),
        unit=_units_of_rows(both, catalogue),
        handling=[*handling, *[Handling.LEFT_OUT] * len(other)],
        reason=[*[""] * len(cells), *["periods_passed_over"] * len(other)],
    )


def _units_of_rows(cells: pd.DataFrame, catalogue: Catalogue) -> Texts:
    def unit(code: str, component: str, period: str) -> str:
        return unit_of_component(component, catalogue.indicators[code].unit_in(period))

    return texts_of_rows(cells, ("indicator", "component", "period"), unit)


def statements_of_sheet(stated: pd.DataFrame, width: int) -> Statements:
    names = {*UNDERSTOOD_AS.values(), *TEXTS_OF_VALUE, "typed", "handling", "reason"}
    columns = {name: shared_texts(stated[name]) for name in names}
    addresses = {name: positions_of_addresses(stated[name], width) for name in ADDRESSES}
    return Statements(columns, addresses, stated["value"].to_numpy())


def positions_of_addresses(addresses: pd.Series, width: int) -> Positions:
    """The positions of the addressed cells; -1 where the address is empty."""
    inverse, letters = pd.factorize(addresses.str.rstrip(digits).to_numpy(dtype=object))
    columns = np.array([column_number(text) - 1 for text in letters], dtype=np.int64)
    rows = pd.to_numeric(addresses.str.lstrip(ascii_uppercase)).fillna(0).to_numpy(dtype=np.int64)
    positions: Positions = (rows - 1) * width + columns[inverse] if len(rows) else rows
    return np.where(rows > 0, positions, -1)
