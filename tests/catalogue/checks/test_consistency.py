"""Small mistakes in the catalogue, and the sentence that a policy officer reads about each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from metrics.catalogue.checks import DefinitionLocation, codelists
from metrics.catalogue.checks.goals import check_words
from metrics.catalogue.checks.translations import check_translations
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.collections import Collection, Round
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.definitions.targets import Target
from metrics.catalogue.loader import Catalogue, catalogue, find_contradictions, load_definitions
from metrics.core.errors import DefinitionError, KeyedText, fault_at


def contradictions(found: Catalogue) -> Iterator[str]:
    """The contradictions in English."""
    return map(str, find_contradictions(found))


def with_goal(code: str, **changes: object) -> Catalogue:
    goal = Goal.model_validate(catalogue().goals[code].model_dump() | changes)
    return replace(catalogue(), goals={**catalogue().goals, code: goal})


def with_target(code: str, **changes: object) -> Catalogue:
    targets = [
        target.model_dump(exclude_defaults=True) for target in catalogue().goals[code].targets
    ]
    targets[0] |= changes
    return with_goal(code, targets=targets)


def with_indicator(code: str, **changes: object) -> Catalogue:
    indicator = Indicator.model_validate(dict(catalogue().indicators[code]) | changes)
    return replace(catalogue(), indicators={**catalogue().indicators, code: indicator})


def with_round(**changes: object) -> Catalogue:
    written = catalogue().collections["sample"].model_dump()
    written["rounds"] = [written["rounds"][0] | changes, *written["rounds"][1:]]
    sample = Collection.model_validate(written)
    return replace(catalogue(), collections={**catalogue().collections, "sample": sample})


def with_framework(**changes: object) -> Catalogue:
    framework = catalogue().frameworks["GA2012"].model_copy(update=changes)
    return replace(catalogue(), frameworks={**catalogue().frameworks, "GA2012": framework})


def test_the_catalogue_as_it_stands_has_none() -> None:
    assert list(contradictions(catalogue())) == []


LEVEL = {"rule": "level_by_date", "value": 90, "by": "2030", "method": "level_by_date"}
SOURCE = {"document": "CC2019", "paragraph": "22"}
GA = "goals/GA-1.1.yaml: targets.ten-per-cent."
LONG_AGO = Round.model_validate(
    {"code": "2019", "periods": ["2019"], "opens": "2020-01-15", "due": "2020-08-03"}
)
CEASED, APPLIES = date(2021, 1, 1), date(2022, 1, 1)

GOALS: Mapping[str, tuple[Mapping[str, object], str]] = {
    "unknown framework": (
        {"framework": "GA2021"},
        "goals/GA-1.1.yaml: framework: “GA2021” is not a framework; did you mean “GA2012”?",
    ),
    "unknown policy target": (
        {"policy_target": "GA-7"},
        "goals/GA-1.1.yaml: policy_target: “GA-7” is not a policy target of GA2012; did you mean “GA-4”?",
    ),
    "unknown document": (
        {"source": {"document": "GA-FY", "paragraph": "1"}},
        "goals/GA-1.1.yaml: source.document: “GA-FY” is not a document of GA2012; did you mean “GA-FI”?",
    ),
    "unknown indicator": (
        {"indicators": ["ICSE_VICTIMS", "ICSE_VICTIM"]},
        "goals/GA-1.1.yaml: indicators: “ICSE_VICTIM” is not an indicator; did you mean “ICSE_VICTIMS”?",
    ),
    "the same indicator twice": (
        {"indicators": ["ICSE_VICTIMS", "ICSE_VICTIMS"]},
        "goals/GA-1.1.yaml: indicators: “ICSE_VICTIMS” is written twice; once is enough",
    ),
    "an indicator without a target": (
        {"targets": []},
        "goals/GA-1.1.yaml: indicators: “ICSE_VICTIMS” is followed up but has no target; add one, or write its role: context",
    ),
    "nothing follows it up": (
        {"indicators": [], "targets": [], "actions": False},
        "goals/GA-1.1.yaml: indicators: [] leaves the goal without follow-up; name an indicator or write actions: true",
    ),
    "official words that are not there": (
        {"official": ["en", "el"]},
        "goals/GA-1.1.yaml: official: “el” has no wording; add wording.el",
    ),
    "no official words": (
        {"official": []},
        "goals/GA-1.1.yaml: official: [] names no language; name those of en whose wording is official",
    ),
    "official words in a language that the document does not have": (
        {"official": ["fi"], "wording": {"en": "More", "fi": "Lisää"}},
        "goals/GA-1.1.yaml: official: “fi” is not a language of GA-FI; there are en",
    ),
    "two goals in one place": (
        {"order": 10},
        "goals/GA-1.1.yaml: order: 10 is the place of GA-1 too; give every goal a place of its own",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", GOALS)
def test_a_mistake_in_a_goal(mistake: str) -> None:
    changes, message = GOALS[mistake]

    assert next(contradictions(with_goal("GA-1.1", **changes))) == message


@pytest.mark.parametrize(
    ("wording", "advice"),
    [
        ({"en": "More", "fi": "Lisää"}, "write official: [fi]"),
        ({"en": "More"}, "add a wording in one of them"),
    ],
)
def test_a_goal_without_official_language_is_told_what_to_write(
    wording: dict[str, str], advice: str
) -> None:
    catalogue_goal = catalogue().goals["GA-1.1"]
    framework = catalogue().frameworks[catalogue_goal.framework]
    goal = Goal.model_validate(
        catalogue_goal.model_dump(exclude={"official"}, exclude_unset=True) | {"wording": wording}
    )
    documents = tuple(
        document.model_copy(update={"languages": ("fi", "el")}) for document in framework.documents
    )

    (found,) = check_words(
        DefinitionLocation("goals/GA-1.1.yaml"),
        goal,
        framework.model_copy(update={"documents": documents}),
    )

    assert str(found) == (
        "goals/GA-1.1.yaml: official is not written, which means [en], but the wording of GA-FI "
        f"exists in fi, el; {advice}"
    )


def test_what_could_not_be_read_has_no_official_wording() -> None:
    (found,) = contradictions(with_goal("IR2021-8A", official=["en"]))

    assert found.startswith("goals/IR2021-8A.yaml: official: “en” is not a language of R2021-1232")


def test_a_correction_of_what_was_not_written() -> None:
    slips = {"el": {"εξαιρεί": "εξαίρεί"}}

    found = list(contradictions(with_goal("CC2019-18", corrected=slips)))

    why = "“εξαίρεί” is not what the wording has instead of “εξαιρεί”"
    assert found == [f"goals/CC2019-18.yaml: corrected.el: {why}"]


def test_only_a_member_state_can_be_exempt() -> None:
    found = list(contradictions(with_target("CC2019-7", not_bound=["DNK"])))

    assert found == [
        "goals/CC2019-7.yaml: targets.dir-2011-93.not_bound: “DNK” is not a Member State; did you mean “DK”?"
    ]


HEADLINES: Mapping[str, tuple[Mapping[str, object], str]] = {
    "no target is named": (
        {"headline": None, "headline_why": ""},
        "headline: None names no target; which of ten-per-cent is the goal's status?",
    ),
    "no such target": (
        {"headline": "ten-percent"},
        "headline: “ten-percent” is not a target of the goal; did you mean “ten-per-cent”?",
    ),
    "no reason": (
        {"headline_why": ""},
        "headline_why: “” and headline go together: say why this target was chosen",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", HEADLINES)
def test_a_mistake_in_a_headline(mistake: str) -> None:
    changes, message = HEADLINES[mistake]

    found = list(contradictions(with_goal("GA-1.1", **changes)))

    assert found == [f"goals/GA-1.1.yaml: {message}"]


@pytest.mark.parametrize(
    ("code", "measures", "instead"),
    [
        ("HOTLINE_REPORTS_PROCESSED", "workload", "assess HOTLINE_PROCESSED_SHARE"),
        ("VICTIMS_RECORDED", "recorded", "assess a share or rate"),
    ],
)
def test_no_target_on_what_cannot_show_progress(code: str, measures: str, instead: str) -> None:
    goal = next(goal for goal in catalogue().goals.values() if code in goal.indicators)
    target = {
        "id": "more", "indicator": code, "rule": "direction_only", "method": "direction_only",
        "source": goal.source,
    }  # fmt: skip

    found = list(contradictions(with_goal(goal.code, targets=[*goal.targets, target])))

    where = f"goals/{goal.code}.yaml: targets.more.indicator: “{code}”"
    assert f"{where} measures {measures}, which cannot show progress; {instead} instead" in found


def test_a_goal_with_a_workload_assesses_the_series_named_instead() -> None:
    share = "HOTLINE_PROCESSED_SHARE"
    targets = catalogue().goals["GA-4.2"].targets
    kept = [target for target in targets if target.indicator != share]

    found = list(contradictions(with_goal("GA-4.2", targets=kept)))

    why = f"is assessed by {share}, and the goal has no target for that; add one"
    assert f"goals/GA-4.2.yaml: indicators: “HOTLINE_REPORTS_PROCESSED” {why}" in found


# goal, changes to its first target, what is said after "goals/<goal>.yaml: targets.<id>."
TARGETS: Mapping[str, tuple[str, Mapping[str, object], str]] = {
    "not among the goal's indicators": (
        "GA-3.2",
        {"indicator": "PEOPLE_REACHED"},
        "indicator: “PEOPLE_REACHED” is not among the goal's indicators; there are BEST_PRACTICES_SHARED",
    ),
    "unknown document": (
        "GA-1.1",
        {"source": SOURCE},
        "source.document: “CC2019” is not a document of GA2012; there are GA2012, GA-DECL, GA-FI, D2011-93, D2012-29, D2011-36",
    ),
    "unknown method": (
        "GA-1.1",
        {"method": "yearly_grow"},
        "method: “yearly_grow” is not a method; did you mean “yearly_growth”?",
    ),
    "unknown method beside": (
        "GA-1.1",
        {"beside": ["growth_rate"]},
        "beside: “growth_rate” is not a method; did you mean “growth_ratio”?",
    ),
    "method that cannot assess the rule": (
        "GA-1.1",
        {"method": "keep_at"},
        "method: “keep_at” cannot assess the rule “growth_per_year”, only keep_at",
    ),
    "official method beside itself": (
        "GA-1.1",
        {"beside": ["yearly_growth"]},
        "beside: “yearly_growth” is written twice; once is enough",
    ),
    "growth away from the desired direction": (
        "GA-1.1",
        {"percent": -10},
        "percent: -10.0 leads away from the desired direction of ICSE_VICTIMS, up",
    ),
    "unknown breakdown": (
        "GA-1.1",
        {"at": {"gender": "F"}},
        "at: “gender” is not a breakdown; there are sex, age, sphere, audience, authority, provider, topic, instrument, capability, coverage, hosting, band …",
    ),
    "unknown code": (
        "GA-1.1",
        {"at": {"age": "Y13T16"}},
        "at.age: “Y13T16” is not in codelists/age.csv; did you mean “Y13T15”?",
    ),
    "a breakdown that the indicator does not have": (
        "GA-1.1",
        {"at": {"hosting": "ABROAD"}},
        "at: {'hosting': 'ABROAD'} is not among the breakdowns of ICSE_VICTIMS, sex, age, sex × age",
    ),
    "a part of an indicator without parts": (
        "GA-3.2",
        {"at": {"sex": "F"}},
        "at: {'sex': 'F'} is not among the breakdowns of BEST_PRACTICES_SHARED, which has none",
    ),
    "the total of an indicator without total": (
        "CC2019-7",
        {"at": {}},
        "at: {} names no part, and LEGAL_INSTRUMENT has no total; name one of its breakdowns",
    ),
    "step not on the ladder": (
        "CC2019-7",
        {"step": "ratified"},
        "step: “ratified” is not a step of the ladder of LEGAL_INSTRUMENT; there are not_started, in_preparation, adopted, in_force, evaluated",
    ),
    "all states at another step than the one they are counted at": (
        "CC2019-7",
        {"rule": "all_areas_by_date", "method": "all_areas_by_date", "applies_to": "eu", "step": "adopted"},
        "step: “adopted” is not where LEGAL_INSTRUMENT is reached; states are counted at “in_force”",
    ),
    "a step that the EU as a whole is to reach": (
        "CC2019-7",
        {"applies_to": "both"},
        "applies_to: “both” does not fit the rule, which assesses states; write applies_to: states",
    ),
    "a milestone rule for a count": (
        "GA-3.2",
        {"rule": "milestone_by_date", "step": "in_force", "method": "milestone_by_date"},
        "rule: “milestone_by_date” cannot be the rule for BEST_PRACTICES_SHARED, a flow: milestones, and no other kind, are assessed by milestone_by_date and all_areas_by_date",
    ),
    "an unknown state": (
        "GA-1.1",
        {"areas": ["GR"]},
        "areas: “GR” is not a Member State; there are BE, BG, CZ, DK, DE, EE, IE, EL, ES, FR, HR, IT …",
    ),
    "a state twice": ("GA-1.1", {"areas": ["FI", "FI"]}, "areas: “FI” is written twice; once is enough"),
    "an EU figure that is never made": (
        "CC2019-25",
        {"applies_to": "both"},
        "applies_to: “both” needs an EU figure, and LANZAROTE_ACCESSIONS has none; write applies_to: states",
    ),
    "ends before it begins": (
        "GA-1.1",
        {"valid_from": "2025-01-01", "valid_to": "2024-12-31"},
        "valid_to: “2024-12-31” is before 2025-01-01",
    ),
    "baseline after by": (
        "GA-1",
        {**LEVEL, "baseline": "2031"},
        "baseline: “2031” must be before the period it leads to, by: 2030",
    ),
    "a table without its path": (
        "GA-1",
        {**LEVEL, "trajectory": "table"},
        "trajectory: “table” and agreed_path go together: the one is written only with the other",
    ),
    "a path that is not a table": (
        "GA-1",
        {**LEVEL, "agreed_path": [{"period": "2027", "value": 80}]},
        "trajectory: “linear” and agreed_path go together: the one is written only with the other",
    ),
    "a path in disorder": (
        "GA-1",
        {**LEVEL, "trajectory": "table", "agreed_path": [{"period": p, "value": 80} for p in ("2028", "2027")]},
        "agreed_path: ['2028', '2027'] must rise from period to period and end with by: 2030",
    ),
    "a path that goes on": (
        "GA-1",
        {**LEVEL, "trajectory": "table", "agreed_path": [{"period": "2031", "value": 95}]},
        "agreed_path: ['2031'] must rise from period to period and end with by: 2030",
    ),
    "more than all": ("GA-1", {"value": 110}, "value: 110.0 is more than 100 per cent"),
    "a growth that nobody agreed": (
        "GA-1.1",
        {"agreed": False},
        "agreed: False belongs beside a level, a step or a direction, and there is none",
    ),
    "less than nothing": ("GA-1", {"value": -1}, "value: -1.0 is negative, and nothing is counted below zero"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", TARGETS)
def test_a_mistake_in_a_target(mistake: str) -> None:
    goal, changes, message = TARGETS[mistake]
    name = catalogue().goals[goal].targets[0].id
    alone: dict[str, object] = {"beside": []} if {"method", "rule"} & {*changes} else {}

    found = list(contradictions(with_target(goal, **alone, **changes)))

    assert f"goals/{goal}.yaml: targets.{name}.{message}" in found


def with_role(**changes: object) -> Catalogue:
    return with_indicator("BEST_PRACTICES_SHARED", **changes)


def test_a_target_on_context() -> None:
    message = next(contradictions(with_role(role="context")))

    assert message == (
        "goals/GA-3.2.yaml: targets.best-practices-shared.indicator: “BEST_PRACTICES_SHARED” "
        "is context: charted, never assessed; remove the target, or its role: context"
    )


def test_a_direction_that_nobody_wants() -> None:
    message = next(contradictions(with_role(direction="none")))

    assert message.endswith("write up or down, or remove the target")


@pytest.mark.parametrize(
    ("first", "second", "overlaps"),
    [
        ((None, None), (None, None), True),
        ((None, "2024-12-31"), ("2025-01-01", None), False),
        ((None, "2025-01-01"), ("2025-01-01", None), True),
        (("2025-01-01", None), (None, "2024-12-31"), False),
        (("2020-01-01", "2021-12-31"), ("2021-06-01", "2022-12-31"), True),
        (("2020-01-01", None), ("2030-01-01", None), True),
    ],
)
def test_a_target_agreed_anew_ends_the_one_before(
    first: tuple[str | None, ...], second: tuple[str | None, ...], overlaps: bool
) -> None:
    written = catalogue().goals["GA-1"].targets[0].model_dump()
    twice = [written | {"valid_from": since, "valid_to": until} for since, until in (first, second)]

    found = list(contradictions(with_goal("GA-1", targets=twice)))

    assert [message.split(" is ")[0] for message in found] == (
        ["goals/GA-1.yaml: targets.id: “all-victims”"] if overlaps else []
    )


INDICATORS: Mapping[str, tuple[str, Mapping[str, Any], str]] = {
    "unknown unit": ("ICSE_USERS", {"unit": "USER"}, "unit: “USER” is not in codelists/unit.csv; did you mean “USERS”?"),
    "a share in persons": ("ISPS_FILTERING", {"unit": "PERSONS"}, "unit: “PERSONS” is not the unit of a share; write PC"),
    "unknown step": (
        "FILTERING_FRAMEWORK",
        {"ladder": ["none", "volontary"], "reached_at": None},
        "ladder: “volontary” is not in codelists/step.csv; did you mean “voluntary”?",
    ),
    "a step twice": (
        "FILTERING_FRAMEWORK",
        {"ladder": ["none", "none", "voluntary"]},
        "ladder: “none” is written twice; once is enough",
    ),
    "a ladder of one step": (
        "FILTERING_FRAMEWORK",
        {"ladder": ["voluntary"]},
        "ladder: ['voluntary'] leads nowhere; a ladder has two steps or more, the lowest first",
    ),
    "unknown breakdown": (
        "EMPACT_ACTIONS",
        {"breakdowns": [{"by": ["roles"]}]},
        "breakdowns.roles.by: “roles” is not a breakdown; did you mean “role”?",
    ),
    "unknown code": (
        "EMPACT_ACTIONS",
        {"breakdowns": [{"by": ["role"], "codes": {"role": ["LEAD"]}}]},
        "breakdowns.role.codes.role: “LEAD” is not in codelists/role.csv; did you mean “LED”?",
    ),
    "codes of another breakdown": (
        "EMPACT_ACTIONS",
        {"breakdowns": [{"by": ["role"], "codes": {"sex": ["F"]}}]},
        "breakdowns.role.codes: “sex” is not among its by; there are role",
    ),
    "the same breakdown twice": (
        "EMPACT_ACTIONS",
        {"breakdowns": [{"by": ["role"]}, {"by": ["role"]}]},
        "breakdowns.by: ('role',) is written twice; once is enough",
    ),
    "a dimension crossed with itself": (
        "EMPACT_ACTIONS",
        {"breakdowns": [{"by": ["role", "role"]}]},
        "breakdowns.role×role.by: “role” is written twice; once is enough",
    ),
    "steps that add up": (
        "LEGAL_INSTRUMENT",
        {"breakdowns": [{"by": ["instrument"]}]},
        "breakdowns.instrument.adds_up: True cannot be for a milestone; write adds_up: false",
    ),
    "a duration without bands": (
        "EVIDENCE_RESPONSE_TIME",
        {"breakdowns": []},
        "kind: “duration” is a duration: a duration, and no other kind, has a breakdown by: [band]",
    ),
    "bands of a count": (
        "ICSE_USERS",
        {"breakdowns": [{"by": ["band"]}]},
        "kind: “stock” is a stock: a duration, and no other kind, has a breakdown by: [band]",
    ),
    "no value at all": (
        "ICSE_USERS",
        {"has_total": False},
        "has_total: False leaves no value; add a breakdown",
    ),
    "a count without a rate or a reason": (
        "ICSE_USERS",
        {"no_rate": ""},
        ("no_rate: “” is a count: it needs either per_100_000_children: true, or no_rate, which says "
        "why a rate would have no meaning"),
    ),
    "a rate and why it has no meaning": (
        "ICSE_VICTIMS",
        {"no_rate": "activities"},
        ("no_rate: “activities” is a count: it needs either per_100_000_children: true, or no_rate, "
        "which says why a rate would have no meaning"),
    ),
    "a reason that is not in the list": (
        "ICSE_USERS",
        {"no_rate": "activity"},
        "no_rate: “activity” is not in codelists/no_rate.csv; did you mean “activities”?",
    ),
    "a count without a level": (
        "ICSE_USERS",
        {"questioned_above": None},
        ("questioned_above: None is a count: it needs questioned_above, which says above what number "
        "a figure is questioned"),
    ),
    "a level of a milestone": (
        "MNR_CAPABILITY",
        {"questioned_above": {"at_least": 5.0, "basis": "countries"}},
        ("questioned_above: {'per_100_000_children': 0, 'at_least': 5.0, 'basis': 'countries'} is only "
        "for a count that is submitted"),
    ),
    "a level from nowhere": (
        "ICSE_USERS",
        {"questioned_above": {"at_least": 5, "basis": "country"}},
        ("questioned_above.basis: “country” is not in codelists/level_basis.csv; did you mean "
        "“countries”?"),
    ),
    "a rate of a share": (
        "VICTIMS_ASSISTED",
        {"per_100_000_children": True},
        "no_rate: “” cannot be for a share: only counts have per_100_000_children or no_rate",
    ),
    "rates of parts beside a total": (
        "ICSE_USERS",
        {"rated_parts": {"role": ["LEADER"]}},
        "rated_parts: {'role': ('LEADER',)} needs per_100_000_children, and an indicator without a total",
    ),
    "rates of parts that are not there": (
        "OFFENCES_RECORDED",
        {"rated_parts": {"sex": ["F"]}},
        "rated_parts: “sex” is not among its breakdowns; there are offence",
    ),
    "part of nothing": (
        "HOTLINE_REPORTS_PROCESSED",
        {"parts_of": "HOTLINE_REPORTS_RECIEVED"},
        "parts_of: “HOTLINE_REPORTS_RECIEVED” is not an indicator; did you mean “HOTLINE_REPORTS_RECEIVED”?",
    ),
    "part of itself": (
        "ICSE_USERS",
        {"parts_of": "ICSE_USERS"},
        "parts_of: “ICSE_USERS” is the indicator itself",
    ),
    "a stock that is part of a flow": (
        "ICSE_USERS",
        {"parts_of": "ICSE_CONTRIBUTIONS"},
        "parts_of: “ICSE_CONTRIBUTIONS” is a flow and cannot be the whole of a stock",
    ),
    "comes after nothing": (
        "OFFENDERS_CONVICTED",
        {"follows": "SUSPECTS_PROSECUTD"},
        "follows: “SUSPECTS_PROSECUTD” is not an indicator; did you mean “SUSPECTS_PROSECUTED”?",
    ),
    "comes after itself": (
        "OFFENDERS_CONVICTED",
        {"follows": "OFFENDERS_CONVICTED"},
        "follows: “OFFENDERS_CONVICTED” is the indicator itself",
    ),
    "people at events that nobody counts": (
        "TRAINING_PARTICIPANTS",
        {"people_per": {"indicator": "TRAININGS", "fewest": 2, "most": 500}},
        "people_per: “TRAININGS” is not an indicator; did you mean “NGO_TRAININGS”?",
    ),
    "a workload of which more is wanted": (
        "HOTLINE_REPORTS_PROCESSED",
        {"direction": "up"},
        "direction: “up” cannot be the direction of what measures workload; write direction: none",
    ),
    "records of which fewer are wanted": (
        "VICTIMS_RECORDED",
        {"direction": "down"},
        "direction: “down” cannot be the direction of what measures recorded; write direction: none",
    ),
    "assessed by nothing": (
        "CONTENT_REMOVED",
        {"assessed_by": "TAKEDOWN_WITHIN_24"},
        "assessed_by: “TAKEDOWN_WITHIN_24” is not an indicator; did you mean “TAKEDOWN_WITHIN_24H”?",
    ),
    "assessed by another workload": (
        "SUSPECTS_PROSECUTED",
        {"assessed_by": "INVESTIGATIONS_OPENED"},
        "assessed_by: “INVESTIGATIONS_OPENED” measures workload as well; name a share or rate, or none",
    ),
    "an outcome that another series is assessed for": (
        "VICTIMS_ASSISTED",
        {"assessed_by": "ICSE_VICTIMS"},
        "assessed_by: “ICSE_VICTIMS” is assessed instead of what measures one of: workload, recorded; remove it, or say what a rise means",
    ),
    "a ratio of a component that is not reported": (
        "INVESTIGATIONS_CLEARANCE_RATE",
        {"ratio": {"numerator": {"indicator": "INVESTIGATIONS_COMPLETED"}, "denominator": {"indicator": "INVESTIGATIONS_OPENED"}}},
        "ratio: “value” is not a component of INVESTIGATIONS_COMPLETED; there are numerator, denominator",
    ),
    "an assessed rate per unit of workload": (
        "INVESTIGATIONS_CLEARANCE_RATE",
        {"measures": "outcome", "direction": "up", "role": "follow_up"},
        "measures: “outcome” is a rate per unit of INVESTIGATIONS_OPENED, which measures workload; write role: context",
    ),
    "a ratio of what has no total": (
        "OFFENDERS_IDENTIFIED_RATE",
        {"ratio": {"numerator": {"indicator": "OFFENDERS_IDENTIFIED"}, "denominator": {"indicator": "OFFENCES_RECORDED"}}},
        "ratio: “OFFENCES_RECORDED” has no total to derive a ratio from",
    ),
    "follows up nothing": (
        "CEPOL_TRAININGS",
        {"role": "follow_up"},
        "code: “CEPOL_TRAININGS” follows up no goal; add it to a goal's indicators, or write role: context",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", INDICATORS)
def test_a_mistake_in_an_indicator(mistake: str) -> None:
    code, changes, message = INDICATORS[mistake]

    assert f"indicators/{code}.yaml: {message}" in list(
        contradictions(with_indicator(code, **changes))
    )


def test_a_derived_indicator_is_not_asked_for() -> None:
    found = list(contradictions(with_indicator("TAKEDOWN_WITHIN_24H", collected=True)))

    why = "True cannot be: a derived indicator is not submitted; write collected=False"
    assert found == [f"indicators/TAKEDOWN_WITHIN_24H.py: collected: {why}"]


def test_a_round_that_closes_before_it_opens() -> None:
    assert list(contradictions(with_round(due="2020-12-31"))) == [
        "collections/sample.yaml: rounds.2020.due: “2020-12-31” is before the round opens, 2021-01-15"
    ]


def test_a_round_that_asks_for_the_future() -> None:
    assert list(contradictions(with_round(periods=["2022"]))) == [
        "collections/sample.yaml: rounds.2020.periods: “2022” is not over in 2021, when due"
    ]


def test_the_same_round_twice() -> None:
    found = list(contradictions(with_round(code="2021")))

    assert "collections/sample.yaml: rounds: “2021” is written twice; once is enough" in found


def test_a_policy_target_from_an_unknown_document() -> None:
    documents = catalogue().frameworks["GA2012"].documents[:1]

    found = [
        contradiction
        for contradiction in contradictions(with_framework(documents=documents))
        if "policy_targets" in contradiction
    ]

    assert found[0].startswith(
        "frameworks/GA2012.yaml: policy_targets.GA-1.source.document: “GA-FI”"
    )


def with_interim_collection(**changes: object) -> Catalogue:
    code = "interim-regulation"
    collection = catalogue().collections[code].model_copy(update=changes)
    return replace(catalogue(), collections={**catalogue().collections, code: collection})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"frameworks": ("IR2012",)},
            "frameworks: “IR2012” is not a framework; ",
        ),
        ({"frameworks": ("IR2021", "IR2021")}, "frameworks: “IR2021” is written twice"),
        (
            {"frameworks": ("IR2021",), "rounds": [LONG_AGO]},
            "rounds.2019.periods: “2019” is a period in which none of R2021-1232, ",
        ),
    ],
)
def test_a_collection_asks_for_frameworks_that_applied(
    changes: dict[str, object], expected: str
) -> None:
    found = list(contradictions(with_interim_collection(**changes)))

    assert found[0].startswith(f"collections/interim-regulation.yaml: {expected}")


def test_a_document_cannot_cease_to_apply_before_it_does() -> None:
    first = catalogue().frameworks["GA2012"].documents[0]
    documents = (first.model_copy(update={"applies_from": APPLIES, "applies_to": CEASED}),)

    found = list(contradictions(with_framework(documents=documents)))

    expected = (
        "frameworks/GA2012.yaml: documents.GA2012.applies_to: “2021-01-01” is before 2022-01-01"
    )
    assert found[0] == expected


def test_a_translation_is_no_official_wording() -> None:
    name = Words(en="Residents", fi="Väestö")
    framework = catalogue().frameworks["GA2012"].model_copy(update={"name": name})

    expected = (
        "frameworks/GA2012.yaml: name.fi: “Väestö” is not an official wording; "
        "translate it in metrics/messages/fi.po"
    )
    assert [*map(str, check_translations(framework))] == [expected]
    assert not [*check_translations(catalogue().goals["CC2019-5"])]


CODELISTS = {
    "en,code\n": "header: [] must begin with code,en",
    "code;en;fi;el\nA;a;;\n": "header: ['code;en;fi;el'] must begin with code,en",
    "code,en,fi\nA,a,\n": "header: “fi” belongs in metrics/messages/fi.po",
    "code,en,fi,el\nA,a,,\nA,b,,\n": "code: “A” is written twice; once is enough",
    "code,en,fi,el\nA,,,\n": "row 2.code: “A” needs both a code and an English name",
    "code,en,fi,el\nA,a, b,,\n": "row 2.code: “A” is followed by more cells than columns; put a name with a comma in quotation marks",
    "code,en,en.one\nA,as,a\nB,bs,\n": "en.one: ['B'] needs this form beside a number",
    "code,en,fi.one\nA,as,\n": "header: “fi.one” belongs in metrics/messages/fi.po",
    "code,en,fi,el,also\nA,a,,,\nB,b,,,x|A\n": "B: “A” is written for A too",
    "code,en,is_count\nA,a,maybe\n": "row 2.is_count: “maybe” must be yes, no or empty",
    "code,en,largest\nA,a,lots\n": "row 2.largest: “lots” must be a whole number, or empty",
}  # fmt: skip


@pytest.mark.parametrize("text", CODELISTS)
def test_a_mistake_in_a_code_list(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("metrics.core.discover.read_text", lambda *_: text)

    found = map(str, codelists.check_codelist("colour.csv"))
    assert f"codelists/colour.csv: {CODELISTS[text]}" in list(found)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"rule": "growth"}, "'growth'"),
        ({"percent": "ten"}, "unable to parse string as a number"),
        ({"percentage": 10}, "Extra inputs are not permitted"),
        ({"applies_to": "EU"}, "Input should be 'eu', 'states' or 'both'"),
        ({"valid_from": "8 June 2012"}, "valid date"),
    ],
)
def test_a_field_that_cannot_be_read(written: Mapping[str, object], message: str) -> None:
    target = {
        "id": "a",
        "indicator": "A",
        "rule": "growth_per_year",
        "percent": 10,
        "method": "m",
        "source": SOURCE,
    }

    with pytest.raises(ValidationError, match=message):
        TypeAdapter(Target).validate_python({**target, **written})


def test_one_code_in_two_files() -> None:
    wrong: list[KeyedText] = []

    def indicators() -> Iterator[Indicator]:
        yield from [catalogue().indicators["ICSE_USERS"]] * 2

    load_definitions(indicators, wrong)

    (fault,) = map(str, wrong)
    assert fault == "indicators/: code: “ICSE_USERS” is written twice; once is enough"


def test_a_folder_that_cannot_be_read_is_told_beside_the_others() -> None:
    first, *others = [
        fault_at(f"{file}.yaml: name", KeyedText("fault_missing")) for file in ("GA-1", "A", "B")
    ]
    wrong = [first]

    def frameworks() -> list[Goal]:
        raise DefinitionError.of_faults(others)

    assert load_definitions(frameworks, wrong) == {}
    assert wrong == [first, *others]


def test_of_a_long_list_only_the_beginning_is_told() -> None:
    known = [f"CODE_{number}" for number in range(40)]

    location = DefinitionLocation("a.yaml")
    message = str(next(location.unknown("unit", ["zzz"], known, KeyedText("a_rule"))))

    assert message.endswith("CODE_11 …")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("PERCENT", "did you mean “PC”?"),
        ("%", "did you mean “PC”?"),
        ("HOUR", "did you mean “HOURS”?"),
        ("EUROS", "there are PERSONS"),
    ],
)
def test_a_unit_is_suggested_where_it_can_have_been_meant(typed: str, hint: str) -> None:
    message = str(next(DefinitionLocation("a.yaml").unlisted("unit", [typed], "unit")))

    assert f"is not in codelists/unit.csv; {hint}" in message


def change_from(year: int, **before: object) -> dict[str, object]:
    return {"from": year, "note": {"en": "Changed."}, "before": before}


SITES = "indicators/SITES_BLOCKED.yaml: changes"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([change_from(2024)], f"{SITES}.2024.before: {{}} names nothing"),
        ([change_from(2024, unit="PIECES")], f"{SITES}.2024.before.unit: “PIECES” is not"),
        (
            [change_from(2024, unit="ITEMS"), change_from(2023, unit="URLS")],
            f"{SITES}.from: “2023” is not after 2024; write the earliest change first",
        ),
        (
            [change_from(2024, breakdowns=[{"by": ["sex"], "codes": {"sex": ["X"]}}])],
            f"{SITES}.2024.before.breakdowns.sex.codes.sex: “X” is not",
        ),
    ],
)
def test_a_mistake_in_a_change_of_definition(changes: list[object], expected: str) -> None:
    found = list(contradictions(with_indicator("SITES_BLOCKED", changes=changes)))

    assert found[0].startswith(expected)
