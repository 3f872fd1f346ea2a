"""What a definition knows about itself, and what it refuses when it is written."""

from typing import Any

import pytest
from pydantic import ValidationError

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Breakdown, Indicator, Kind
from metrics.catalogue.indicators import indicators
from metrics.core.definition_errors import describe_errors
from metrics.core.period import ReferencePeriod
from metrics.core.tables import CASES, DENOMINATOR, MEDIAN, NUMERATOR, STEP, VALUE

WRITTEN: dict[str, Any] = {
    "code": "TRAININGS",
    "name": {"en": "Trainings"},
    "definition": {"en": "Trainings held."},
    "kind": "flow",
    "unit": "EVENTS",
    "direction": "up",
    "measures": "effort",
    "measures_why": "Trainings are held by decision.",
}
OLD_SEXES, SEXES = ("F", "M", "U"), ("F", "M")
CHANGED: dict[str, Any] = {
    "breakdowns": [{"by": ["sex"], "codes": {"sex": SEXES}}, {"by": ["topic"]}],
    "changes": [
        {"from": 2022, "note": {"en": "Hours before."}, "before": {"unit": "HOURS"}},
        {
            "from": 2024,
            "note": {"en": "Sex is always known."},
            "before": {
                "breakdowns": [{"by": ["sex"], "codes": {"sex": OLD_SEXES}}, {"by": ["topic"]}]
            },
        },
    ],
}
PARTS = {"numerator": {"en": "those that"}, "denominator": {"en": "all"}}
LADDER = {"ladder": ["not_started", "in_force"]}
OWN: dict[str, dict[str, Any]] = {"share": PARTS, "milestone": LADDER}


def indicator(**changes: object) -> Indicator:
    return Indicator.model_validate({**WRITTEN, **changes})


@pytest.mark.parametrize(
    ("kind", "components", "headline"),
    [
        (Kind.FLOW, (VALUE,), VALUE),
        (Kind.STOCK, (VALUE,), VALUE),
        (Kind.SHARE, (NUMERATOR, DENOMINATOR), VALUE),
        (Kind.DURATION, (CASES, MEDIAN), MEDIAN),
        (Kind.MILESTONE, (STEP,), STEP),
        (Kind.PUBLISHED_RATIO, (VALUE,), VALUE),
    ],
)
def test_what_is_submitted_and_what_is_charted(
    kind: Kind, components: tuple[str, ...], headline: str
) -> None:
    each = indicator(kind=kind, **OWN.get(kind, {}))

    assert (each.components, each.headline) == (components, headline)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "share"}, "a share, and no other kind, names numerator and denominator"),
        ({"kind": "share", "numerator": {"en": "those"}}, "names numerator and denominator"),
        (PARTS, "TRAININGS is a flow: a share, and no other kind"),
        ({"kind": "milestone"}, "a milestone, and no other kind, has a ladder"),
        (LADDER, "TRAININGS is a flow: a milestone, and no other kind"),
        (
            {"kind": "milestone", **LADDER, "reached_at": "adopted"},
            "“adopted” is not on its ladder",
        ),
        ({"derived_from": ["A"]}, "it needs derived_from and a formula"),
        ({"formula": len}, "it needs derived_from and a formula"),
        ({"code": "trainings"}, "String should match pattern"),
        ({"kind": "count"}, "Input should be 'flow', 'stock', 'share'"),
        ({"direction": "upwards"}, "Input should be 'up', 'down' or 'none'"),
        ({"frequency": "W"}, "Input should be 'A', 'S', 'Q' or 'M'"),
        ({"role": "context_only"}, "Input should be 'follow_up' or 'context'"),
        ({"brekdowns": []}, "Extra inputs are not permitted"),
        ({"name": {"fi": "Koulutukset"}}, "Field required"),
        ({"name": {"en": "Trainings", "xx": "Utbildningar"}}, "are not official languages"),
    ],
)
def test_an_indicator_that_is_not_whole(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        indicator(**changes)


@pytest.mark.parametrize(
    ("ratio", "field"),
    [
        ({"numerator": {"indicatr": "A"}, "denominator": {"indicator": "B"}},
         "AA: ratio.numerator.indicatr: “indicatr” is not a field here; did you mean “indicator”?"),
        ({"numerator": {"indicator": "A"}}, "AA: ratio.denominator: is missing; write it"),
        ({"numerator": "A", "denominator": {"indicator": "B"}},
         "AA: ratio.numerator: must be fields with values (it says “A”)"),
        (5, "AA: ratio: must be fields with values (it says 5)"),
    ],
)  # fmt: skip
def test_a_field_within_a_ratio_is_named_with_it(ratio: object, field: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        indicator(kind="share", **PARTS, ratio=ratio)

    described = [*map(str, describe_errors("AA", wrong.value, Indicator))]
    assert any(line.startswith(field) for line in described), described


def test_a_definition_is_not_changed_after_it_was_read() -> None:
    with pytest.raises(ValidationError, match="Instance is frozen"):
        indicator().unit = "PERSONS"  # type: ignore[misc]  # that is what is refused


@pytest.mark.parametrize(
    ("language", "said"), [("en", "year"), ("fi", "vuosi"), ("el", "year"), ("sv", "year")]
)
def test_english_stands_in_for_the_other_languages(language: str, said: str) -> None:
    words = Words(en="year", fi="vuosi")

    assert words(language) == said
    assert words(language).language == (language if language == "fi" else "en")


def test_a_definition_is_translated_by_its_key() -> None:
    name = indicators()[0].name

    assert name.key == f"indicators/{indicators()[0].code}/name"
    assert name.published == {"en": name.en}
    assert name.by_language == {language: name(language) for language in ("en", "el", "fi")}


def test_a_breakdown_adds_up_and_is_asked_for_unless_it_says_otherwise() -> None:
    sex = Breakdown(by=("sex",))

    assert (sex.adds_up, sex.collected, sex.chosen) == (True, True, False)


GOAL: dict[str, Any] = {
    "code": "A-1",
    "framework": "A",
    "order": 1,
    "name": {"en": "More"},
    "short_name": {"en": "Trainings"},
    "wording": {"en": "More trainings"},
    "source": {"document": "A", "paragraph": "1"},
    "valid_from": "2020-01-01",
    "indicators": ["TRAININGS"],
}
TARGET: dict[str, Any] = {
    "id": "up",
    "indicator": "TRAININGS",
    "method": "m",
    "rule": "direction_only",
}


def goal(**target: object) -> Goal:
    return Goal.model_validate({**GOAL, "targets": [{**TARGET, **target}]})


def test_a_target_has_the_source_and_validity_of_its_goal() -> None:
    agreed = goal()

    assert agreed.targets[0].source == agreed.source
    assert agreed.targets[0].valid_from == agreed.valid_from


def test_a_target_may_have_a_source_and_validity_of_its_own() -> None:
    target = goal(source={"document": "B", "paragraph": "2"}, valid_from="2025-01-01").targets[0]

    assert (target.source.document, str(target.valid_from)) == ("B", "2025-01-01")


def test_targets_that_are_no_list_are_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="valid tuple"):
        Goal.model_validate({**GOAL, "targets": {"up": TARGET}})


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        ("growth_per_year", "percent"),
        ("level_by_date", "value"),
        ("level_by_date", "by"),
        ("keep_at", "value"),
        ("milestone_by_date", "step"),
        ("all_areas_by_date", "step"),
    ],
)
def test_a_rule_needs_what_it_is_assessed_by(rule: str, missing: str) -> None:
    with pytest.raises(ValidationError, match=rf"targets\.0\.{rule}\.{missing}\n"):
        goal(rule=rule)


