"""Check goals against their framework and the indicators that follow them up."""

from collections.abc import Iterator, Mapping

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.checks.targets import check_overlap, check_target
from metrics.catalogue.definitions.frameworks import Document, Framework
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import ASSESSED, Indicator
from metrics.core.series import format_series


def check_goal(
    goal: Goal, frameworks: Mapping[str, Framework], indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    location = DefinitionLocation(f"goals/{goal.code}.yaml")
    yield from location.unknown("framework", [goal.framework], frameworks, "a framework")
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


def check_words(location: DefinitionLocation, goal: Goal, framework: Framework) -> Iterator[str]:
    """The official wording must be given, in a language of the document it comes from.

    There is none where the text of the document could not be read in any language.
    """
    documents = {document.code: document for document in framework.documents}
    source = documents.get(goal.source.document)
    if not goal.official and (source is None or source.languages):
        given = ", ".join(goal.wording.published)
        why = f"names no language; name those of {given} whose wording is official"
        yield location.error("official", [], why)
    for language in goal.official:
        if not goal.wording.published.get(language):
            yield location.error("official", language, f"has no wording; add wording.{language}")
        elif source is not None and "official" in goal.model_fields_set:
            what = f"a language of {source.code}"
            yield from location.unknown("official", [language], source.languages, what)
        elif source is not None and language not in source.languages:
            yield _correct_default(location, goal, source)


def _correct_default(location: DefinitionLocation, goal: Goal, source: Document) -> str:
    """What to write in a file that leaves the languages to their default, which is wrong here."""
    default, known = ", ".join(goal.official), ", ".join(source.languages) or "no language"
    quoted = [language for language in source.languages if goal.wording.published.get(language)]
    advice = f"write official: [{', '.join(quoted)}]" if quoted else "add a wording in one of them"
    return (
        f"{location.file}: official is not written, which means [{default}], but the wording of "
        f"{source.code} exists in {known}; {advice}"
    )


def check_corrections(location: DefinitionLocation, goal: Goal) -> Iterator[str]:
    """A slip listed as corrected must be corrected in the official wording of its language."""
    languages = f"an official language of {goal.code}"
    yield from location.unknown("corrected", goal.corrected, goal.official, languages)
    for language, slips in goal.corrected.items():
        wording = goal.wording.published.get(language, "")
        for slip, correction in slips.items():
            if correction not in wording or slip in wording:
                why = f"is not what the wording has instead of {slip!r}"
                yield location.error(f"corrected.{language}", correction, why)


def check_sources(location: DefinitionLocation, goal: Goal, framework: Framework) -> Iterator[str]:
    """Wordings and targets must come from documents of the goal's own framework."""
    known = [document.code for document in framework.documents]
    what = f"a document of {framework.code}"
    yield from location.unknown("source.document", [goal.source.document], known, what)
    for target in goal.targets:
        named = [target.source.document]
        yield from location.unknown(f"targets.{target.id}.source.document", named, known, what)
    policy_targets = [policy_target.code for policy_target in framework.policy_targets]
    if goal.policy_target:
        what = f"a policy target of {framework.code}"
        yield from location.unknown("policy_target", [goal.policy_target], policy_targets, what)


def check_follow_up(
    location: DefinitionLocation, goal: Goal, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    yield from location.unknown("indicators", goal.indicators, indicators, "an indicator")
    yield from location.duplicates("indicators", goal.indicators)
    for target in goal.targets:
        field, what = f"targets.{target.id}.indicator", "among the goal's indicators"
        yield from location.unknown(field, [target.indicator], goal.indicators, what)
    if not goal.indicators and not goal.actions:
        why = "leaves the goal without follow-up; name an indicator or write actions: true"
        yield location.error("indicators", [], why)


def check_missing_targets(
    location: DefinitionLocation, goal: Goal, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    """Every indicator of a goal must have a target or be declared as context."""
    assessed = {target.indicator for target in goal.targets}
    known = [indicators[code] for code in goal.indicators if code in indicators]
    for indicator in known:
        if indicator.code not in assessed and needs_target(indicator):
            why = "is followed up but has no target; add one, or write its role: context"
            yield location.error("indicators", indicator.code, why)


def needs_target(indicator: Indicator) -> bool:
    wanted = indicator.direction != "none" and indicator.measures in ASSESSED
    return indicator.role == "follow_up" and wanted


def check_substitute_is_assessed(
    location: DefinitionLocation, goal: Goal, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    """A goal that shows a workload must assess the series that is named instead of it."""
    assessed = {format_series(target.indicator, codes=target.at) for target in goal.targets}
    for code in goal.indicators:
        instead = indicators[code].assessed_by if code in indicators else ""
        if instead and instead not in assessed:
            why = f"is assessed by {instead}, and the goal has no target for that; add one"
            yield location.error("indicators", code, why)


def check_headline(location: DefinitionLocation, goal: Goal) -> Iterator[str]:
    """A goal with targets must name the one whose verdict is its status, and say why."""
    ids = [target.id for target in goal.targets]
    named = [goal.headline] if goal.headline else []
    yield from location.unknown("headline", named, ids, "a target of the goal")
    if ids and not named:
        why = f"names no target; which of {', '.join(ids)} is the goal's status?"
        yield location.error("headline", None, why)
    if bool(named) != bool(goal.headline_why):
        why = "and headline go together: say why this target was chosen"
        yield location.error("headline_why", goal.headline_why, why)


def check_order(goals: Mapping[str, Goal]) -> Iterator[str]:
    """No two goals may have the same place in the order."""
    places: dict[int, str] = {}
    for goal in goals.values():
        first = places.setdefault(goal.order, goal.code)
        if first != goal.code:
            why = f"is the place of {first} too; give every goal a place of its own"
            yield DefinitionLocation(f"goals/{goal.code}.yaml").error("order", goal.order, why)


def check_framework(framework: Framework) -> Iterator[str]:
    location = DefinitionLocation(f"frameworks/{framework.code}.yaml")
    documents = [document.code for document in framework.documents]
    yield from location.duplicates("documents", documents)
    for document in framework.documents:
        since, until = document.applies_from, document.applies_to
        if since and until and since > until:
            at = location.within(f"documents.{document.code}")
            yield at.error("applies_to", f"{until}", f"is before {since}")
    yield from location.duplicates(
        "policy_targets", [policy_target.code for policy_target in framework.policy_targets]
    )
    for policy_target in framework.policy_targets:
        field, what = f"policy_targets.{policy_target.code}.source.document", "among the documents"
        named = [policy_target.source, *(quoted.source for quoted in policy_target.beside)]
        yield from location.unknown(field, [one.document for one in named], documents, what)
