"""A document about a release as a file, for the command line."""

from dashboard.context import PageContext, read_context
from dashboard.exports import format_of_ending, formats_of
from dashboard.progress import Advance, split_advance
from dashboard.report.document import ReportTask
from dashboard.report.kinds import find_report
from dashboard.view import View
from dashboard.wording.language_spans import composing_in
from metrics.catalogue.loader import catalogue
from metrics.core.errors import KeyedText, SubmissionError, UnknownNameError


def write_report(  # noqa: PLR0913 - what a command was asked for, each by name
    name: str, suffix: str, *, collection: str, release: str, language: str, advance: Advance
) -> bytes:
    """The document of a name in the format of a file name ending.

    MetricsError if nothing is written with such an ending; UnknownNameError names what is unknown.
    """
    kind = find_report(name)
    formats = (known for known in formats_of(ReportTask).values() if known.name in kind.formats)
    chosen = format_of_ending(formats, suffix, "report_ending")
    context = context_of_release(collection, release, language)
    reading, writing = split_advance(advance)
    with composing_in(context.language):
        document = kind.read(context, reading)
        return chosen.write(ReportTask(document, writing))


def context_of_release(collection: str, release: str, language: str) -> PageContext:
    """The context of a collection and release; an unknown one of either is named."""
    if collection and collection not in catalogue().collections:
        raise UnknownNameError.with_hint("a_collection", collection, catalogue().collections)
    context = read_context(View(lang=language, collection=collection, release=release))
    if release and release not in context.labels:
        raise UnknownNameError.with_hint(KeyedText("deck_release"), release, context.labels)
    if context.release is None:
        raise SubmissionError("no_release", collection=context.collection.code)
    return context
