"""Is everything that was committed in the catalogue, and nothing in it without a commitment?"""

import re
from datetime import date

import pytest

from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.definitions.targets import AllAreasByDate, KeepAt, MilestoneByDate, Target
from metrics.catalogue.loader import catalogue
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAKDOWNS, TOTAL

# Every row of the source documents, with the indicators that follow it up.
COMMITMENTS = {
    "GA-1": "VICTIMS_ASSISTED",
    "GA-1.1": "ICSE_VICTIMS",
    "GA-2.1": "LEGAL_INSTRUMENT INVESTIGATIONS_OPENED SUSPECTS_PROSECUTED OFFENDERS_CONVICTED",
    "GA-2.2": "JOINT_OPERATIONS JOINT_INVESTIGATION_TEAMS VIDTF_EXPERTS",
    "GA-3.1": "AWARENESS_CAMPAIGNS PEOPLE_REACHED",
    "GA-3.2": "BEST_PRACTICES_SHARED",
    "GA-4.1": "PROVIDERS_PARTICIPATING DATA_VOLUME_EXAMINED ISPS_FILTERING FILTERING_FRAMEWORK",
    "GA-4.2": "TAKEDOWN_TIME HOTLINE_REPORTS_RECEIVED HOTLINE_REPORTS_PROCESSED CONTENT_REMOVED",
    "5": "VICTIMS_RECORDED INVESTIGATIONS_COMPLETED",
    "6, 23": "WEPROTECT_PARTICIPATION MNR_CAPABILITY",
    "7": "LEGAL_INSTRUMENT",
    "8": "LEGISLATION_EVALUATION LEGISLATION_EVALUATION_AGE",
    "9": "GENDER_BREAKDOWN_SHARE",
    "10": "EUROPOL_CONTRIBUTIONS EUROJUST_CASES DATA_RETENTION_FRAMEWORK",
    "11": "SPECIALISED_STAFF BEST_PRACTICES_SHARED",
    "12, 14": "TAKEDOWN_TIME CONTENT_REMOVED HOTLINE_REPORTS_RECEIVED HOTLINE_REPORTS_PROCESSED "
    "REPORTS_PRIORITISED HOTLINE_SUPPORT",
    "13": "EVIDENCE_REQUESTS EVIDENCE_RESPONSE_TIME SITES_BLOCKED",
    "15": "STAKEHOLDER_INITIATIVES",
    "16": "STAFF_VETTED OFFENDER_PROGRAMMES OFFENDER_PROGRAMME_PARTICIPANTS SCHOOLS_REACHED "
    "AWARENESS_CAMPAIGNS",
    "17": "EMPACT_ACTIONS VIDTF_EXPERTS",
    "18": "EC3_SUPPORT_REQUESTS",
    "19": "EUROJUST_CASES JOINT_INVESTIGATION_TEAMS",
    "20": "TRAININGS_HELD TRAINING_PARTICIPANTS",
    "21": "THIRD_COUNTRY_ACTIONS",
    "22": "ICSE_CONNECTED ICSE_USERS ICSE_CONTRIBUTIONS",
    "24": "THIRD_COUNTRY_ACTIONS",
    "25": "LANZAROTE_ACCESSIONS",
    "PC-FI": "NGO_TRAININGS NGO_CONSULTATIONS NGO_WEBINARS NGO_PARTICIPANTS",
    "IR2021-8A": "OCSA_REPORTS OCSA_REPORTS_REPEATED",
    "IR2021-8B": "OCSA_CHILDREN_IDENTIFIED",
    "IR2021-8C": "OCSA_PERSONS_CONVICTED",
}  # fmt: skip

WITH_ACTIONS = "GA-1.1 GA-2.1 GA-2.2 GA-3.1 GA-3.2 GA-4.1 GA-4.2 CC2019-24 PC-FI"

