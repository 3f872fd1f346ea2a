"""Questions to a sender before a file can be confirmed: State, round, collection, extent."""

from collections.abc import Iterator
from datetime import UTC, datetime

from dash import html

from dashboard.components.layout import card, filters
from dashboard.components.pickers import picker
from dashboard.components.submission.difference import SUBMISSION_PATH, choice_link
from dashboard.context import PageContext
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.submissions.desk import Examination, Outcome
from metrics.submissions.ledger import Extent
from metrics.submissions.revision_doubts import doubted_collection, doubted_round

EXTENTS = (Extent.PART, Extent.WHOLE)
INDICATORS_UNFOLDED = 8  # indicators that are listed without a click


def has_open_question(examination: Examination, context: PageContext) -> bool:
    """Whether a file waits for an answer before it can be confirmed."""
    is_extent_open = asks_extent(examination) and context.view.extent not in EXTENTS
    is_other = bool(doubted_collection(examination, context.collection.code))
    return is_extent_open or is_other or bool(later_round(examination, context))


def question_cards(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    yield from scope_card(examination, context)
    yield from collection_card(examination, context)
    yield from round_card(examination, context)
    yield from extent_card(examination, context)


def scope_card(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """Ask for the State or the round that neither the file nor its sender has named."""
    text, asked = context.text, []
    if examination.outcome not in {Outcome.HAS_ERRORS, Outcome.ACCEPTED}:
        return
    if not examination.area and context.collection.areas == "member_states":
        names = {code: text.code("area", code) for code in member_states()}
        asked.append(
            picker("area", text("submit.area"), {"": text("submit.choose_area")} | names, "")
        )
    if not examination.round:
        rounds = {listed.code: listed.code for listed in context.collection.rounds}
        asked.append(picker("round", text("submit.round"), {"": "–"} | rounds, ""))
    if asked:
        yield card(text("submit.whose"), [html.P(text("submit.whose_note")), filters(*asked)])


def collection_card(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """Ask whether the workbook of another collection than the chosen one is meant."""
    text, view = context.text, context.view
    if not doubted_collection(examination, context.collection.code):
        return
    own = catalogue().collections[examination.collection]
    names = {"own": own.name(text.language), "chosen": context.collection.name(text.language)}
    choices = [
        choice_link(
            text("submit.is_own_collection", **names),
            view.link(SUBMISSION_PATH, collection=own.code, release=""),
            is_chosen=False,
        ),
        choice_link(
            text("submit.is_chosen_collection", **names),
            view.link(SUBMISSION_PATH, collection=context.collection.code, checked=""),
            is_chosen=False,
        ),
    ]
    body = [
        html.P(text("submit.which_collection_note", **names)),
        html.Ul(list(map(html.Li, choices))),
    ]
    yield card(text("submit.which_collection"), body, "question")


def later_round(examination: Examination, context: PageContext) -> str:
    """The round for which the workbook of an earlier one may be meant."""
    collection = catalogue().collections.get(examination.collection)
    if collection is None:
        return ""
    today = datetime.now(UTC).date()
    return doubted_round(examination, collection, today, is_round_named=bool(context.view.round))


def round_card(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """Ask whether the figures revise those of the workbook's round, or are of a later one."""
    text, view = context.text, context.view
    if not (later := later_round(examination, context)):
        return
    rounds = {"round": examination.round, "later": later}
    template = view.link(
        "/download/template.xlsx",
        collection=examination.collection,
        area=examination.area,
        round=later,
        checked="",
    )
    choices = [
        choice_link(
            text("submit.is_revision", **rounds),
            view.link(SUBMISSION_PATH, round=examination.round),
            is_chosen=False,
        ),
        html.A(text("submit.is_later", **rounds), href=template),
    ]
    body = [html.P(text("submit.which_round_note", **rounds)), html.Ul(list(map(html.Li, choices)))]
    yield card(text("submit.which_round", **rounds), body, "question")


def asks_extent(examination: Examination) -> bool:
    """Whether a file lacks figures that are in force, so that it may be a part of the report."""
    is_new = examination.outcome is Outcome.ACCEPTED and not examination.same_as_current
    return is_new and bool(examination.not_asked)


def extent_card(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """Ask whether a file is a part of the report, and name what it does not ask about."""
    text, view = context.text, context.view
    if not asks_extent(examination) or len(view.uploads) > 1:
        return  # several files are parts
    number = sum(count for _, _, count in examination.not_asked)
    links = [
        choice_link(
            text(f"submit.is_{extent}"),
            view.link(SUBMISSION_PATH, extent=extent, change="", sheet="", page=""),
            is_chosen=extent == view.extent,
        )
        for extent in EXTENTS
    ]
    names = [html.Li(indicator_line(*counted, context)) for counted in examination.not_asked]
    is_folded = len(names) > INDICATORS_UNFOLDED
    listed = html.Details(
        [html.Summary(text("submit.not_asked")), html.Ul(names)], open=not is_folded
    )
    body = [
        html.P(text.counted("submit.extent_note", number)),
        html.Ul([html.Li(link) for link in links], className="choices"),
        listed,
    ]
    yield card(text("submit.extent"), body, "question")


def indicator_line(sheet: str, code: str, number: int, context: PageContext) -> str:
    """`GA-2: Investigations opened (3)`."""
    indicator = catalogue().indicators.get(code)
    name = indicator.name(context.language) if indicator else code
    return f"{sheet}: {name} ({context.text.number(number, 0)})"
