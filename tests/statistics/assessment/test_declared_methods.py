"""What is done with a method follows from what it declares: a copy under a new name is used alike."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from metrics.catalogue import methods as package
from metrics.catalogue.codelists import member_states
from metrics.catalogue.methods import methods
from metrics.commands.assessment_report import format_verdict, unit_of_verdict
from metrics.commands.series_arguments import assess_typed_series
from metrics.core.errors import DefinitionError
from metrics.core.tables import EU
from tests.drawn_values import LADDER, assess_values, catalogue_of, every_state, values_of
from tests.tables import indicator

ON = date(2026, 6, 1)
SHARE = indicator("DRAWN", kind="share", unit="PC", numerator={"en": "n"}, denominator={"en": "d"})
IN_FORCE = {"rule": "milestone_by_date", "step": "in_force", "by": "2024-12-31"}


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Adds a copy of a method to the folder of methods, under another name."""
    source = Path(package.__path__[0])
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    added = []

    def add(name: str, new_name: str, called: str = "") -> None:
        text = (source / f"{name}.py").read_text(encoding="utf-8")
        renamed = text.replace(f'name="{name}"', f'name="{called or new_name}"')
        (tmp_path / f"{new_name}.py").write_text(renamed, encoding="utf-8")
        added.append(f"{package.__name__}.{new_name}")
        methods.cache_clear()

    yield add
    for module in added:
        sys.modules.pop(module, None)
        vars(package).pop(module.rpartition(".")[2], None)
    methods.cache_clear()


def row(rows: pd.DataFrame, defined: Any, area: str, method: str) -> Any:
    table = assess_values(rows, defined, ON)
    return table[(table["area"] == area) & (table["method"] == method)].iloc[0]


def test_a_copy_that_compares_states_compares_them(copy: Callable[..., None]) -> None:
    copy("level_and_change", "beside_one_another")
    series = {area: f"2024 {40 + n} | 2025 {41 + n}" for n, area in enumerate(member_states())}
    target = {"rule": "direction_only", "beside": ("beside_one_another", "level_and_change")}
    defined = catalogue_of(SHARE, target)

    verdict = row(values_of(series), defined, "BE", "beside_one_another")

    assert verdict["category"] == "least_favourable"
    assert (
        verdict["arithmetic"]
        == (row(values_of(series), defined, "BE", "level_and_change")["arithmetic"])
    )


def test_a_copy_that_compares_states_says_that_counts_are_none_of_its(
    copy: Callable[..., None],
) -> None:
    copy("level_and_change", "beside_one_another")
    target = {"rule": "direction_only", "beside": ("beside_one_another",)}
    rated = indicator("DRAWN", per_100_000_children=True)

    verdict = row(
        values_of({"FI": "2024 1 | 2025 2"}), catalogue_of(indicator("DRAWN"), target), "FI",
        "beside_one_another",
    )  # fmt: skip

    assert verdict["reason"] == "not_comparable"
    assert unit_of_verdict(rated, "beside_one_another").endswith("per 100,000 children")


def test_a_copy_for_milestones_is_given_steps_and_has_its_counterpart_for_the_union(
    copy: Callable[..., None],
) -> None:
    copy("milestone_by_date", "step_by_day")
    rows = values_of(every_state("2024 2 A 2024-03-01"), component="step")
    defined = catalogue_of(LADDER, {**IN_FORCE, "method": "step_by_day"})

    assert row(rows, defined, "FI", "step_by_day")["status"] == "achieved"
    assert row(rows, defined, EU, "all_areas_by_date")["value"] == 27


def test_a_copy_that_counts_states_has_its_counterpart_for_a_state(
    copy: Callable[..., None],
) -> None:
    copy("all_areas_by_date", "everyone_by_day")
    rows = values_of(every_state("2024 2 A 2024-03-01"), component="step")
    target = {**IN_FORCE, "rule": "all_areas_by_date", "method": "everyone_by_day"}
    defined = catalogue_of(LADDER, target)

    assert row(rows, defined, EU, "everyone_by_day")["value"] == 27
    assert row(rows, defined, "FI", "milestone_by_date")["status"] == "achieved"


@pytest.mark.parametrize(
    ("name", "values", "target"),
    [
        ("milestone_by_date", ["2023=1", "2024=2"], {"step": "2"}),
        ("all_areas_by_date", ["2023=20", "2024=27"], {"step": "in_force"}),
        ("keep_at", ["2023=20", "2024=27"], {"value": 20.0}),
    ],
)
def test_a_copy_assesses_typed_series_alike(
    copy: Callable[..., None], name: str, values: list[str], target: dict[str, Any]
) -> None:
    copy(name, "a_copy")

    verdict = assess_typed_series("a_copy", values, None, ON, target)

    assert verdict == assess_typed_series(name, values, None, ON, target)
    assert any(
        verdict.category.replace("_", " ") in line for line in format_verdict(verdict, "a_copy")
    )


def test_two_methods_of_one_name_are_refused(copy: Callable[..., None]) -> None:
    copy("keep_at", "keep_steady", called="keep_at")

    with pytest.raises(DefinitionError, match="'keep_at'"):
        methods()