# Kind, unit, breakdowns and direction as they were agreed, where the commitment names them. A direction
# of what only follows the work that comes in, or the records made, is agreed and not assessed: none.
AGREED = """
    ICSE_VICTIMS                    flow      PERSONS    up   sex age
    VICTIMS_ASSISTED                share     PC         up   sex age
    LEGAL_INSTRUMENT                milestone STEP       up   instrument
    INVESTIGATIONS_OPENED           flow      CASES      none sphere
    SUSPECTS_PROSECUTED             flow      PERSONS    none sex sphere
    OFFENDERS_CONVICTED             flow      PERSONS    none sex sphere
    PEOPLE_REACHED                  flow      PERSONS    up   audience
    PROVIDERS_PARTICIPATING         stock     PROVIDERS  up
    DATA_VOLUME_EXAMINED            flow      MIO_ITEMS  none
    ISPS_FILTERING                  share     PC         up
    FILTERING_FRAMEWORK             milestone STEP       up
    TAKEDOWN_TIME                   duration  HOURS      down band hosting
    CONTENT_REMOVED                 flow      ITEMS      none hosting
    VICTIMS_RECORDED                flow      PERSONS    none sex age sphere
    INVESTIGATIONS_COMPLETED        share     PC         up
    MNR_CAPABILITY                  milestone STEP       up   capability
    LEGISLATION_EVALUATION          milestone STEP       up   coverage
    LEGISLATION_EVALUATION_AGE      stock     YEARS      none coverage
    SPECIALISED_STAFF               stock     FTE        up
    REPORTS_PRIORITISED             share     PC         up
    EVIDENCE_REQUESTS               share     PC         up
    EVIDENCE_RESPONSE_TIME          duration  HOURS      down band
    SITES_BLOCKED                   flow      SITES      none
    STAFF_VETTED                    flow      PERSONS    none
    OFFENDER_PROGRAMMES             stock     PROGRAMMES up
    OFFENDER_PROGRAMME_PARTICIPANTS flow      PERSONS    up
    SCHOOLS_REACHED                 share     PC         up
    EMPACT_ACTIONS                  flow      ACTIVITIES up   role
    EC3_SUPPORT_REQUESTS            flow      REQUESTS   none
    TRAININGS_HELD                  flow      EVENTS     up   authority provider topic
    TRAINING_PARTICIPANTS           flow      PERSONS    up   authority provider topic
    THIRD_COUNTRY_ACTIONS           flow      ACTIVITIES up   partner theme
    ICSE_CONNECTED                  milestone STEP       up
    ICSE_USERS                      stock     USERS      up
    LANZAROTE_ACCESSIONS            stock     COUNTRIES  up
"""

# The documents with these rows; a goal that cites another document needs no line here.
AGREED_DOCUMENTS = ("GA2012", "GA-FI", "CC2019", "PC-FI", "R2021-1232")

GOALS = list(catalogue().goals.values())
AGREED_GOALS = [goal for goal in GOALS if goal.source.document in AGREED_DOCUMENTS]
INDICATORS = list(catalogue().indicators.values())
TARGETS = [(goal, target) for goal in GOALS for target in goal.targets]
LANGUAGES_OF_NAMES = {"fi", "el"}  # beside English


def translation_of(key: str, languages: set[str]) -> str:
    """Where the missing translations of a text are written."""
    files = ", ".join(f"{language}.po" for language in sorted(languages))
    return f"run `make messages`, then translate {key} in metrics/messages: {files}"


def row_of(goal: Goal) -> str:
    return goal.source.paragraph if goal.framework == "CC2019" else goal.code


@pytest.mark.parametrize("row", COMMITMENTS)
def test_every_commitment_has_a_goal_with_its_indicators(row: str) -> None:
    followed = next(goal.indicators for goal in GOALS if row_of(goal) == row)

    assert {*COMMITMENTS[row].split()} <= {*followed}


@pytest.mark.parametrize("goal", AGREED_GOALS, ids=lambda goal: goal.code)
def test_what_stands_beside_a_commitment_is_not_asked_of_states(goal: Goal) -> None:
    beside = {*goal.indicators} - {*COMMITMENTS[row_of(goal)].split()}

    assert not [code for code in beside if catalogue().indicators[code].collected]


