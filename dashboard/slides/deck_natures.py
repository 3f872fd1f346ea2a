"""Invented and other figures are never in one deck: its mark is on every slide."""

from metrics.catalogue.loader import catalogue
from metrics.core.errors import SubmissionError

INVENTED = "invented"


def refuse_mixed(own: str, of_deck: str) -> None:
    """SubmissionError if one of two collections has invented figures, and the other has not."""
    natures = [catalogue().collections[code].nature == INVENTED for code in (own, of_deck)]
    if natures[0] != natures[1]:
        raise SubmissionError("deck_mixed", own=own, deck=of_deck)
