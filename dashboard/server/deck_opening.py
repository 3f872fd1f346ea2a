"""A deck that is opened from a file, every slide of which can be made."""

from urllib.parse import unquote

from flask import Response, jsonify, request

from dashboard.pictures.deck_process import read_in_process
from dashboard.server.deck_answers import described
from dashboard.server.deck_requests import reader_text
from dashboard.slides.deck_file import DeckDraft, joined_faults, lines_of_slides, read_draft
from dashboard.slides.deck_yaml import DECK_SUFFIX, LARGEST_FILE
from dashboard.slides.kept_decks import DeckState, keep_new
from dashboard.slides.unknown_choices import faults_of_names
from dashboard.wording.language_spans import sentence_html
from metrics.core.errors import KeyedText, SubmissionError
from metrics.core.printable_names import printable_name


def open_file() -> Response:
    """Open a file: every mistake is named, and nothing is opened of a file that has one."""
    text = reader_text()
    content = request.stream.read(LARGEST_FILE + 1)
    name = printable_name(unquote(request.headers.get("X-File-Name", "")) or f"deck{DECK_SUFFIX}")
    draft = read_draft(content, name, faults_of_names)
    refuse_unreadable_slides(draft, content, name)
    state = DeckState(keep_new(content, name.rpartition(".")[0] or name), draft)
    has_comments = any(line.lstrip().startswith(b"#") for line in content.splitlines())

    def message() -> str:
        remark = f" {text('deck.comments')}" if has_comments else ""
        return text.counted("deck.opened", len(draft.slides), file=name) + remark

    opened = {"message": sentence_html(text.language, message)}
    return jsonify(described(state, text) | opened)


def refuse_unreadable_slides(draft: DeckDraft, content: bytes, name: str) -> None:
    """SubmissionError names every slide that cannot be made, with its line."""
    in_words = draft.model_copy(update={"language": reader_text().language})
    readings, lines = read_in_process(in_words), lines_of_slides(content, name)
    faults = [
        KeyedText.filled("deck_slide_of_line", line=line, n=number, why=why)
        for number, (line, reading) in enumerate(zip(lines, readings, strict=True), 1)
        for why in reading.error.splitlines()
    ]
    if faults:
        raise SubmissionError("deck_wrong", file=name, faults=joined_faults(faults))