def test_every_goal_of_an_agreed_document_is_a_commitment() -> None:
    assert [row_of(goal) for goal in AGREED_GOALS] == list(COMMITMENTS)


def test_every_paragraph_from_5_to_25_is_covered() -> None:
    paragraphs = {
        int(number)
        for goal in GOALS
        if goal.framework == "CC2019"
        for number in goal.source.paragraph.split(", ")
    }

    assert paragraphs == set(range(5, 26))


def test_actions_are_declared_under_the_operational_goals_and_the_overviews() -> None:
    assert [goal.code for goal in AGREED_GOALS if goal.actions] == WITH_ACTIONS.split()


@pytest.mark.parametrize("line", AGREED.strip().splitlines(), ids=lambda line: line.split()[0])
def test_an_indicator_counts_as_agreed(line: str) -> None:
    code, kind, unit, direction, *breakdowns = line.split()
    indicator = catalogue().indicators[code]

    found = (indicator.kind, indicator.unit, indicator.direction)
    assert found == (kind, unit, direction)
    assert {by for breakdown in indicator.breakdowns for by in breakdown.by} == {*breakdowns}


@pytest.mark.parametrize(
    "code", ["CYBERTIPLINE_REPORTS", "OFFENCES_RECORDED", "HOTLINE_REPORTS_RECEIVED"]
)
def test_reports_and_offences_are_context_and_warn_the_reader(code: str) -> None:
    indicator = catalogue().indicators[code]

    assert (indicator.role, indicator.direction) == ("context", "none")
    assert indicator.caveat


@pytest.mark.parametrize(("goal", "target"), TARGETS, ids=[f"{g.code} {t.id}" for g, t in TARGETS])
def test_context_is_never_assessed(goal: Goal, target: Target) -> None:
    assert catalogue().indicators[target.indicator].role == "follow_up"


def test_people_reached_are_assessed_for_states_and_the_volume_examined_not_at_all() -> None:
    """A caveat that forbids a comparison, and a verdict on it, exclude each other."""
    assessed = {target.indicator: target.applies_to for _, target in TARGETS}

    assert assessed["PEOPLE_REACHED"] == "states"
    assert "DATA_VOLUME_EXAMINED" not in assessed


def test_a_level_that_no_document_agreed_is_said_to_be_a_reading_of_the_wording() -> None:
    goal = catalogue().goals["GA-1"]
    (target,) = goal.targets

    assert isinstance(target, KeepAt)
    assert target.value == 100
    assert "100" not in goal.wording.en
    assert goal.note
    assert all("100" in goal.note(language) for language in ("en", "fi", "el"))


def test_no_caveat_says_that_suspects_come_from_elsewhere_than_the_referrals() -> None:
    caveat = catalogue().indicators["OFFENDERS_IDENTIFIED_RATE"].caveat

    assert caveat
    assert "other sources" not in caveat.en


@pytest.mark.parametrize(
    "count",
    ["EUROPOL_CONTRIBUTIONS", "EUROJUST_CASES", "ICSE_CONTRIBUTIONS", "SUSPECTS_PROSECUTED"],
)
def test_neither_a_count_nor_its_rate_per_investigation_is_assessed(count: str) -> None:
    """The rate falls when the count rises by less than the investigations do."""
    rate = catalogue().indicators[f"{count}_RATE"]

    assert (rate.role, rate.measures, rate.direction) == ("context", "workload", "none")
    assert not catalogue().indicators[count].assessed_by
    assert not {count, rate.code} & {target.indicator for _, target in TARGETS}


@pytest.mark.parametrize("goal", ["CC2019-6", "CC2019-8"])
def test_what_the_wording_does_not_ask_of_a_state_is_not_assessed(goal: str) -> None:
    """A summit that is over, a document that is praised, and evaluations at no stated interval."""
    followed = catalogue().goals[goal]

    assert followed.note
    assert not followed.targets
    assert {catalogue().indicators[code].role for code in followed.indicators} == {"context"}


