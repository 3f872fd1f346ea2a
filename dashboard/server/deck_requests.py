"""What the page of a deck sends, and how an error of its answer is said."""

from collections.abc import Callable

from flask import Response, abort, jsonify, request
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.exceptions import HTTPException

from dashboard import data
from dashboard.server.deck_building import sentence_of
from dashboard.server.routes import requested_view
from dashboard.slides.deck_edits import AnyChange
from dashboard.slides.deck_store import KeptDeck
from dashboard.texts import Text, texts
from dashboard.wording.language_spans import sentence_html
from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import MetricsError

SENT_BY_PAGE = "EMPACT"


class DeckRequest(BaseModel):
    """What a page sends: the name of a deck that is kept here, or its text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    text: str = ""
    version: str | None = None  # that the reader saw, where the change depends on it
    change: AnyChange | None = None
    start: str = ""  # the title of a new deck
    format: str = "pptx"
    again: bool = False  # with the current release

    @property
    def deck(self) -> KeptDeck:
        return KeptDeck(self.name, self.text.encode(errors="replace"))


def answering_errors(answer: Callable[[], Response]) -> Callable[[], Response]:
    """Refuse what no page of this site sent, and turn errors into sentences."""

    def answered() -> Response:
        if request.headers.get("X-Requested-With") != SENT_BY_PAGE:
            abort(403)
        try:
            with report_unexpected(data.home(), HTTPException):
                return answer()
        except MetricsError as wrong:
            return refusal(wrong)

    return answered


def refusal(wrong: MetricsError) -> Response:
    text = reader_text()
    answer = jsonify(error=sentence_html(text.language, lambda: sentence_of(wrong, text)))
    answer.status_code = 500 if isinstance(wrong, UnforeseenError) else 422
    return answer


def reader_text() -> Text:
    return texts(requested_view().lang)


def deck_request() -> DeckRequest:
    try:
        return DeckRequest.model_validate(request.get_json(silent=True))
    except ValidationError:
        abort(400)
