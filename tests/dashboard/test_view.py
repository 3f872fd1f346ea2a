"""The address holds the whole state of a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.pickers import KEEP_PAGE, picker, write_choice_to_address
from dashboard.view import PARAMETERS, View
from tests.dashboard.reading import elements

NAMES = sorted(PARAMETERS)
views = st.builds(View, **{name: st.text(max_size=12) for name in NAMES})


@given(views)
def test_every_view_can_be_sent_as_a_link(view: View) -> None:
    assert View.parse(view.search) == view


@given(views, st.sampled_from(NAMES), st.text(min_size=1, max_size=8))
def test_a_choice_never_drops_the_language(view: View, parameter: str, value: str) -> None:
    picked = view.with_choice(parameter, value)

    assert getattr(picked, parameter) == value
    assert picked.lang == (value if parameter == "lang" else view.lang)


@pytest.mark.parametrize(
    ("parameter", "dropped", "kept"),
    [
        ("goal", ("indicator", "breakdown", "period"), ("area", "view", "order")),
        ("indicator", ("breakdown", "period"), ("goal", "area")),
        ("collection", ("release", "area", "goal", "round"), ("lang", "view")),
        ("area", (), ("goal", "indicator", "breakdown")),
    ],
)
def test_a_choice_drops_what_depended_on_the_old_one(
    parameter: str, dropped: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    full = View(**dict.fromkeys(NAMES, "x"))

    picked = full.with_choice(parameter, "y")

    assert {getattr(picked, name) for name in dropped} <= {""}
    assert {getattr(picked, name) for name in kept} == {"x"}


@pytest.mark.parametrize(
    ("query", "area"),
    [({"area": "FI"}, "FI"), ({"area": ["FI", "SE"]}, "SE"), ({"region": "FI"}, ""), ({}, "")],
)
def test_the_query_is_read_with_care(query: dict[str, object], area: str) -> None:
    view = View.from_query(query)
    assert (view.area, view.unknown) == (area, "region" if "region" in query else "")
    assert "region" not in view.search


@pytest.mark.parametrize("shown", ["FI", "", "EU27_2020"])
def test_a_picker_that_was_only_drawn_changes_nothing(shown: str) -> None:
    """It has no id, so that no callback takes its value for a choice."""
    drawn = picker("area", "Area", {"": "All", "FI": "Finland", "EU27_2020": "Union"}, shown)
    assert all(getattr(each, "id", None) is None for each in elements(drawn))


def chosen(search: str, parameter: str, value: str) -> View:
    return View.parse(write_choice_to_address({"parameter": parameter, "value": value}, search)[0])


@pytest.mark.parametrize(("parameter", "refresh"), [("area", True), ("q", KEEP_PAGE)])
def test_a_choice_loads_the_page_and_typing_does_not(parameter: str, refresh: object) -> None:
    asked = {"parameter": parameter, "value": "FI"}
    assert write_choice_to_address(asked, "")[1] == refresh


def test_choices_merge_into_the_address() -> None:
    view = chosen("?lang=el&goal=GA-1.1&view=table", "area", "FI")

    assert view == View(lang="el", goal="GA-1.1", view="table", area="FI")


def test_choosing_all_empties_the_parameter() -> None:
    assert chosen("?status=behind", "status", "") == View()
