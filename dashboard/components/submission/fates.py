"""The state of a submission, in words: in force, in part, replaced, withdrawn with its reason."""

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
    is_withdrawn_from = any(entry.is_withdrawal for entry in fate.through)
    only_parts = fate.standing == Standing.IN_PART and not is_withdrawn_from
    standing = Standing.IN_FORCE if only_parts else fate.standing
    return text.listed([text(f"fate.{standing}"), *parts_in_words(fate, text)])


def parts_in_words(fate: Fate, text: Text) -> Iterator[str]:
    """What later parts and withdrawals of single figures took of a submission, each once a day."""
    lines = (entry_in_words(f"fate.except_{entry.extent}", entry, text) for entry in fate.through)
    yield from dict.fromkeys(lines)


def entry_in_words(key: str, entry: Submission, text: Text) -> str:
    day = text.date(entry.received_at, width="medium")
    return text(key, day=day, reason=entry.reason or "–")
