"""Check goals against their framework and the indicators that follow them up."""

from collections.abc import Iterator, Mapping

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.checks.targets import check_overlap, check_target
from metrics.catalogue.definitions.frameworks import Document, Framework
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import ASSESSED, Indicator
from metrics.core.errors import KeyedText
from metrics.core.series import format_series


def check_goal(
    goal: Goal, frameworks: Mapping[str, Framework], indicators: Mapping[str, Indicator]
) -> Iterator[KeyedText]:
    location = DefinitionLocation(f"goals/{goal.code}.yaml")
    yield from location.unknown("framework", [goal.framework], frameworks, KeyedText("a_framework"))
    if goal.framework in frameworks:
        yield from check_words(location, goal, frameworks[goal.framework])
        yield from check_sources(location, goal, frameworks[goal.framework])
    yield from check_corrections(location, goal)
    yield from check_follow_up(location, goal, indicators)
    yield from check_missing_targets(location, goal, indicators)
    yield from check_substitute_is_assessed(location, goal, indicators)
    yield from check_headline(location, goal)
    for target in goal.targets:
        if target.indicator in indicators:
            yield from check_target(location, target, indicators[target.indicator])
    yield from check_overlap(location, goal.targets)


def check_words(
    location: DefinitionLocation, goal: Goal, framework: Framework
) -> Iterator[KeyedText]:
    """The official wording must be given, in a language of the document it comes from.

    There is none where the text of the document could not be read in any language.
    """
    documents = {document.code: document for document in framework.documents}
    source = documents.get(goal.source.document)
    if not goal.official and (source is None or source.languages):
        given = ", ".join(goal.wording.published)
        why = KeyedText.filled("fault_names_no_language", given=given)
        yield location.error("official", [], why)
    for language in goal.official:
        if not goal.wording.published.get(language):
            why = KeyedText.filled("fault_no_wording", language=language)
            yield location.error("official", language, why)
        elif source is not None and "official" in goal.model_fields_set:
            what = KeyedText.filled("a_language_of", document=source.code)
            yield from location.unknown("official", [language], source.languages, what)
        elif source is not None and language not in source.languages:
            yield _correct_default(location, goal, source)


def _correct_default(location: DefinitionLocation, goal: Goal, source: Document) -> KeyedText:
    """What to write in a file that leaves the languages to their default, which is wrong here."""
    quoted = [language for language in source.languages if goal.wording.published.get(language)]
    return KeyedText.filled(
        "default_official",
        place=location.file,
        default=", ".join(goal.official),
        document=source.code,
        known=", ".join(source.languages) or KeyedText("no_language"),
        advice=KeyedText.filled("write_official", languages=", ".join(quoted))
        if quoted
        else KeyedText("add_wording"),
    )


def check_corrections(location: DefinitionLocation, goal: Goal) -> Iterator[KeyedText]:
    """A slip listed as corrected must be corrected in the official wording of its language."""
    languages = KeyedText.filled("official_language_of", goal=goal.code)
    yield from location.unknown("corrected", goal.corrected, goal.official, languages)
    for language, slips in goal.corrected.items():
        wording = goal.wording.published.get(language, "")
        for slip, correction in slips.items():
            if correction not in wording or slip in wording:
                why = KeyedText.filled("fault_not_in_wording", slip=slip)
                yield location.error(f"corrected.{language}", correction, why)


def check_sources(
    location: DefinitionLocation, goal: Goal, framework: Framework
) -> Iterator[KeyedText]:
    """Wordings and targets must come from documents of the goal's own framework."""
    known = [document.code for document in framework.documents]
    what = KeyedText.filled("a_document_of", framework=framework.code)
    yield from location.unknown("source.document", [goal.source.document], known, what)
    for target in goal.targets:
        named = [target.source.document]
        yield from location.unknown(f"targets.{target.id}.source.document", named, known, what)
    policy_targets = [policy_target.code for policy_target in framework.policy_targets]
    if goal.policy_target:
        what = KeyedText.filled("a_policy_target_of", framework=framework.code)
        yield from location.unknown("policy_target", [goal.policy_target], policy_targets, what)