def test_countries_with_which_a_state_cooperates_are_not_all_parties() -> None:
    """The number rises with cooperation too, which is the State's own decision."""
    parties = catalogue().indicators["LANZAROTE_ACCESSIONS"]

    assert parties.measures == "effort"
    assert parties.name.en.startswith("Partner countries")
    assert parties.caveat
    assert "not all parties" in parties.caveat.en


def test_the_age_of_an_evaluation_is_context() -> None:
    """No interval is agreed, and whoever has just evaluated can only grow older."""
    age = catalogue().indicators["LEGISLATION_EVALUATION_AGE"]

    assert (age.role, age.direction) == ("context", "none")


@pytest.mark.parametrize("code", ["JOINT_OPERATIONS", "JOINT_INVESTIGATION_TEAMS"])
def test_what_several_states_join_is_counted_in_participations(code: str) -> None:
    indicator = catalogue().indicators[code]

    assert indicator.unit == "PARTICIPATIONS"
    assert indicator.caveat
    assert "participations" in indicator.caveat.en


def test_the_one_growth_target_of_2012_and_2019_is_ten_per_cent_a_year() -> None:
    grows = [
        target
        for goal, target in TARGETS
        if target.rule == "growth_per_year" and goal.framework in {"GA2012", "CC2019"}
    ]

    assert [(target.indicator, target.percent) for target in grows] == [("ICSE_VICTIMS", 10)]


def test_every_member_state_is_to_be_connected_to_the_database() -> None:
    targets = {target.rule: target for target in catalogue().goals["CC2019-22"].targets}

    assert targets["all_areas_by_date"].applies_to == "eu"
    assert targets["milestone_by_date"].applies_to == "states"


@pytest.mark.parametrize("code", codelist("instrument"))
@pytest.mark.parametrize("goal", ["GA-2.1", "CC2019-7"])
def test_each_instrument_is_to_be_in_force_in_every_state(goal: str, code: str) -> None:
    at = [target for target in catalogue().goals[goal].targets if target.at == {"instrument": code}]

    assert {codes.applies_to for codes in at} == {"states", "eu"}


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.code)
def test_a_goal_is_named_in_three_languages_and_quoted_in_its_own(goal: Goal) -> None:
    lacking = LANGUAGES_OF_NAMES - {*goal.name.by_language}
    assert not lacking, translation_of(f"goals/{goal.code}/name", lacking)
    assert all(getattr(goal.wording, language) for language in goal.official)


def test_the_conclusions_of_2019_are_official_in_finnish_and_greek_only() -> None:
    conclusions = [goal for goal in GOALS if goal.framework == "CC2019"]

    assert {goal.official for goal in conclusions} == {("fi", "el")}
    assert all(goal.wording.en != goal.wording("fi") for goal in conclusions)


# The words as printed in 12862/19, so that nobody "improves" a quotation.
QUOTED = {
    "CC2019-9": (
        "Neuvosto toteaa, että on tärkeää ottaa huomioon sukupuolten tasa-arvon valtavirtaistaminen",
        "Το Συμβούλιο αναγνωρίζει τη σημασία της ενσωμάτωσης της διάστασης του φύλου",
    ),
    "CC2019-20": (
        "Neuvosto korostaa, että lainvalvontaviranomaisille ja muille viranomaisille on tärkeää",
        "Το Συμβούλιο τονίζει ότι είναι σημαντικό να παρασχεθεί στις υπηρεσίες επιβολής του νόμου",
    ),
    "CC2019-25": (
        "EU kannustaa kolmansia maita harkitsemaan liittymistä lasten suojelemisesta",
        "Η ΕΕ προτρέπει τις τρίτες χώρες να μελετήσουν το ενδεχόμενο προσχώρησης",
    ),
}


