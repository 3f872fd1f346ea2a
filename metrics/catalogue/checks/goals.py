"""A goal held against its framework and the indicators that follow it up."""

from collections.abc import Iterator, Mapping

from metrics.catalogue.checks import DefinitionLocation
from metrics.catalogue.checks.targets import of_target, overlapping
from metrics.catalogue.definitions import Framework, Goal, Indicator


def of_goal(
    goal: Goal, frameworks: Mapping[str, Framework], indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    place = DefinitionLocation(f"goals/{goal.code}.yaml")
    yield from place.unknown("framework", [goal.framework], frameworks, "a framework")
    if goal.framework in frameworks:
        yield from of_words(place, goal, frameworks[goal.framework])
        yield from of_sources(place, goal, frameworks[goal.framework])
    yield from of_follow_up(place, goal, indicators)
    yield from of_judgement(place, goal, indicators)
    for target in goal.targets:
        if target.indicator in indicators:
            yield from of_target(place, target, indicators[target.indicator])
    yield from overlapping(place, goal.targets)


def of_words(place: DefinitionLocation, goal: Goal, framework: Framework) -> Iterator[str]:
    """The official words must be there, in a language of the document they are from."""
    documents = {each.code: each for each in framework.documents}
    if not goal.official:
        yield place.wrong("official", [], "names no language; which of the wordings is official?")
    for language in goal.official:
        if not goal.wording.by_language.get(language):
            yield place.wrong("official", language, f"has no wording; add wording.{language}")
        elif goal.source.document in documents:
            known = documents[goal.source.document].languages
            what = f"a language of {goal.source.document}"
            yield from place.unknown("official", [language], known, what)


def of_sources(place: DefinitionLocation, goal: Goal, framework: Framework) -> Iterator[str]:
    """A wording and a target can only come from a document of their own framework."""
    known = [each.code for each in framework.documents]
    what = f"a document of {framework.code}"
    yield from place.unknown("source.document", [goal.source.document], known, what)
    for target in goal.targets:
        named = [target.source.document]
        yield from place.unknown(f"targets.{target.id}.source.document", named, known, what)
    policy_targets = [each.code for each in framework.policy_targets]
    if goal.policy_target:
        what = f"a policy target of {framework.code}"
        yield from place.unknown("policy_target", [goal.policy_target], policy_targets, what)


def of_follow_up(
    place: DefinitionLocation, goal: Goal, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    yield from place.unknown("indicators", goal.indicators, indicators, "an indicator")
    yield from place.twice("indicators", goal.indicators)
    for target in goal.targets:
        field, what = f"targets.{target.id}.indicator", "among the goal's indicators"
        yield from place.unknown(field, [target.indicator], goal.indicators, what)
    if not goal.indicators and not goal.actions:
        why = "leaves the goal without follow-up; name an indicator or write actions: true"
        yield place.wrong("indicators", [], why)


def of_judgement(
    place: DefinitionLocation, goal: Goal, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    """What is neither judged nor said to be context was forgotten."""
    judged = {target.indicator for target in goal.targets}
    known = [indicators[code] for code in goal.indicators if code in indicators]
    for each in known:
        if each.code not in judged and is_to_be_judged(each):
            why = "is followed up but has no target; add one, or write its role: context"
            yield place.wrong("indicators", each.code, why)


def is_to_be_judged(indicator: Indicator) -> bool:
    return indicator.role == "follow_up" and indicator.direction != "none"


def of_order(goals: Mapping[str, Goal]) -> Iterator[str]:
    """Goals stand in one order; two in the same place would stand by chance."""
    places: dict[int, str] = {}
    for goal in goals.values():
        first = places.setdefault(goal.order, goal.code)
        if first != goal.code:
            why = f"is the place of {first} too; give every goal a place of its own"
            yield DefinitionLocation(f"goals/{goal.code}.yaml").wrong("order", goal.order, why)


def of_framework(framework: Framework) -> Iterator[str]:
    place = DefinitionLocation(f"frameworks/{framework.code}.yaml")
    documents = [each.code for each in framework.documents]
    yield from place.twice("documents", documents)
    yield from place.twice("policy_targets", [each.code for each in framework.policy_targets])
    for each in framework.policy_targets:
        field, what = f"policy_targets.{each.code}.source.document", "among the documents"
        yield from place.unknown(field, [each.source.document], documents, what)
