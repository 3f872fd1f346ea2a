"""Which indicators are computed together, and which keep the values of an earlier release."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copytree, rmtree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.core.tables import WITHHELD
from metrics.release.build import build, gather_inputs
from metrics.release.prior_releases import open_prior_releases
from metrics.release.publish import normalise_table
from metrics.release.publishable_values import (
    PublishableTables,
    PublishableValues,
    find_sources,
    publishable_tables,
)
from metrics.statistics.assessment.basis import assessment_basis
from metrics.statistics.status_history import status_history
from metrics.submissions.desk import Desk
from tests.release.two_states import CHANGES, EMPACT, FIGURES, cache_of, content_of, send
from tests.tables import indicator

CHILD = indicator("CHILD", parts_of="ALL")
FORMULA = CHILD.model_copy(update={"code": "SHARE", "parts_of": None, "derived_from": ("CHILD",)})
INDICATORS = {one.code: one for one in (indicator("ALL"), CHILD, FORMULA, indicator("APART"))}


@pytest.mark.parametrize(
    ("code", "sources"),
    [
        ("APART", {"APART"}),
        ("ALL", {"ALL", "CHILD"}),
        ("SHARE", {"ALL", "CHILD", "SHARE"}),
    ],
)
def test_values_depend_on_all_that_sums_and_formulas_link(code: str, sources: set[str]) -> None:
    assert find_sources(INDICATORS)[code] == sources


def test_no_indicator_needs_another() -> None:
    assert find_sources({}) == {}


# What an earlier release shows


def values_of(desk: Desk, *, is_same_version: bool = True) -> tuple[PublishableTables, set[str]]:
    """Values and revisions of the next release, and the indicators that were computed for it."""
    inputs = gather_inputs(desk, EMPACT)
    folder = desk.processed / EMPACT
    prior = [
        replace(release, is_same_version=is_same_version and release.is_same_version)
        for release in open_prior_releases(folder, inputs.released, inputs.made_from)
    ]
    computed: set[str] = set()

    class Watched(PublishableValues):
        def compute(
            self, observations: pd.DataFrame, released: Sequence[pd.DataFrame] = ()
        ) -> pd.DataFrame:
            computed.update(observations["indicator"])
            return super().compute(observations, released)

    publishable = Watched(inputs.collection.disclosure, desk.catalogue)
    history = desk.accepted_history(EMPACT)
    tables = publishable_tables(publishable, history, history.current_observations(), prior)
    return tables, computed


@pytest.fixture(scope="module")
def next_values(sent_again: Path) -> tuple[PublishableTables, set[str]]:
    """What the release after a count was sent again would say, and what is computed for it."""
    return values_of(Desk(sent_again))


def test_only_what_depends_on_a_changed_figure_is_computed(
    next_values: tuple[PublishableTables, set[str]],
) -> None:
    assert next_values[1] == {"HOTLINE_REPORTS_RECEIVED", "HOTLINE_REPORTS_PROCESSED"}


def test_revisions_of_a_figure_that_is_sent_again_are_kept(home: Path) -> None:
    desk = Desk(home)
    send(desk, "FI", FIGURES["FI"] | {"F": 10}, day=2)
    build(desk, EMPACT)
    send(desk, "SE", FIGURES["SE"], day=3, processed=50)

    published, computed = values_of(desk)

    assert "ICSE_VICTIMS" in set(published.revisions["indicator"])
    assert computed == {"HOTLINE_REPORTS_RECEIVED", "HOTLINE_REPORTS_PROCESSED"}


def test_other_code_or_definitions_compute_everything(sent_again: Path) -> None:
    assert "ICSE_VICTIMS" in values_of(Desk(sent_again), is_same_version=False)[1]


@settings(max_examples=2, deadline=None)
@given(changes=st.lists(CHANGES, min_size=1, max_size=2))
def test_what_is_kept_or_cached_equals_what_is_computed(
    submitted: tuple[Path, str],
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[str, str, int]],
) -> None:
    """And a figure that a later release has corrected back is not taken from the latest."""
    folder = tmp_path_factory.mktemp("changed")
    desk = Desk(copytree(submitted[0], folder / "home"))
    for day, (area, group, count) in enumerate(changes, start=2):
        send(desk, area, FIGURES[area] | {group: count}, day)
        kept, _ = values_of(desk)
        computed, _ = values_of(desk, is_same_version=False)

        pd.testing.assert_frame_equal(kept.values, computed.values)
        pd.testing.assert_frame_equal(kept.revisions, computed.revisions)
        without_cache = Desk(copytree(desk.home, folder / f"without-cache-{day}"))
        rmtree(cache_of(without_cache.home))
        release = build(desk, EMPACT)
        assert content_of(build(without_cache, EMPACT)) == content_of(release)
        basis = assessment_basis(
            computed.values, desk.catalogue, release.as_of, desk.catalogue.collection(EMPACT)
        )
        assessed = pd.read_parquet(release.folder / "status_history.parquet")
        pd.testing.assert_frame_equal(assessed, normalise_table(status_history(basis)))


def test_figures_that_did_not_change_keep_their_pattern(
    submitted: tuple[Path, str], next_values: tuple[PublishableTables, set[str]]
) -> None:
    before, _ = values_of(Desk(submitted[0]))
    now, _ = next_values

    columns = ["area", "sex", "value", "observation_status"]
    victims, still = (
        tables.values.loc[tables.values["indicator"] == "ICSE_VICTIMS", columns]
        for tables in (before, now)
    )
    assert (victims["observation_status"] == WITHHELD).any()
    pd.testing.assert_frame_equal(victims, still)


def test_a_value_is_traced_to_the_file_that_sent_it_last(
    next_values: tuple[PublishableTables, set[str]],
) -> None:
    values = next_values[0].values

    reported = values[(values["cell"] != "") & (values["area"] == "SE")]
    assert "ICSE_VICTIMS" in set(reported["indicator"])
    assert set(reported["vintage"].str[:10]) == {"2025-03-02"}
    assert set(values.loc[values["area"] == "EU27_2020", "vintage"]) == {""}
