"""A series of which States have figures of the parts alone: no total, and links to the parts."""

from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient

from dashboard.addresses.selection import Selection, choose
from dashboard.context import read_context
from dashboard.slides.deck import contents_of, open_deck
from dashboard.slides.deck_file import DeckSlide
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.messages import languages
from tests.dashboard.reading import of_type, words
from tests.dashboard.slides.decks import deck_file

EN = texts("en")
PUBLISHED = "published-figures"
WITHOUT_TOTAL = {
    (PUBLISHED, "OFFENCES_RECORDED"), (PUBLISHED, "TAKEDOWN_SHARE_2D"),
    (PUBLISHED, "CONTENT_HOSTED"), ("sample", "LEGAL_INSTRUMENT"),
}  # fmt: skip


@pytest.fixture(scope="module")
def both(written: Path, published_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("both")
    copytree(written / "data", home / "data")
    copytree(published_release.parent, home / "data/processed" / PUBLISHED)
    return home


@pytest.fixture(autouse=True)
def shown(both: Path, monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> FlaskClient:
    monkeypatch.setenv("EMPACT_HOME", str(both))
    return client


def selected(collection: str, indicator: str, **query: str) -> Selection:
    return choose(read_context(View(collection=collection, indicator=indicator, **query)))


def split_in_states(collection: str) -> set[tuple[str, str]]:
    """The indicators of which a State has a figure, and no State one of the total."""
    release = read_context(View(collection=collection)).release
    assert release is not None
    found = set()
    for code, parts in release.shown_parts.items():
        codes = {part.codes for part in parts
                 if part.area in member_states() and part.component in {"value", "step"}}  # fmt: skip
        if codes and "" not in codes:
            found.add((collection, code))
    return found


@pytest.mark.parametrize("language", languages())
def test_the_page_never_says_that_no_state_has_a_figure(language: str) -> None:
    from dashboard.pages import goal  # noqa: PLC0415 - registers a page

    text = texts(language)
    series = split_in_states(PUBLISHED) | split_in_states("sample")
    assert series >= WITHOUT_TOTAL
    for collection, code in series:
        found = selected(collection, code)
        assert found.parts_in_states, code
        drawn = goal.layout(collection=collection, indicator=code, view="all", lang=language)

        assert text("goal.no_states") not in words(drawn), code
        linked = {View.parse(link.href.partition("?")[2]).indicator
                  for paragraph in of_type(drawn, "P")
                  if getattr(paragraph, "className", "") == "absent"
                  for link in of_type(paragraph, "Link")}  # fmt: skip
        assert len(linked) == len(found.parts_in_states), code
        for name in linked:
            part = selected(collection, name)
            assert part.series is not None
            assert any(state.last_known for state in part.in_states.values()), name


@pytest.mark.parametrize(("collection", "code"), sorted(WITHOUT_TOTAL))
def test_file_picture_and_slide_agree_with_the_page(
    collection: str, code: str, client: FlaskClient
) -> None:
    query = f"collection={collection}&indicator={code}&lang=en"
    for address in (f"/download/states.csv?{query}", f"/picture/states.svg?{query}",
                    f"/picture/map.svg?{query}"):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "has no total for Member States" in answer.text, address

    slide = DeckSlide(link=f"/goal?indicator={code}&view=states")
    (content, *_) = contents_of(slide, open_deck(deck_file(collection=collection)))
    assert "no Member State" not in content.title


def test_a_period_before_the_first_figure_of_a_state_is_named() -> None:
    from dashboard.pages import goal  # noqa: PLC0415 - registers a page

    for view in ("chart", "states"):
        drawn = words(
            goal.layout(
                collection=PUBLISHED, indicator="CYBERTIPLINE_REPORTS", period="2018", view=view
            )
        )
        assert EN("goal.no_states") not in drawn
        assert EN("goal.no_states_until", period="2018") in drawn
