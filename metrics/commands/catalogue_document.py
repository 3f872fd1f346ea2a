"""The whole catalogue as one Markdown document, for readers without the dashboard."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.units import PER_CENT
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.catalogue import Catalogue
from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.definitions.frameworks import Document, Framework, PolicyTarget
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Breakdown, DefinitionChange, Indicator
from metrics.catalogue.definitions.targets import (
    AllAreasByDate,
    GrowthPerYear,
    KeepAt,
    LevelByDate,
    MilestoneByDate,
    StepTarget,
    TargetBase,
)
from metrics.catalogue.methods import methods
from metrics.core.series import format_series
from metrics.core.tables import BREAKDOWNS
from metrics.messages import ENGLISH, language_name, languages

PAGE_HEAD = """# The catalogue

This page quotes what was agreed, and defines the indicators that measure it. If a target has
several methods, the first is the official one; those in italics are shown as additional methods.
A wording "as transcribed" was not compared with the text of its publisher.
[The glossary](glossary.md) explains the terms.

`make docs` writes this page from the definitions in `metrics/catalogue`. Edit those, not this page.
"""
FREQUENCIES = {"A": "yearly", "S": "half-yearly", "Q": "quarterly", "M": "monthly"}
APPLIES = {"eu": "the EU", "states": "each Member State", "both": "the EU and each Member State"}
ALL_OTHER_FRAMEWORKS = "all frameworks except those that other collections ask for"
ANCHOR = "indicator-"  # before a code, so that no two headings have the same anchor


def catalogue_markdown(catalogue: Catalogue) -> str:
    """Frameworks with their goals and targets, indicators, collections, code lists."""
    every = chain.from_iterable
    frameworks, indicators = catalogue.frameworks.values(), catalogue.indicators.values()
    parts = [
        PAGE_HEAD,
        *every(framework_chapter(framework, catalogue) for framework in frameworks),
        "## Indicators\n",
        *every(indicator_section(indicator, catalogue) for indicator in indicators),
        "## Collections\n",
        *every(map(collection_section, catalogue.collections.values())),
        "## Code lists\n",
        *every(map(code_list_section, BREAKDOWNS)),
    ]
    return "\n".join(parts)


def framework_chapter(framework: Framework, catalogue: Catalogue) -> Iterator[str]:
    yield f"## {framework.name.en}\n"
    yield from ([f"{framework.note.en}\n"] if framework.note else [])
    rows = [
        (document.code, document.title.en, document.reference, str(document.date or ""),
         application_period(document), wording_status(document))
        for document in framework.documents
    ]  # fmt: skip
    yield markdown_table(("Document", "Title", "Reference", "Date", "Applies", "Wording"), rows)
    for document in framework.documents:
        if document.known_from is not None:
            relays = document.known_from.en
            yield f"{document.code} is known from other publications only: {relays}.\n"
    yield from goal_sections(framework, catalogue)


def wording_status(document: Document) -> str:
    """When its wording was compared with the publisher's, if any of it is quoted."""
    if document.compared:
        return f"compared on {document.compared}"
    return "as transcribed" if document.languages else "not quoted"


def application_period(document: Document) -> str:
    since, until = document.applies_from, document.applies_to
    return f"{since or ''} – {until or ''}".strip() if since or until else ""


def goal_sections(framework: Framework, catalogue: Catalogue) -> Iterator[str]:
    """Each policy target is described once, above its first goal."""
    headings = {target.code: policy_target_line(target) for target in framework.policy_targets}
    own = [goal for goal in catalogue.goals.values() if goal.framework == framework.code]
    for goal in own:
        yield from filter(None, [headings.pop(goal.policy_target or "", "")])
        yield from goal_section(goal, catalogue.indicators)


def policy_target_line(target: PolicyTarget) -> str:
    source = f"{target.source.document}, {target.source.paragraph}"
    quoted = [
        f"> *{one.source.document}, {one.source.paragraph}:* {one.wording.en.strip()}\n"
        for one in target.beside
    ]
    return "\n".join([f"**Policy target {target.code}.** {target.name.en} ({source})\n", *quoted])


