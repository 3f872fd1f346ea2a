"""Several uploads as the parts of one report: all are submitted, or none."""

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Unpack

from metrics.core.errors import SubmissionError, SupersededError
from metrics.core.keys import is_among
from metrics.core.tables import KEY
from metrics.submissions.desk import Desk
from metrics.submissions.examination import Examination, Outcome, RequestedScope
from metrics.submissions.ledger import Extent


def confirm_parts(
    desk: Desk,
    digests: Sequence[str],
    replaced: Sequence[str],
    texts: Collection[str] | None = None,
    **scope: Unpack[RequestedScope],
) -> list[Examination]:
    """Submit each upload as a part, if all are accepted; `replaced` are the vintages to replace.

    `texts` are the digests of the texts beside figures that the sender confirmed.
    SupersededError if another submission came meanwhile, SubmissionError for two
    uploads with the same figure.
    """
    scope["extent"] = Extent.PART
    examinations = [desk.examine_upload(digest, **scope) for digest in digests]
    if any(examination.outcome is not Outcome.ACCEPTED for examination in examinations):
        return examinations
    refuse_overlap(examinations)
    for examination, seen in zip(examinations, replaced, strict=True):
        latest = examination.replaces.digest if examination.replaces else ""
        if latest != seen and not examination.same_as_current:
            raise SupersededError("replaced_meanwhile", place=str(examination.submission_key))
    if texts is not None:
        examinations = [examination.confirm_texts(texts) for examination in examinations]
    return desk.keep_uploads(examinations)


def find_overlap(examinations: Sequence[Examination]) -> tuple[str, ...]:
    """The names of the first two files that state the same figure.

    The second one would replace what the first one has just reported.
    """
    for first, second in combinations(examinations, 2):
        if scope_of_file(first) != scope_of_file(second):
            continue
        tables = first.observations, second.observations
        if all(map(len, tables)) and is_among(*tables, KEY).any():
            return first.received.name, second.received.name
    return ()


def scope_of_file(examination: Examination) -> tuple[str, str, str]:
    """What a file is for; a part is empty as long as neither file nor sender has named it."""
    return examination.collection, examination.round, examination.area


def refuse_overlap(examinations: Sequence[Examination]) -> None:
    if names := find_overlap(examinations):
        first, second = names
        raise SubmissionError("same_figures", first=first, second=second)