def test_a_level_is_dated_in_periods() -> None:
    written = {"rule": "level_by_date", "value": 90, "baseline": "2024-Q1", "by": 2030}

    target = goal(**written).targets[0]

    assert target.baseline == ReferencePeriod(2024, 1, 3)
    assert target.model_dump(mode="json")["by"] == "2030"


def test_a_period_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="“2024-13” is not a reference period"):
        goal(rule="level_by_date", value=90, by="2024-13")


def test_a_breakdown_combines_its_codes_in_the_order_of_the_lists() -> None:
    crossed = Breakdown(by=("sex", "age"), codes={"sex": ("F", "M"), "age": ("Y4T8", "Y9T12")})

    assert crossed.combinations() == [
        {"sex": "F", "age": "Y4T8"}, {"sex": "F", "age": "Y9T12"},
        {"sex": "M", "age": "Y4T8"}, {"sex": "M", "age": "Y9T12"},
    ]  # fmt: skip


def test_a_breakdown_without_codes_of_its_own_has_the_whole_list() -> None:
    assert Breakdown(by=("sex",)).combinations() == [{"sex": code} for code in codelist("sex")]


@pytest.mark.parametrize(("has_total", "series"), [(True, [{}]), (False, [{"sex": "F"}])])
def test_an_indicator_without_a_total_stands_for_each_part(
    has_total: bool, series: list[dict[str, str]]
) -> None:
    by_sex = Breakdown(by=("sex",), codes={"sex": ("F",)})

    assert indicator(has_total=has_total, breakdowns=[by_sex]).total_or_parts() == series


@pytest.mark.parametrize(
    ("period", "unit", "sexes"),
    [
        ("2021", "HOURS", OLD_SEXES),
        ("2021-Q4", "HOURS", OLD_SEXES),
        ("2022", "EVENTS", OLD_SEXES),
        ("2023-12", "EVENTS", OLD_SEXES),
        ("2024-01", "EVENTS", SEXES),
        ("2030", "EVENTS", SEXES),
    ],
)
def test_an_indicator_is_defined_as_it_was_in_the_period(
    period: str, unit: str, sexes: tuple[str, ...]
) -> None:
    defined = indicator(**CHANGED).in_period(ReferencePeriod.parse(period))

    assert (defined.unit, defined.breakdowns[0].codes["sex"]) == (unit, sexes)


def test_each_version_is_valid_from_one_period_to_another() -> None:
    versions = indicator(**CHANGED).versions()

    assert {periods: version.unit for periods, version in versions.items()} == {
        "…–2021": "HOURS", "2022–2023": "EVENTS", "2024–…": "EVENTS",
    }  # fmt: skip
    assert [*indicator().versions()] == ["…–…"]


@pytest.mark.parametrize(
    ("by", "breaks"), [((), ["2022"]), (("sex",), ["2022", "2024"]), (("topic",), ["2022"])]
)
def test_a_change_of_a_breakdown_breaks_the_series_that_have_it(
    by: tuple[str, ...], breaks: list[str]
) -> None:
    assert [*map(str, indicator(**CHANGED).breaks(by))] == breaks


def test_a_change_of_wording_alone_may_leave_figures_comparable() -> None:
    change = {
        "from": 2024,
        "note": {"en": "Said better."},
        "before": {"definition": {"en": "Held."}},
    }

    assert indicator(changes=[change]).breaks(()) == [ReferencePeriod(2024)]
    assert indicator(changes=[{**change, "comparable": True}]).breaks(()) == []


@pytest.mark.parametrize(
    ("period", "before"),
    [("2024", "2023"), ("2024-S1", "2023-S2"), ("2024-Q3", "2024-Q2"), ("2024-01", "2023-12")],
)
def test_the_period_just_before_has_the_same_length(period: str, before: str) -> None:
    assert str(ReferencePeriod.parse(period).just_before) == before
