"""The cause of a break in a sum: what is written is read again, among other words too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.core.break_causes import (
    CHANGES,
    BreakCause,
    drop_causes,
    hide_areas,
    parse_causes,
    write_causes,
)

AREAS = ("AT", "BE", "CY", "DE", "EE", "EL", "ES", "EU27_2007", "FI", "W0")
areas = st.lists(st.sampled_from(AREAS), min_size=1, unique=True)
causes = st.builds(BreakCause.of_areas, st.sampled_from(CHANGES), areas)
cause_lists = st.lists(causes, unique_by=lambda cause: cause.change)


@given(cause_lists, st.sampled_from(["", "more than", "Residents aged 0 to 17, 2025"]))
def test_causes_are_read_as_they_were_written(given_causes: list[BreakCause], beside: str) -> None:
    remark = write_causes(given_causes, beside)

    assert parse_causes(remark) == given_causes
    assert drop_causes(remark) == beside


def test_a_few_areas_are_named_and_the_others_counted() -> None:
    cause = BreakCause.of_areas("left", ["AT", "BE", "CY", "DE", "EE", "FI", "SE"])

    assert str(cause) == "left: AT, BE, CY, DE, EE and 2 more"


@given(cause_lists, st.sets(st.sampled_from(AREAS)))
def test_hidden_areas_are_counted_and_none_is_lost(
    given_causes: list[BreakCause], hidden: set[str]
) -> None:
    found = parse_causes(hide_areas(write_causes(given_causes, "more than"), hidden))

    assert not hidden & {area for cause in found for area in cause.areas}
    assert [len(cause.areas) + cause.unnamed for cause in found] == [
        len(cause.areas) + cause.unnamed for cause in given_causes
    ]


def test_areas_that_are_all_hidden_are_a_number() -> None:
    assert hide_areas("joined: ES, FR; left: CY", {"ES", "FR"}) == "joined: 2 areas; left: CY"
    assert hide_areas("joined: ES, FR; left: CY", {"CY"}) == "joined: ES, FR; left: 1 area"


@pytest.mark.parametrize("written", ["left: 1 area", "left: 1 areas"])
def test_one_area_is_read_as_earlier_versions_wrote_it_too(written: str) -> None:
    (cause,) = parse_causes(written)

    assert (cause.change, cause.areas, cause.unnamed) == ("left", (), 1)
    assert drop_causes(written) == ""
