"""What is computed from a lower or an upper limit is a limit itself, or is not given."""

import pandas as pd
import pytest

from metrics.catalogue.codelists.limits import opposite_limit, unite_limit_codes
from metrics.core.tables import KEY, VALUE, YEAR_ON_YEAR
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.aggregation.panel import chain_index
from metrics.statistics.aggregation.rates import conform_values, shares, year_on_year
from metrics.statistics.derive import derive
from tests.drawn_values import catalogue_of, every_state
from tests.tables import indicator, observations

COUNT = indicator("COUNT", kind="flow")
SHARE = indicator(
    "SHARE", kind="share", unit="PC", numerator={"en": "some"}, denominator={"en": "all"}
)
LIMITS = ["", "LOWER", "UPPER", "EITHER"]


def counts(before: str, now: str) -> pd.DataFrame:
    return conform_values(
        observations(
            "indicator | area | period | value | limit\n"
            f"COUNT | FI | 2023 | 100 | {before}\nCOUNT | FI | 2024 | 150 | {now}"
        )
    )


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ("", "", [(50, "")]),
        ("", "LOWER", [(50, "LOWER")]),
        ("", "UPPER", [(50, "UPPER")]),
        ("LOWER", "", [(50, "UPPER")]),
        ("UPPER", "", [(50, "LOWER")]),
        ("UPPER", "LOWER", [(50, "LOWER")]),
        ("LOWER", "UPPER", [(50, "UPPER")]),
        ("LOWER", "LOWER", []),
        ("UPPER", "UPPER", []),
        ("EITHER", "", []),
    ],
)
def test_a_change_from_or_to_a_limit(before: str, now: str, found: list[tuple[float, str]]) -> None:
    rows = year_on_year(counts(before, now), {"COUNT": COUNT})

    assert list(zip(rows["value"], rows["limit"], strict=True)) == found


@pytest.mark.parametrize("part", LIMITS)
@pytest.mark.parametrize("whole", LIMITS)
def test_a_share_of_limits_is_a_limit(part: str, whole: str) -> None:
    rows = conform_values(
        observations(
            "indicator | component | area | period | value | limit\n"
            f"SHARE | numerator | FI | 2024 | 30 | {part}\n"
            f"SHARE | denominator | FI | 2024 | 60 | {whole}"
        )
    )

    (limit,) = shares(rows, {"SHARE": SHARE})["limit"]

    assert limit == unite_limit_codes(part, opposite_limit(whole))


def test_a_sum_of_the_union_is_a_limit_if_a_part_of_it_is() -> None:
    lines = [f"COUNT | {area} | {year} | 10 | {'LOWER' if (area, year) == ('FI', 2024) else ''}"
             for area in every_state("") for year in (2023, 2024)]  # fmt: skip
    drawn = "\n".join(["indicator | area | period | value | limit", *lines])
    catalogue = catalogue_of(COUNT)
    reported = observations(drawn).assign(collection="", round="", vintage="2025")

    union = aggregate(derive(reported, catalogue), catalogue).query("area == 'EU27_2020'")

    limited = union[union["limit"] != ""]
    assert sorted(limited["component"]) == [VALUE, YEAR_ON_YEAR]
    assert set(limited["limit"]) == {"LOWER"}
    assert set(limited["period"]) == {"2024"}


def test_an_index_is_not_chained_over_a_limit() -> None:
    links = counts("", "LOWER").assign(component=YEAR_ON_YEAR)

    assert sorted(chain_index(links)["period"]) == ["2022", "2023"]
    assert not links.duplicated(list(KEY)).any()
