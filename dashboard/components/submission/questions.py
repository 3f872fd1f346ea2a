"""Questions to a sender before a file can be confirmed: State, round, collection, extent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from dash import html

from dashboard.components.layout import Drawn, attributes, card, filters
from dashboard.components.pickers import picker
from dashboard.components.submission.difference import SUBMISSION_PATH
from dashboard.context import PageContext
from dashboard.texts import Text
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.intake.finding_texts import shorten_text
from metrics.intake.findings import Finding
from metrics.submissions.desk import Examination, Outcome
from metrics.submissions.ledger import Extent
from metrics.submissions.misdirected_workbooks import doubted_collection, doubted_round
from metrics.submissions.vintages import CHANGED, NEW, count_changes

EXTENTS = (Extent.PART, Extent.WHOLE)
# What is asked where a file says otherwise than the address of the page.
WRONG_FILES = {"round_mismatch": "round", "file_of_other_area": "area"}
TEMPLATE_PATH = "/download/template.xlsx"
# The rules whose findings are questions here.
CHANGED_CELL = "scope_cell_changed"
SEVERAL_ROUNDS = "several_rounds"
# Questions that a State or a round answers, chosen on the page.
QUESTIONS_OF_AREA = {"area_not_said", "area_unknown"}
QUESTIONS_OF_ROUND = {"round_not_said", "round_unknown", SEVERAL_ROUNDS}
CHOOSES_CORRECTED = "choose-corrected"  # the button from which `upload.js` takes a corrected file
INDICATORS_UNFOLDED = 8  # indicators that are listed without a click


def has_open_question(examination: Examination, context: PageContext) -> bool:
    """Whether a file waits for an answer before it can be confirmed."""
    is_extent_open = asks_extent(examination) and context.view.extent not in EXTENTS
    is_wrong = any(wrong_files(examination, context)) or any(scope_card(examination, context))
    is_changed = bool(changed_cells(examination))
    return is_extent_open or is_wrong or is_changed or bool(later_round(examination, context))


@dataclass(frozen=True)
class Answer:
    """One answer to a question: its words, what it would change, and where it leads.

    Without an address it is to choose the corrected file.
    """

    words: str
    effect: str
    address: str = ""
    is_chosen: bool = False


def question_card(
    question: str,
    note: str,
    answers: Sequence[Answer],
    details: Sequence[Drawn] = (),
    asked_about: Sequence[Drawn] = (),
) -> html.Section:
    """A question with its answers, each with what it would change; what it is about comes first."""
    listed = html.Ul([html.Li(answer_link(answer)) for answer in answers], className="answers")
    return card(question, [html.P(note), *asked_about, listed, *details], "question")


def answer_link(answer: Answer) -> html.A | html.Button:
    """An answer; the chosen one stays a link, so that it keeps the focus."""
    marked = attributes(aria_current="true") if answer.is_chosen else {}
    words = [html.Strong(answer.words), html.Span(answer.effect)]
    if not answer.address:
        return html.Button(words, id=CHOOSES_CORRECTED, className="answer", type="button")
    return html.A(words, href=answer.address, className="answer", **marked)


def question_cards(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """The questions about one file; of several, the State and the round are asked for once.

    What it is for is asked first: only then is its scope known.
    """
    stated = [*changed_cells_card(examination, context), *wrong_file_card(examination, context)]
    if stated:
        yield from stated
        return
    if len(context.view.uploads) == 1:
        yield from scope_card(examination, context)
    yield from round_card(examination, context)
    yield from extent_card(examination, context)


def shared_question(
    examinations: Sequence[Examination], context: PageContext
) -> Iterator[html.Section]:
    """The question for the State and the round of several files."""
    cards = (card for examination in examinations for card in scope_card(examination, context))
    yield from islice(cards, 1)


def changed_cells(examination: Examination) -> list[Finding]:
    """The cells that say otherwise than the workbook was made for, all about the same fact."""
    found = [finding for finding in examination.findings if finding.rule == CHANGED_CELL]
    return [one for one in found if one.values.get("detail") == found[0].values.get("detail")]


def changed_cells_card(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """Ask which is meant: what the workbook was made for, or what a cell of it says now."""
    if not (cells := changed_cells(examination)):
        return
    text, view, values = context.text, context.view, cells[0].values
    fact, written = values.get("detail", ""), values.get("understood", "")
    made_for = fact_in_words(fact, values.get("expected", ""), text)
    names = {
        "made_for": made_for,
        "cells": text.listed(dict.fromkeys(cell.location for cell in cells)),
        "typed": shorten_text(values.get("typed", "")),
    }
    answers = [Answer(made_for, text("submit.write_again_effect", **names))]
    if written and written in {*known_facts(fact, examination)}:
        other = fact_in_words(fact, written, text)
        scope = {name: getattr(examination, name) for name in ("collection", "area", "round")}
        scope |= {fact: written, "checked": ""} | ({"round": ""} if fact == "collection" else {})
        effect = text("submit.as_the_page_says_effect", asked=other)
        answers.append(Answer(other, effect, view.link(TEMPLATE_PATH, **scope)))
    note = text("submit.changed_cell_note", file=examination.received.name, **names)
    yield question_card(text(f"submit.wrong_{fact}"), note, answers)


class WrongFile(NamedTuple):
    """What a file is for and what the page is open for: two collections, States or rounds."""

    fact: str
    stated: str
    asked: str


def wrong_files(examination: Examination, context: PageContext) -> Iterator[WrongFile]:
    """The facts that the whole file states otherwise than the address of the page."""
    if chosen := doubted_collection(examination, context.collection.code):
        yield WrongFile("collection", examination.collection, chosen)
    for finding in examination.findings:
        fact = WRONG_FILES.get(finding.rule, "")
        stated, asked = finding.values.get("typed", ""), finding.values.get("expected", "")
        is_of_page = not finding.cell or (fact and asked == getattr(context.view, fact))
        if fact and is_of_page and {stated, asked} <= {*known_facts(fact, examination)}:
            yield WrongFile(fact, stated, asked)


def wrong_file_card(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """Ask which is meant where a file is of another collection, round or State than the page."""
    text, view = context.text, context.view
    is_round_known = examination.round in context.collection.round_codes
    scope = {
        "collection": context.collection.code,
        "area": view.area or examination.area,
        "round": view.round or (examination.round if is_round_known else ""),
    }
    for fact, stated, asked in wrong_files(examination, context):
        names = {
            "stated": fact_in_words(fact, stated, text),
            "asked": fact_in_words(fact, asked, text),
        }
        answers = [
            Answer(
                text("submit.as_the_file_says", **names),
                text("submit.as_the_file_says_effect", **names),
                view.link(SUBMISSION_PATH, **dropped_scope(fact), **{fact: stated}),
            ),
            Answer(
                text("submit.as_the_page_says", **names),
                text("submit.as_the_page_says_effect", **names),
                view.link(TEMPLATE_PATH, **scope | {fact: asked, "checked": ""}),
            ),
        ]
        note = text("submit.wrong_file_note", file=examination.received.name, **names)
        yield question_card(text(f"submit.wrong_{fact}"), note, answers)


def dropped_scope(fact: str) -> dict[str, str]:
    """What the address no longer says: the round of another collection."""
    return {"round": "", "release": ""} if fact == "collection" else {}


def known_facts(fact: str, examination: Examination) -> Iterable[str]:
    """The codes that a file can be for: of States, collections or rounds."""
    if fact == "area":
        return member_states()
    if fact == "collection":
        return catalogue().collections
    collection = catalogue().collections.get(examination.collection)
    return collection.round_codes if collection else ()


def fact_in_words(fact: str, code: str, text: Text) -> str:
    if fact == "collection":
        return catalogue().collections[code].name(text.language)
    return text.code("area", code) if fact == "area" else code


def scope_card(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """Ask for the State or the round that neither the file nor its sender has named."""
    text, asked = context.text, []
    if not examination.outcome.has_figures:
        return
    if len(context.view.uploads) == 1 and (codes := rounds_of_figures(examination)):
        yield rounds_card(codes, examination, context)
        return
    rules = {finding.rule for finding in examination.findings}
    is_asked = not rules.isdisjoint(QUESTIONS_OF_AREA) and not examination.area
    if is_asked and context.collection.areas == "member_states":
        names = text.codes_by_name("area", member_states())
        asked.append(
            picker("area", text("submit.area"), {"": text("submit.choose_area")} | names, "")
        )
    if not examination.round and not rules.isdisjoint(QUESTIONS_OF_ROUND):
        rounds = {listed.code: listed.code for listed in context.collection.rounds}
        asked.append(picker("round", text("submit.round"), {"": "–"} | rounds, ""))
    if asked:
        yield card(text("submit.whose"), [html.P(text("submit.whose_note")), filters(*asked)])


def rounds_of_figures(examination: Examination) -> list[str]:
    """The rounds of the figures in a file that names none, if there are several."""
    found = (one.values for one in examination.findings if one.rule == SEVERAL_ROUNDS)
    return next((values["understood"].split(", ") for values in found), [])


def rounds_card(
    codes: Sequence[str], examination: Examination, context: PageContext
) -> html.Section:
    """Ask with which round of several to begin; the file is sent once for each."""
    text, rounds = context.text, {one.code: one for one in context.collection.rounds}
    periods = examination.observations["period"].astype("str")

    def number_of_figures(code: str) -> int:
        return int(periods.isin([*map(str, rounds[code].periods)]).sum())

    answers = [
        Answer(
            text("submit.one_round", round=code),
            text.counted("submit.one_round_effect", number_of_figures(code), round=code),
            context.view.link(SUBMISSION_PATH, round=code),
        )
        for code in codes
    ]
    listed = text.listed(codes)
    return question_card(
        text("submit.several_rounds"), text("submit.several_rounds_note", rounds=listed), answers
    )


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
        TEMPLATE_PATH,
        collection=examination.collection,
        area=examination.area,
        round=later,
        checked="",
    )
    answers = (
        Answer(
            text("submit.is_revision", **rounds),
            text.counted("submit.revision_effect", count_revised(examination), **rounds),
            view.link(SUBMISSION_PATH, round=examination.round),
        ),
        Answer(text("submit.is_later", **rounds), text("submit.later_effect", **rounds), template),
    )
    note = text("submit.which_round_note", **rounds)
    yield question_card(text("submit.which_round", **rounds), note, answers)


def count_revised(examination: Examination) -> int:
    """How many figures of the round would be new or changed."""
    if examination.difference is None:
        return 0
    counts = count_changes(examination.difference)
    return counts[NEW] + counts[CHANGED]


def asks_extent(examination: Examination) -> bool:
    """Whether a file lacks figures that are in force, so that it may be a part of the report."""
    is_new = examination.outcome is Outcome.ACCEPTED and not examination.same_as_current
    return is_new and bool(examination.not_asked)


def extent_card(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """Ask whether a file is a part of the report, and name what it does not ask about."""
    text, view = context.text, context.view
    if not asks_extent(examination) or len(view.uploads) > 1:
        return  # several files are parts
    if view.extent in EXTENTS:
        yield answered_extent(examination, context)
        return
    number = examination.figures_not_asked
    answers = [
        Answer(
            text(f"submit.is_{extent}"),
            text.counted(f"submit.{extent}_effect", number),
            view.link(SUBMISSION_PATH, extent=extent, change="", sheet="", page=""),
        )
        for extent in EXTENTS
    ]
    names = [html.Li(indicator_line(*counted, context)) for counted in examination.not_asked]
    is_folded = len(names) > INDICATORS_UNFOLDED
    listed = html.Details(
        [html.Summary(text("submit.not_asked")), html.Ul(names)], open=not is_folded
    )
    note = text.counted("submit.extent_note", number)
    yield question_card(text("submit.extent"), note, answers, [listed])


def answered_extent(examination: Examination, context: PageContext) -> html.Section:
    """The answer that was given, what it does, and the way to the question."""
    text, view = context.text, context.view
    number = examination.figures_not_asked
    effect = text.counted(f"submit.{view.extent}_effect", number)
    again = html.A(text("submit.ask_again"), href=view.link(SUBMISSION_PATH, extent=""))
    answer = html.Strong(text(f"submit.is_{view.extent}"))
    return html.Section(html.P([answer, ": ", effect, " ", again]), className="card answered")


def indicator_line(sheet: str, code: str, number: int, context: PageContext) -> str:
    """`GA-2: Investigations opened (3)`."""
    indicator = catalogue().indicators.get(code)
    name = indicator.name(context.language) if indicator else code
    return f"{sheet}: {name} ({context.text.number(number, 0)})"
