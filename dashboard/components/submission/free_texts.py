"""The one question about texts beside figures: whether any of them changes what a figure counts."""

from collections.abc import Iterator, Sequence

from dash import html

from dashboard.components.layout import Drawn
from dashboard.components.submission.difference import SUBMISSION_PATH
from dashboard.components.submission.questions import Answer, question_card
from dashboard.components.tables import stacked_table
from dashboard.context import PageContext
from dashboard.texts import Text
from dashboard.view import LISTED_APART, View
from metrics.core.tables import OTHER_DEFINITION
from metrics.intake.grouped_texts import FreeText, FreeTexts, number_of_texts
from metrics.submissions.desk import Examination
from metrics.submissions.free_text_words import (
    examples_of_column,
    figures_beside,
    typed_text,
)

TEXTS_UNFOLDED = 8  # texts that are listed without a click


def has_open_texts(examination: Examination, view: View) -> bool:
    """Whether the sender has not confirmed yet that the texts of a file change no figure."""
    digest = examination.texts.digest
    return examination.asks_about_texts and digest not in view.confirmed_texts


def texts_card(examination: Examination, context: PageContext) -> Iterator[html.Section]:
    """The texts of a file as typed, with the figures beside them, and the answers."""
    text, view = context.text, context.view
    if not examination.asks_about_texts:
        return
    digest = examination.texts.digest
    others = [own for own in view.confirmed_texts if own != digest]
    is_confirmed = not has_open_texts(examination, view)
    confirmed = LISTED_APART.join([*others, digest])
    status = text.code("observation_status", OTHER_DEFINITION)
    answers = [
        Answer(
            text("submit.texts_none"),
            text("submit.texts_none_effect"),
            view.link(SUBMISSION_PATH, texts=confirmed),
            is_chosen=is_confirmed,
        ),
        Answer(
            text("submit.texts_some"),
            text("submit.texts_some_effect", status=status),
            address_to_correct(view, others, is_confirmed=is_confirmed),
        ),
    ]
    note = text.counted("submit.texts_note", examination.texts.number)
    listed = [*tables_of_texts(examination.texts, text)]
    yield question_card(text("submit.texts"), note, answers, asked_about=listed)


def address_to_correct(view: View, others: Sequence[str], *, is_confirmed: bool) -> str:
    """Back to the question, to the choice of several files, or none: then to the corrected file."""
    if is_confirmed:
        return view.link(SUBMISSION_PATH, texts=LISTED_APART.join(others))
    is_one_of_several = len(view.uploads) > 1
    return view.with_choice("checked", "").link(SUBMISSION_PATH) if is_one_of_several else ""


def tables_of_texts(texts: FreeTexts, text: Text) -> Iterator[Drawn]:
    """The first texts, the others folded, all texts of each column, and how many more there are."""
    first, others = texts.listed[:TEXTS_UNFOLDED], texts.listed[TEXTS_UNFOLDED:]
    yield table_of_texts(first, text)
    if others:
        words = text.counted("submit.texts_others", number_of_texts(others))
        yield html.Details([html.Summary(words), table_of_texts(others, text)])
    for column in texts.listed:
        yield from texts_of_column(column, text)
    yield from unlisted_texts(texts.number - number_of_texts(texts.listed), text)


def texts_of_column(column: FreeText, text: Text) -> Iterator[html.Details]:
    """All texts of a column that no rule reads, folded, as its line names the first only."""
    if column.below:
        listed = [
            html.Summary(text("submit.texts_of_column", text=column.text)),
            table_of_texts(column.below, text),
            *unlisted_texts(column.number_below - len(column.below), text),
        ]
        yield html.Details(listed)


def unlisted_texts(number: int, text: Text) -> Iterator[html.P]:
    if number > 0:
        yield html.P(text.counted("submit.texts_unlisted", number), className="quiet")


def text_in_words(own: FreeText, text: Text) -> html.Div:
    """The text as typed; of a column its name and its first texts."""
    examples = examples_of_column(own, text.language)
    quoted = [html.Div(examples, className="quiet")] if examples else []
    return html.Div([html.Strong(typed_text(own, text.language)), *quoted])


def table_of_texts(texts: Sequence[FreeText], text: Text) -> html.Div:
    columns = [text(f"submit.{key}") for key in ("text_typed", "place", "text_beside")]
    rows = [
        [
            text_in_words(own, text),
            own.location,
            figures_beside(own, text.language),
        ]
        for own in texts
    ]
    return stacked_table(text("submit.texts_listed"), columns, rows, numeric=[])