def goal_section(goal: Goal, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    yield f"### {goal.code} {goal.name.en}\n"
    yield f"Source: {goal.source.document}, {paragraph_name(goal.source.paragraph)}.\n"
    yield from wording_quotes(goal)
    yield from goal_remarks(goal)
    yield f"Indicators: {indicator_links(goal.indicators) or 'none, only declared actions'}.\n"
    if goal.actions:
        yield "Member States also declare actions under this goal.\n"
    if goal.targets:
        rows = [target_row(target, indicators) for target in goal.targets]
        yield markdown_table(("Target", "Series", "Requirement", "For", "Method", "Valid"), rows)


def goal_remarks(goal: Goal) -> Iterator[str]:
    """The note on the wording, slips that were corrected in it, and the headline."""
    yield from ([f"{goal.note.en.strip()}\n"] if goal.note else [])
    for language, slips in goal.corrected.items():
        listed = ", ".join(f"“{correction}” for “{slip}”" for slip, correction in slips.items())
        yield f"Spelling corrected in the transcription ({language_name(language)}): {listed}.\n"
    yield from (
        [f"Headline: {goal.headline}. {goal.headline_why.strip()}\n"] if goal.headline else []
    )


def paragraph_name(paragraph: str) -> str:
    """Paragraphs are numbers, or names of their own such as Annex I."""
    if not paragraph[0].isdigit():
        return paragraph
    *others, last = paragraph.split(", ")
    return f"paragraphs {', '.join(others)} and {last}" if others else f"paragraph {last}"


def wording_quotes(goal: Goal) -> Iterator[str]:
    for language, text in goal.wording.by_language.items():
        if text:
            name = language_name(language)
            nature = "official wording" if language in goal.official else "summary"
            quoted = "\n>\n> ".join(text.strip().split("\n"))
            yield f"> *{name}, {nature}:* {quoted}\n"


def target_row(target: TargetBase, indicators: Mapping[str, Indicator]) -> tuple[str, ...]:
    titles = [method_title(target.method), *(f"*{method_title(name)}*" for name in target.beside)]
    reading = "" if target.agreed else f" (no document sets this {target.what_is_asked})"
    exempt = f" (not binding on {', '.join(target.not_bound)})" if target.not_bound else ""
    return (
        target.id,
        f"`{format_series(target.indicator, codes=target.at)}`",
        describe_target(target, unit_of_level(indicators[target.indicator])) + reading,
        ", ".join(target.areas) or APPLIES[target.applies_to] + exempt,
        "; ".join(titles),
        validity_period(target),
    )


def validity_period(target: TargetBase) -> str:
    since, until = (str(day) if day else "" for day in (target.valid_from, target.valid_to))
    return f"{since} – {until}".strip() if since or until else ""


def method_title(name: str) -> str:
    return f"{methods()[name].title.en} (`{name}`)"


def unit_of_level(indicator: Indicator) -> str:
    return "%" if indicator.unit == PER_CENT else codelist("unit")[indicator.unit].en


def describe_target(target: TargetBase, unit: str) -> str:
    match target:
        case GrowthPerYear():
            return f"changes by at least {target.percent:+g} % each year"
        case LevelByDate():
            return f"reaches {target.value:g} {unit} by {target.by} ({target.trajectory} path)"
        case KeepAt():
            return f"stays at {target.value:g} {unit} in every period"
        case MilestoneByDate():
            return f"reaches *{step_name(target.step)}*{due_day(target)}"
        case AllAreasByDate():
            return f"*{step_name(target.step)}* in every Member State{due_day(target)}"
    return "moves in the desired direction"


def due_day(target: StepTarget) -> str:
    return f" by {target.by}" if target.by else "; no date was agreed"


def step_name(code: str) -> str:
    return codelist("step")[code].en


def indicator_section(indicator: Indicator, catalogue: Catalogue) -> Iterator[str]:
    yield f'<a id="{ANCHOR}{indicator.code.lower()}"></a>\n'
    yield f"### {indicator.code}\n"
    yield f"**{indicator.name.en}** · {names_in_other_languages(indicator.name)}\n"
    yield f"{indicator.definition.en.strip()}\n"
    yield from ([f"> Read with care: {indicator.caveat.en.strip()}\n"] if indicator.caveat else [])
    yield (
        "\n".join(
            f"- {label}: {text}" for label, text in indicator_facts(indicator, catalogue) if text
        )
        + "\n"
    )


def names_in_other_languages(words: Words) -> str:
    others = (pair for pair in words.by_language.items() if pair[0] != ENGLISH)
    return " · ".join(f"{text} ({language})" for language, text in others)


def indicator_facts(indicator: Indicator, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Labels and texts; the text is empty for what does not apply to the indicator."""
    goals = [goal.code for goal in catalogue.goals.values() if indicator.code in goal.indicators]
    yield "Under", ", ".join(goals)
    frequency, origin = FREQUENCIES[indicator.frequency], origin_of_values(indicator)
    yield "Kind", f"{indicator.kind.replace('_', ' ')}, {frequency}, {origin}"
    yield "Unit", codelist("unit")[indicator.unit].en
    yield "Desired direction", indicator.direction
    yield "Measures", f"{indicator.measures}. {indicator.measures_why.strip()}"
    yield "Assessed instead", f"`{indicator.assessed_by}`" if indicator.assessed_by else ""
    yield "Numerator", english_text(indicator.numerator)
    yield "Denominator", english_text(indicator.denominator)
    yield "Cases", indicator_links([indicator.cases_from] if indicator.cases_from else [])
    yield "Ladder", " → ".join(map(step_name, indicator.ladder))
    yield "Reached at", step_name(indicator.reached_at) if indicator.reached_at else ""
    yield "No rate per 100,000 children", reason_for_no_rate(indicator)
    yield "Questioned above", describe_questioned_level(indicator)
    yield "Breakdowns", "; ".join(map(describe_breakdown, indicator.breakdowns))
    yield "Changes", "; ".join(describe_change(indicator, change) for change in indicator.changes)
    yield "Never exceeds", indicator_links([indicator.parts_of] if indicator.parts_of else [])
    yield "Seldom exceeds", indicator_links([indicator.follows] if indicator.follows else [])
    yield "People per event", people_at_event(indicator)
    yield "Member States per event", states_at_event(indicator)
    yield (
        "Properties",
        "; ".join(text for text, applies in indicator_marks(indicator).items() if applies),
    )


def describe_change(indicator: Indicator, change: DefinitionChange) -> str:
    """What changed, and what was valid until then."""
    earlier, given = indicator.in_period(change.since.just_before), change.before
    facts = [
        given.definition.en.strip() if given.definition else "",
        f"unit {codelist('unit')[earlier.unit].en}" if given.unit else "",
        f"breakdowns {'; '.join(map(describe_breakdown, earlier.breakdowns)) or 'none'}"
        if given.breakdowns is not None
        else "",
    ]
    comparable = "comparable" if change.comparable else "not comparable with before"
    before = "; ".join(filter(None, facts))
    return f"from {change.since}, {comparable}: {change.note.en.strip()} Until then: {before}"


def people_at_event(indicator: Indicator) -> str:
    per = indicator.people_per
    if per is None:
        return ""
    events = indicator_links([per.indicator])
    return f"{per.fewest:g} to {per.most:g} on average; events are counted by {events}"


def describe_questioned_level(indicator: Indicator) -> str:
    """Above which number a figure is questioned, and where this number comes from."""
    level = indicator.questioned_above
    if not level:
        return ""
    per_children = level.per_100_000_children
    rate = f"{per_children:,.0f} for each 100,000 residents under 18" if per_children else ""
    least = f"{'never below ' if rate else ''}{level.at_least:,.0f}"
    basis = codelist("level_basis")[level.basis].en
    return f"{', '.join(filter(None, [rate, least]))}; {basis}"


def reason_for_no_rate(indicator: Indicator) -> str:
    """Why a count has none; for other kinds it would have no meaning in any case."""
    return codelist("no_rate")[indicator.no_rate].en if indicator.no_rate else ""


def states_at_event(indicator: Indicator) -> str:
    """How many Member States share an event that each of them counts, and the source of that."""
    shared = indicator.shared_events
    return f"at least {shared.fewest_states}. {shared.why.strip()}" if shared else ""


def indicator_marks(indicator: Indicator) -> dict[str, bool]:
    return {
        "context indicator, charted and never assessed": indicator.role == "context",
        "no total, only the parts have a value": not indicator.has_total,
        "no EU figure, because States may count the same thing": not indicator.adds_up_over_areas,
        "small counts are confidential": indicator.counts_people,
        "also shown per 100,000 children": indicator.per_100_000_children,
    }


def english_text(words: Words | None) -> str:
    return words.en if words else ""


def origin_of_values(indicator: Indicator) -> str:
    if indicator.derived_from:
        return f"derived from {indicator_links(indicator.derived_from)}"
    return "submitted by Member States" if indicator.collected else "taken from publications"


def describe_breakdown(breakdown: Breakdown) -> str:
    only = [f"only {', '.join(codes)}" for codes in breakdown.codes.values()]
    notes = only + ([] if breakdown.adds_up else ["parts do not add up"])
    return " × ".join(breakdown.by).replace("_", " ") + (f" ({'; '.join(notes)})" if notes else "")


def indicator_links(codes: Iterable[str]) -> str:
    return ", ".join(f"[{code}](#{ANCHOR}{code.lower()})" for code in codes)


def collection_section(collection: Collection) -> Iterator[str]:
    yield f"### {collection.code}\n"
    yield f"**{collection.name.en}.** {collection.note.en.strip()}\n"
    asked = ", ".join(collection.frameworks) or ALL_OTHER_FRAMEWORKS
    yield f"Asks for: {asked}.\n"
    rows = [
        (turn.code, ", ".join(map(str, turn.periods)) or "any", str(turn.opens), str(turn.due))
        for turn in collection.rounds
    ]
    yield markdown_table(("Round", "Periods", "Opens", "Due"), rows)


def code_list_section(name: str) -> Iterator[str]:
    yield f"### {name.replace('_', ' ').capitalize()}\n"
    rows = [
        (f"`{code.code}`", *(code.names.get(language, "") for language in languages()))
        for code in codelist(name).values()
    ]
    yield markdown_table(("Code", *map(language_name, languages())), rows)


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return (
        "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
        + "\n"
    )
