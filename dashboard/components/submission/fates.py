"""What became of a submission, in words: in force, in part, replaced, withdrawn with its reason."""

from collections.abc import Iterator

from dashboard.texts import Text
from metrics.submissions.ledger import Submission
from metrics.submissions.standings import Fate, Standing

WITH_ENTRY = (Standing.REPLACED, Standing.WITHDRAWN, Standing.WITHDRAWAL_OVER)


def fate_in_words(fate: Fate, text: Text) -> str:
    """`in force`, `withdrawn on 29 Nov 2026: counted twice`, `in force, except …; …`."""
    if fate.standing in WITH_ENTRY:
        (entry,) = fate.through
        return entry_in_words(f"fate.{fate.standing}", entry, text)
    lines = [text(f"fate.{fate.standing}"), *parts_in_words(fate, text)]
    return text.listed(lines)


def parts_in_words(fate: Fate, text: Text) -> Iterator[str]:
    """What later parts and withdrawals of single figures took of a submission."""
    for entry in fate.through:
        yield entry_in_words(f"fate.except_{entry.extent}", entry, text)


def entry_in_words(key: str, entry: Submission, text: Text) -> str:
    day = text.date(entry.received_at, width="medium")
    return text(key, day=day, reason=entry.reason or "–")