@pytest.mark.parametrize("code", QUOTED)
def test_the_wording_begins_as_printed(code: str) -> None:
    wording = catalogue().goals[code].wording

    assert (wording("fi"), wording("el")) != QUOTED[code]
    assert wording("fi").startswith(QUOTED[code][0])
    assert wording("el").startswith(QUOTED[code][1])


def test_goals_stand_in_policy_order() -> None:
    assert [goal.order for goal in GOALS] == sorted(goal.order for goal in GOALS)
    assert [goal.code for goal in GOALS][:3] == ["GA-1", "GA-1.1", "GA-2.1"]


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.code)
def test_what_an_indicator_counts_is_defined_in_three_languages(indicator: Indicator) -> None:
    """Its definition, the warning beside its figures, and what its parts are."""
    for field in ("definition", "caveat", "numerator", "denominator"):
        if words := getattr(indicator, field):
            lacking = LANGUAGES_OF_NAMES - {*words.by_language}
            assert not lacking, translation_of(f"indicators/{indicator.code}/{field}", lacking)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.code)
def test_an_indicator_is_named_in_three_languages(indicator: Indicator) -> None:
    lacking = LANGUAGES_OF_NAMES - {*indicator.name.by_language}
    assert not lacking, translation_of(f"indicators/{indicator.code}/name", lacking)
    assert indicator.definition.en.endswith(".")


@pytest.mark.parametrize(
    "indicator",
    [indicator for indicator in INDICATORS if indicator.kind is Kind.SHARE and indicator.collected],
    ids=lambda each: each.code,
)
def test_a_share_asks_for_its_parts_in_three_languages(indicator: Indicator) -> None:
    assert indicator.numerator
    assert indicator.denominator
    assert all(
        {"fi", "el"} <= {*words.by_language}
        for words in (indicator.numerator, indicator.denominator)
    )


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: each.code)
def test_counts_of_victims_suspects_and_offenders_are_marked_as_counts_of_people(
    indicator: Indicator,
) -> None:
    about_them = re.search(
        "VICTIMS|SUSPECTS|OFFENDER(S|_PROGRAMME_P)|OCSA_(CHILDREN|PERSONS)", indicator.code
    )

    assert indicator.counts_people or indicator.formula or not about_them
    assert not (indicator.counts_people and indicator.formula)


def test_the_agreed_documents_stand_in_their_order() -> None:
    documents = [
        document.code
        for framework in catalogue().frameworks.values()
        for document in framework.documents
    ]

    assert [code for code in documents if code in AGREED_DOCUMENTS] == [*AGREED_DOCUMENTS]


@pytest.mark.parametrize(
    ("period", "applies"),
    [("2020", False), ("2021-07", False), ("2021", True), ("2026-04", True), ("2026-05", False),
     ("2026-07", True), ("2028-04", True), ("2028-05", False)],
)  # fmt: skip
def test_the_interim_regulation_applied_for_two_periods(period: str, applies: bool) -> None:
    framework = catalogue().frameworks["IR2021"]

    assert framework.applies_in(ReferencePeriod.parse(period)) is applies


def test_no_figure_of_the_interim_regulation_is_assessed() -> None:
    asked = catalogue().restrict_to(catalogue().collection("interim-regulation"))

    assert [*asked.frameworks] == ["IR2021"]
    assert not any(goal.targets or goal.headline for goal in asked.goals.values())
    assert {indicator.role for indicator in asked.indicators.values()} == {"context"}
    assert len(asked.indicators) == len(
        {code for goal in asked.goals.values() for code in goal.indicators}
    )


def test_a_collection_without_frameworks_asks_for_those_that_none_names() -> None:
    general = catalogue().restrict_to(catalogue().collection("empact-cse"))

    assert "IR2021" not in general.frameworks
    assert not any(code.startswith("OCSA") for code in general.indicators)
    assert {"REFERRALS_RECEIVED", "TAKEDOWN_WITHIN_24H", "ICSE_VICTIMS"} < {*general.indicators}


def test_the_four_policy_targets_stand_in_the_order_of_the_declaration() -> None:
    targets = catalogue().frameworks["GA2012"].policy_targets

    assert [target.code for target in targets] == ["GA-1", "GA-2", "GA-3", "GA-4"]


