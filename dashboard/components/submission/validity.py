"""The state of a submission, in words: in force, in part, replaced, withdrawn with its reason."""

from collections.abc import Iterator

from dashboard.texts import Text
from metrics.submissions.ledger import Submission
from metrics.submissions.validity import Standing, Validity

WITH_ENTRY = (Standing.REPLACED, Standing.WITHDRAWN, Standing.WITHDRAWAL_OVER)


def validity_in_words(validity: Validity, text: Text) -> str:
    """`in force`, `withdrawn on 29 Nov 2026: counted twice`, `in force, except …; …`."""
    if validity.standing in WITH_ENTRY:
        (entry,) = validity.through
        return entry_in_words(f"validity.{validity.standing}", entry, text)
    is_withdrawn_from = any(entry.is_withdrawal for entry in validity.through)
    only_parts = validity.standing == Standing.IN_PART and not is_withdrawn_from
    standing = Standing.IN_FORCE if only_parts else validity.standing
    return text.listed([text(f"validity.{standing}"), *parts_in_words(validity, text)])


def parts_in_words(validity: Validity, text: Text) -> Iterator[str]:
    """What later parts and withdrawals of single figures took of a submission, each once a day."""
    lines = (
        entry_in_words(f"validity.except_{entry.extent}", entry, text) for entry in validity.through
    )
    yield from dict.fromkeys(lines)


def entry_in_words(key: str, entry: Submission, text: Text) -> str:
    day = text.date(entry.received_at, width="medium")
    return text(key, day=day, reason=entry.reason or "–")
