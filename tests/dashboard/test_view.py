"""The address holds the whole state of a page."""

from importlib import import_module

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.pickers import PICKS, picker
from dashboard.view import PARAMETERS, View
from tests.dashboard.reading import elements, of_type, with_class

NAMES = sorted(PARAMETERS)
views = st.builds(View, **{name: st.text(max_size=12) for name in NAMES})


@given(views)
def test_every_view_can_be_sent_as_a_link(view: View) -> None:
    assert View.parse(view.search) == view


@given(views, st.sampled_from(NAMES), st.text(max_size=12))
def test_a_link_is_the_address_of_the_changed_view(view: View, name: str, value: str) -> None:
    assert (
        view.link("/goal", **{name: value}) == "/goal" + view.with_changes(**{name: value}).search
    )


def test_a_link_takes_only_parameters() -> None:
    with pytest.raises(TypeError, match="regio"):
        View().link("/goal", regio="FI")


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


@pytest.mark.parametrize(
    ("parameter", "writes"), [("goal", "goal"), ("area", "area"), ("component", "indicator")]
)
def test_a_picker_says_what_a_choice_writes_and_drops(parameter: str, writes: str) -> None:
    """`assets/pickers.js` does with an address what `with_choice` does with a view."""
    drawn = vars(picker(parameter, "Label", {"x": "X"}, "x"))
    full = View(**dict.fromkeys(NAMES, "x"))

    after = full.with_choice(parameter, "y")

    dropped = {name for name in NAMES if not getattr(after, name)}
    assert (drawn["data-writes"], {*drawn["data-drops"].split()}) == (writes, dropped)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", ["goal", "overview", "state", "compare"])
def test_a_list_can_be_chosen_from_without_scripts(client: FlaskClient, name: str) -> None:
    """Its form holds what the choice keeps of the address, and the button to apply it."""
    view = View(collection="sample", area="FI", lang="en")

    page = import_module(f"dashboard.pages.{name}").layout(
        collection="sample", area="FI", lang="en"
    )

    forms = {form.id: form for form in with_class(page, "pick-form")}
    lists = {label: parts[0] for label in elements(page)
             if hasattr(label, PICKS) and (parts := of_type(label, "Select"))}  # fmt: skip
    assert len(forms) == len(lists) > 1
    for label, control in lists.items():
        form = forms[control.form]
        kept = {box.name: box.value for box in of_type(form, "Input")}
        expected = vars(view.with_choice(getattr(label, PICKS), ""))
        assert control.name == getattr(label, "data-writes")
        assert kept == {name: value for name, value in expected.items() if value}
        assert of_type(of_type(form, "Noscript"), "Button")