@pytest.mark.parametrize(
    ("instrument", "day", "article"),
    [
        ("DIR_2011_93", date(2013, 12, 18), "Article 27"),
        ("DIR_2012_29", date(2015, 11, 16), "Article 27"),
        ("DIR_2011_36", date(2013, 4, 6), "Article 22"),
    ],
)
@pytest.mark.parametrize("goal", ["GA-2.1", "CC2019-7"])
def test_a_directive_is_due_on_the_day_that_it_sets_and_does_not_bind_denmark(
    goal: str, instrument: str, day: date, article: str
) -> None:
    targets = catalogue().goals[goal].targets

    about = [target for target in targets if target.at == {"instrument": instrument}]

    assert {target.applies_to for target in about} == {"states", "eu"}
    for target in about:
        assert isinstance(target, MilestoneByDate | AllAreasByDate)
        assert (target.by, target.not_bound) == (day, ("DK",))
        assert target.source.paragraph == article


def test_conventions_bind_every_state_and_have_no_date() -> None:
    conventions = [
        target for target in catalogue().goals["CC2019-7"].targets if not target.not_bound
    ]

    assert {target.at["instrument"] for target in conventions} == {"LANZAROTE", "OPSC", "PALERMO"}
    assert not any(getattr(target, "by", None) for target in conventions)


def test_the_operational_goals_hold_from_the_launch_of_the_alliance() -> None:
    since = {goal.code: goal.valid_from for goal in GOALS if goal.framework == "GA2012"}

    assert since.pop("GA-1") == date(2012, 6, 8)  # a policy target of the Council conclusions
    launch = date(2012, 12, 5)
    otherwise = [code for code, day in since.items() if day != launch]
    assert not otherwise, f"write valid_from: {launch} in the files of {otherwise}"


def test_the_policy_targets_are_quoted_in_the_words_of_the_council_too() -> None:
    quoted = {
        target.code: target.beside[0] for target in catalogue().frameworks["GA2012"].policy_targets
    }

    assert "to remove or, where appropriate, block websites" in quoted["GA-4"].wording.en
    assert {code: words.source.paragraph[-1] for code, words in quoted.items()} == {
        "GA-1": "1", "GA-2": "3", "GA-3": "4", "GA-4": "2",
    }  # fmt: skip
    assert {words.source.document for words in quoted.values()} == {"GA2012"}


def test_what_the_two_official_versions_ask_differently_is_said() -> None:
    differing = ["CC2019-5", "CC2019-7", "CC2019-11", "CC2019-12", "CC2019-21"]

    for code in differing:
        note = catalogue().goals[code].note
        assert note
        assert {*note.by_language} >= {"en", "fi", "el"}
        assert "Finnish" in note.en
        assert "Greek" in note.en


def test_the_number_of_successful_investigations_stands_beside_their_rate() -> None:
    followed = catalogue().goals["CC2019-5"].indicators

    assert {"INVESTIGATIONS_COMPLETED", "INVESTIGATIONS_SUCCESSFUL"} <= {*followed}


def test_the_council_praises_and_does_not_exempt() -> None:
    conclusions = [goal.wording("el") for goal in GOALS if goal.framework == "CC2019"]

    assert not any("εξαιρεί" in wording for wording in conclusions)
    assert sum("εξαίρει" in wording for wording in conclusions) == 3


def test_the_catalogue_is_read_once() -> None:
    assert catalogue() is catalogue()


def test_an_unknown_collection_is_named_with_the_nearest() -> None:
    with pytest.raises(
        Exception, match="“emapct-cse” is not a collection; did you mean “empact-cse”"
    ):
        catalogue().collection("emapct-cse")


def test_every_breakdown_has_a_code_list_without_the_total() -> None:
    assert all(TOTAL not in codelist(by) and codelist(by) for by in BREAKDOWNS)
    assert len(member_states()) == 27