def check_follow_up(
    location: DefinitionLocation, goal: Goal, indicators: Mapping[str, Indicator]
) -> Iterator[KeyedText]:
    yield from location.unknown(
        "indicators", goal.indicators, indicators, KeyedText("an_indicator")
    )
    yield from location.duplicates("indicators", goal.indicators)
    for target in goal.targets:
        field, what = f"targets.{target.id}.indicator", KeyedText("among_goal_indicators")
        yield from location.unknown(field, [target.indicator], goal.indicators, what)
    if not goal.indicators and not goal.actions:
        yield location.error("indicators", [], KeyedText("fault_no_follow_up"))


def check_missing_targets(
    location: DefinitionLocation, goal: Goal, indicators: Mapping[str, Indicator]
) -> Iterator[KeyedText]:
    """Every indicator of a goal must have a target or be declared as context."""
    assessed = {target.indicator for target in goal.targets}
    known = [indicators[code] for code in goal.indicators if code in indicators]
    for indicator in known:
        if indicator.code not in assessed and needs_target(indicator):
            yield location.error("indicators", indicator.code, KeyedText("fault_no_target"))


def needs_target(indicator: Indicator) -> bool:
    wanted = indicator.direction != "none" and indicator.measures in ASSESSED
    return indicator.role == "follow_up" and wanted


def check_substitute_is_assessed(
    location: DefinitionLocation, goal: Goal, indicators: Mapping[str, Indicator]
) -> Iterator[KeyedText]:
    """A goal that shows a workload must assess the series that is named instead of it."""
    assessed = {format_series(target.indicator, codes=target.at) for target in goal.targets}
    for code in goal.indicators:
        instead = indicators[code].assessed_by if code in indicators else ""
        if instead and instead not in assessed:
            why = KeyedText.filled("fault_substitute", series=instead)
            yield location.error("indicators", code, why)


def check_headline(location: DefinitionLocation, goal: Goal) -> Iterator[KeyedText]:
    """A goal with targets must name the one whose verdict is its status, and say why."""
    ids = [target.id for target in goal.targets]
    named = [goal.headline] if goal.headline else []
    yield from location.unknown("headline", named, ids, KeyedText("a_target_of_goal"))
    if ids and not named:
        why = KeyedText.filled("fault_names_no_target", targets=", ".join(ids))
        yield location.error("headline", None, why)
    if bool(named) != bool(goal.headline_why):
        yield location.error("headline_why", goal.headline_why, KeyedText("fault_headline_why"))


def check_order(goals: Mapping[str, Goal]) -> Iterator[KeyedText]:
    """No two goals may have the same place in the order."""
    places: dict[int, str] = {}
    for goal in goals.values():
        first = places.setdefault(goal.order, goal.code)
        if first != goal.code:
            why = KeyedText.filled("fault_same_place", goal=first)
            yield DefinitionLocation(f"goals/{goal.code}.yaml").error("order", goal.order, why)


def check_framework(framework: Framework) -> Iterator[KeyedText]:
    location = DefinitionLocation(f"frameworks/{framework.code}.yaml")
    documents = [document.code for document in framework.documents]
    yield from location.duplicates("documents", documents)
    for document in framework.documents:
        since, until = document.applies_from, document.applies_to
        if since and until and since > until:
            at = location.within(f"documents.{document.code}")
            why = KeyedText.filled("fault_before", day=str(since))
            yield at.error("applies_to", f"{until}", why)
    yield from location.duplicates(
        "policy_targets", [policy_target.code for policy_target in framework.policy_targets]
    )
    for policy_target in framework.policy_targets:
        field = f"policy_targets.{policy_target.code}.source.document"
        what = KeyedText("among_documents")
        named = [policy_target.source, *(quoted.source for quoted in policy_target.beside)]
        yield from location.unknown(field, [one.document for one in named], documents, what)
