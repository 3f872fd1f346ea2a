"""The whole catalogue as one page of Markdown, for those who read it without the dashboard."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import (
    AllAreasByDate,
    Breakdown,
    Catalogue,
    Collection,
    Framework,
    Goal,
    GrowthPerYear,
    Indicator,
    KeepAt,
    LevelByDate,
    MilestoneByDate,
    PolicyTarget,
    TargetBase,
    Words,
)
from metrics.core.series import written
from metrics.core.tables import BREAKDOWNS
from metrics.messages import ENGLISH, language_name, languages

HEAD = """# The catalogue

What was agreed, in its own words, and what measures it. `make docs` writes this page from the
definitions in `metrics/`; edit those, not this page. Of the methods of a target the first is the
official one; those in italics are shown beside it.
"""
FREQUENCIES = {"A": "yearly", "S": "half-yearly", "Q": "quarterly", "M": "monthly"}
APPLIES = {"eu": "the EU", "states": "each Member State", "both": "the EU and each Member State"}
BEFORE = "indicator-"  # of an anchor, so that it meets no heading of another kind


def catalogue_markdown(catalogue: Catalogue) -> str:
    """Frameworks with their goals and targets, indicators, collections, code lists."""
    every = chain.from_iterable
    parts = [
        HEAD,
        *every(framework(each, catalogue) for each in catalogue.frameworks.values()),
        "## Indicators\n",
        *every(indicator(each, catalogue) for each in catalogue.indicators.values()),
        "## Collections\n",
        *every(map(collection, catalogue.collections.values())),
        "## Code lists\n",
        *every(map(code_list, BREAKDOWNS)),
    ]
    return "\n".join(parts)


def framework(each: Framework, catalogue: Catalogue) -> Iterator[str]:
    yield f"## {each.name.en}\n"
    yield from ([f"{each.note.en}\n"] if each.note else [])
    documents = [
        (document.code, document.title.en, document.reference, str(document.date or ""))
        for document in each.documents
    ]
    yield table(("Document", "Title", "Reference", "Date"), documents)
    yield from goals_of(each, catalogue)


def goals_of(each: Framework, catalogue: Catalogue) -> Iterator[str]:
    """Each policy target stands once, above the first goal under it."""
    headings = {target.code: policy_target(target) for target in each.policy_targets}
    own = [agreed for agreed in catalogue.goals.values() if agreed.framework == each.code]
    for agreed in own:
        yield from filter(None, [headings.pop(agreed.policy_target or "", "")])
        yield from goal(agreed)


def policy_target(each: PolicyTarget) -> str:
    place = f"{each.source.document}, {each.source.paragraph}"
    return f"**Policy target {each.code}.** {each.name.en} ({place})\n"


def goal(each: Goal) -> Iterator[str]:
    yield f"### {each.code} {each.name.en}\n"
    yield f"Source: {each.source.document}, {where(each.source.paragraph)}.\n"
    yield from wording(each)
    yield f"Followed up by: {linked(each.indicators) or 'declared actions'}.\n"
    if each.actions:
        yield "Member States declare actions under it.\n"
    if each.targets:
        rows = [row_of(target) for target in each.targets]
        yield table(("Target", "Series", "What is to happen", "For", "Method", "Valid"), rows)


def where(paragraph: str) -> str:
    return f"paragraph {paragraph}" if paragraph[0].isdigit() else paragraph


def wording(each: Goal) -> Iterator[str]:
    for language, said in each.wording.by_language.items():
        if said:
            name = language_name(language)
            nature = "official wording" if language in each.official else "summary"
            quoted = "\n>\n> ".join(said.strip().split("\n"))
            yield f"> *{name}, {nature}:* {quoted}\n"


def row_of(each: TargetBase) -> tuple[str, ...]:
    methods = [each.method, *(f"*{name}*" for name in each.beside)]
    return (
        each.id,
        f"`{written(each.indicator, codes=each.at)}`",
        in_words(each),
        ", ".join(each.areas) or APPLIES[each.applies_to],
        ", ".join(methods),
        validity(each),
    )


def validity(each: TargetBase) -> str:
    since, until = (str(day) if day else "" for day in (each.valid_from, each.valid_to))
    return f"{since} – {until}".strip() if since or until else ""


def in_words(each: TargetBase) -> str:
    match each:
        case GrowthPerYear():
            return f"changes by at least {each.percent:+g} % each year"
        case LevelByDate():
            return f"reaches {each.value:g} by {each.by} ({each.trajectory} path)"
        case KeepAt():
            return f"stands at {each.value:g} in every period"
        case MilestoneByDate():
            return f"reaches *{step(each.step)}*{by_day(each)}"
        case AllAreasByDate():
            return f"*{step(each.step)}* in every Member State{by_day(each)}"
    return "moves in the wanted direction"


def by_day(each: MilestoneByDate | AllAreasByDate) -> str:
    return f" by {each.by}" if each.by else "; no date was agreed"


def step(code: str) -> str:
    return codelist("step")[code].en


def indicator(each: Indicator, catalogue: Catalogue) -> Iterator[str]:
    yield f'<a id="{BEFORE}{each.code.lower()}"></a>\n'
    yield f"### {each.code}\n"
    yield f"**{each.name.en}** · {names(each.name)}\n"
    yield f"{each.definition.en.strip()}\n"
    yield from ([f"> Read with care: {each.caveat.en.strip()}\n"] if each.caveat else [])
    yield "\n".join(f"- {label}: {text}" for label, text in facts(each, catalogue) if text) + "\n"


def names(words: Words) -> str:
    others = (pair for pair in words.by_language.items() if pair[0] != ENGLISH)
    return " · ".join(f"{text} ({language})" for language, text in others)


def facts(each: Indicator, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Label and text; what does not apply to the indicator has no text."""
    goals = [goal.code for goal in catalogue.goals.values() if each.code in goal.indicators]
    yield "Under", ", ".join(goals)
    yield "Kind", f"{each.kind.replace('_', ' ')}, {FREQUENCIES[each.frequency]}, {origin(each)}"
    yield "Unit", codelist("unit")[each.unit].en
    yield "Wanted direction", each.direction
    yield "Numerator", english(each.numerator)
    yield "Denominator", english(each.denominator)
    yield "Ladder", " → ".join(map(step, each.ladder))
    yield "Reached at", "".join(map(step, [each.reached_at] if each.reached_at else []))
    yield "Breakdowns", "; ".join(map(breakdown, each.breakdowns))
    yield "Never exceeds", linked([each.parts_of] if each.parts_of else [])
    yield "Seldom exceeds", linked([each.follows] if each.follows else [])
    yield "People at one event", attended(each)
    yield "Also", "; ".join(text for text, applies in marks(each).items() if applies)


