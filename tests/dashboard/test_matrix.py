"""Statuses side by side: every method by its name, every absence distinguished, every reviewer seen."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.components.goal.matrix import by_series, matrix
from dashboard.components.goal.state_comparison import small_multiples
from dashboard.components.overrides import status_with_notes
from dashboard.components.status import small_badge, status_legend
from dashboard.components.status_counts import tally
from dashboard.data import Release, records
from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries, read_series, series_of_goal
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.narrative import method_name, status_sentences
from dashboard.wording.status_reasons import override_note
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.verdicts import Status
from metrics.messages import languages
from metrics.release.store import read_table
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import hint_of, of_type, with_class, words
from tests.dashboard.release import REVIEWED, YEARS

EN = texts("en")
AREAS = ("BE", "FI", REVIEWED)


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def of(
    release: Release, goal: str, areas: Sequence[str] = AREAS
) -> Mapping[str, Sequence[AssessedSeries]]:
    return {area: series_of_goal(catalogue().goals[goal], area, release) for area in areas}


def drawn(release: Release, goal: str = "GA-1.1") -> list[Any]:
    return list(matrix(catalogue().goals[goal], of(release, goal), page_context(goal=goal)))


def rows(release: Release, goal: str = "GA-1.1") -> list[Any]:
    return of_type(of_type(drawn(release, goal), "Tbody"), "Tr")


def assessed_rows(release: Release) -> list[Any]:
    """The rows of the only series of GA-1.1 that is assessed; its rate stands below them."""
    assessed = of(release, "GA-1.1")["FI"][0].assessments
    return rows(release)[: len(assessed)]


@pytest.mark.parametrize("goal", ["GA-1.1", "GA-2.1", "GA-4.2", "CC2019-5"])
def test_every_method_of_every_series_has_a_row(release: Release, goal: str) -> None:
    every = [each for own in of(release, goal).values() for each in own]
    ways = {(each.name, way.method) for each in every for way in each.assessments}
    bare = {each.name for each in every if each.last_row and not each.assessments}
    assert len(rows(release, goal)) == len(ways) + len(bare)


def test_a_row_names_its_series_and_its_method(release: Release) -> None:
    heads = [words(of_type(each, "Th")) for each in assessed_rows(release)]
    assessed = of(release, "GA-1.1")["FI"][0].assessments
    assert all(head.startswith("Victims identified in the ICSE database") for head in heads)
    assert all(method_name(each.method, EN) in head
               for head, each in zip(heads, assessed, strict=True))  # fmt: skip


def test_one_row_is_official_and_stands_first(release: Release) -> None:
    first, *others = [words(of_type(each, "Th")) for each in assessed_rows(release)]
    assert first.endswith("official method")
    assert all(each.endswith("additional method") for each in others)


def test_each_cell_is_the_verdict_of_its_method(release: Release) -> None:
    at = AREAS.index("FI")
    cells = [of_type(each, "Td")[at] for each in assessed_rows(release)]
    expected = [str(each.status) for each in of(release, "GA-1.1")["FI"][0].assessments]
    assert [bool(with_class(cell, f"status-{status}"))
            for cell, status in zip(cells, expected, strict=True)] == [True] * len(cells)  # fmt: skip


def test_what_a_reviewer_has_set_bears_a_star_and_says_what_was_computed(release: Release) -> None:
    cell = of_type(rows(release)[0], "Td")[AREAS.index(REVIEWED)]
    assert "Set by a reviewer; computed:" in words(cell)
    assert words(cell).endswith("*")


def test_a_state_without_the_series_has_a_dash_and_not_a_verdict(release: Release) -> None:
    goal = catalogue().goals["GA-4.2"]
    every = dict(of(release, "GA-4.2"))
    gone, *every["BE"] = every["BE"]
    body = of_type(list(matrix(goal, every, page_context())), "Tbody")
    cells = [words(of_type(row, "Td")[0]) for row in of_type(body, "Tr")
             if words(row).startswith(gone.title(EN))]  # fmt: skip
    assert cells
    assert set(cells) == {"–"}


def test_nobody_with_a_figure_is_said_in_a_sentence() -> None:
    goal = catalogue().goals["GA-1.1"]
    every = {area: series_of_goal(goal, area, None) for area in AREAS}
    assert words(list(matrix(goal, every, page_context()))) == EN("matrix.none")


def test_series_are_brought_together_over_areas(release: Release) -> None:
    found = by_series(of(release, "GA-1.1"))
    assert [list(each) for each in found.values()] == [list(AREAS)] * len(found)


@pytest.mark.parametrize("language", languages())
def test_the_legend_explains_the_icons_that_are_used_and_no_others(language: str) -> None:
    text = texts(language)
    legend = status_legend({"suppressed", "achieved"}, text)
    listed = [words(item) for item in of_type(legend, "Li")]
    assert listed == [text("status.achieved"), text("status.suppressed")]


def test_each_icon_of_the_matrix_is_explained(release: Release) -> None:
    """Malta's figure is suppressed, and Luxembourg's is not applicable."""
    by_area = of(release, "GA-1.1", (*AREAS, "MT", "LU"))
    drawn = list(matrix(catalogue().goals["GA-1.1"], by_area, page_context()))
    used, explained = (
        {kind for icon in with_class(drawn, name) for kind in icon.className.split()
         if kind.startswith("status-")} - {"status-small"}
        for name in ("status-small", "status")
    )  # fmt: skip
    assert "status-suppressed" in used
    assert used == explained


@pytest.mark.parametrize("note", ["", "Set by a reviewer; computed: Behind"])
def test_a_small_badge_says_aloud_what_its_hint_shows(note: str) -> None:
    each: Any = small_badge(Status.ON_TRACK, "On track", note)
    assert hint_of(each) == words(with_class(each, "visually-hidden"))
    assert ("*" in words(each)) is bool(note)


def test_a_tally_counts_each_status_once_and_in_order() -> None:
    bare = AssessedSeries(catalogue().indicators["MNR_CAPABILITY"], "FI", {}, ())
    said = words(tally("", [(mark, bare) for mark in ("behind", "achieved", "behind")], EN)).strip()
    assert said == "1 Achieved 2 Behind"


@pytest.mark.parametrize("area", AREAS)
def test_the_method_stands_beside_every_status(release: Release, area: str) -> None:
    series = of(release, "GA-1.1")[area][0]
    assert "Method: Growth each year and on the compounded path" in words(
        status_with_notes(series, EN)
    )


def test_a_series_without_a_target_has_a_status_without_a_method() -> None:
    bare = series_of_goal(catalogue().goals["GA-1.1"], "FI", None)[0]
    assert words(status_with_notes(bare, EN)) == EN("status.no_figure")


@pytest.mark.parametrize(
    ("status", "computed", "said"),
    [
        ("achieved", "behind", "Set by a reviewer; computed: Behind"),
        ("behind", "behind", ""),
        ("not_assessed", "", ""),
    ],
)
def test_only_another_status_than_the_computed_is_noted(
    status: str, computed: str, said: str
) -> None:
    assert override_note(status, computed, EN) == said


LAST = str(YEARS[-1])


def frames(release: Release, **query: str) -> list[Any]:
    every = [of(release, "GA-1.1", member_states())[area][0] for area in member_states()]
    return of_type(small_multiples(every, LAST, page_context(**query)), "Li")


@pytest.mark.parametrize(
    ("area", "said"),
    [("FI", "625 persons"), ("EE", "0 persons"), ("MT", "2025: suppressed"), ("HR", "2025: no")],
)
def test_a_small_frame_says_the_figure_of_the_period_or_why_there_is_none(
    release: Release, area: str, said: str
) -> None:
    frame = frames(release, goal="GA-1.1")[list(member_states()).index(area)]
    assert said in words(frame).replace("\xa0", " ")


def test_a_small_frame_leads_to_the_chart_of_its_state(release: Release) -> None:
    links = of_type(frames(release, goal="GA-1.1", lang="fi"), "Link")
    assert all("lang=fi" in each.href and "indicator=ICSE_VICTIMS" in each.href for each in links)
    areas = [View.parse(each.href.partition("?")[2]).area for each in links]
    assert areas == list(member_states())


def test_context_has_frames_without_a_verdict(release: Release) -> None:
    code = next(code for code, one in catalogue().indicators.items() if one.role == "context")
    in_states = [read_series(release, code, area) for area in member_states()]
    assert not with_class(small_multiples(in_states, LAST, page_context()), "status")
    assert with_class(frames(release, goal="GA-1.1"), "status")


@pytest.mark.parametrize(
    ("category", "said"), [("not_yet_met", "Not yet met"), ("not_yet_due", "Not yet due")]
)
@pytest.mark.parametrize("status", [Status.NOT_YET_DUE, None])
def test_what_has_no_day_is_never_said_to_be_due(
    tmp_path: Path, category: str, said: str, status: Status | None
) -> None:
    """Whether a release has the status of its own, or an older one has it in the category alone."""
    path = tmp_path / "assessments.parquet"
    pd.DataFrame({
        "method": ["milestone_by_date"], "official": [True],
        "status": [str(status or category)], "category": [category],
    }).to_parquet(path)  # fmt: skip
    assessment = Assessment.from_row(records(read_table(path, ""))[0])
    undated = AssessedSeries(catalogue().indicators["MNR_CAPABILITY"], "FI", {}, (), (assessment,))

    assert words(status_with_notes(undated, EN)).startswith(said)
    assert "Method: “Milestone by a date”." in status_sentences(assessment, EN)
    assert words(tally("", [(undated.status, undated)], EN)).strip() == f"1 {said}"