def attended(each: Indicator) -> str:
    per = each.people_per
    if per is None:
        return ""
    return f"{per.fewest:g} to {per.most:g} on average; events are {linked([per.indicator])}"


def marks(each: Indicator) -> dict[str, bool]:
    return {
        "context: charted, never judged": each.role == "context",
        "only the parts have a value, there is no total": not each.has_total,
        "no EU figure, States may count the same thing": not each.adds_up_over_areas,
        "small counts are confidential": each.counts_people,
        "shown per 100,000 children too": each.per_100_000_children,
    }


def english(words: Words | None) -> str:
    return words.en if words else ""


def origin(each: Indicator) -> str:
    if each.derived_from:
        return f"derived from {linked(each.derived_from)}"
    return "submitted by Member States" if each.collected else "taken from publications"


def breakdown(each: Breakdown) -> str:
    only = [f"only {', '.join(codes)}" for codes in each.codes.values()]
    notes = only + ([] if each.adds_up else ["parts do not add up"])
    return " × ".join(each.by).replace("_", " ") + (f" ({'; '.join(notes)})" if notes else "")


def linked(codes: Iterable[str]) -> str:
    return ", ".join(f"[{code}](#{BEFORE}{code.lower()})" for code in codes)


def collection(each: Collection) -> Iterator[str]:
    yield f"### {each.code}\n"
    yield f"**{each.name.en}.** {each.note.en.strip()}\n"
    rows = [
        (turn.code, ", ".join(map(str, turn.periods)) or "any", str(turn.opens), str(turn.due))
        for turn in each.rounds
    ]
    yield table(("Round", "Periods", "Opens", "Due"), rows)


def code_list(name: str) -> Iterator[str]:
    yield f"### {name.replace('_', ' ').capitalize()}\n"
    rows = [
        (f"`{each.code}`", *(each.names.get(language, "") for language in languages()))
        for each in codelist(name).values()
    ]
    yield table(("Code", *map(language_name, languages())), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return (
        "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
        + "\n"
    )
