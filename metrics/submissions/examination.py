"""Examine one file: validate it, and compare it with what was accepted before."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypedDict, Unpack

import pandas as pd

from metrics.catalogue.codelists import codelist, find_code
from metrics.catalogue.loader import Catalogue, catalogue
from metrics.core.actions import SAME_ACTION
from metrics.core.atomic_files import digest_of_file
from metrics.core.errors import KeyedText, SubmissionError, UnknownNameError
from metrics.core.freed_memory import return_freed_memory
from metrics.core.keys import is_among
from metrics.core.memory import texts_in_arrow
from metrics.intake.accounted_cells import account_for_cells
from metrics.intake.finding_texts import CONTESTED, group_findings
from metrics.intake.findings import Finding, FindingGroup, Severity, ValidationContext
from metrics.intake.formats import limits, readable_suffixes
from metrics.intake.free_texts import free_texts
from metrics.intake.grouped_texts import NO_TEXTS, FreeTexts
from metrics.intake.reading import PRESUMED, find_tables, ingest
from metrics.intake.validate import accepted_observations, holds_personal_data, validate
from metrics.intake.workbook import ParsedSubmission, Workbook
from metrics.messages import languages
from metrics.submissions.accepted_before import PriorData
from metrics.submissions.action_changes import compare_actions
from metrics.submissions.archive import MANY_AREAS, SubmissionKey
from metrics.submissions.contests import check_contests
from metrics.submissions.ledger import ExaminationReport, Extent, Submission
from metrics.submissions.partial_reports import is_stated_in, stated_rows
from metrics.submissions.submission_store import MOMENT, AcceptedFile, UploadedFile
from metrics.submissions.uploads import harmless_name
from metrics.submissions.validation_contexts import validation_context
from metrics.submissions.vintages import compare_vintages, drop_keys_of

EXTENT = "extent"  # in the scope
DIGITS_OF_A_NAME = 8  # of the digest, in place of the name of a file


class OpenedFile(Protocol):
    """What can be decoded to a workbook, in the process that examines it."""

    @property
    def workbook(self) -> Workbook: ...


class RequestedScope(TypedDict, total=False):
    """What a sender may state if the file does not; `""` states nothing.

    `presumed` is the collection that is meant if neither the file nor the sender names one.
    """

    collection: str
    area: str
    round_: str
    contested: str
    presumed: str
    extent: str  # "part": figures that are not in the file stay as they are


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    HAS_ERRORS = "has_errors"
    UNREADABLE = "unreadable"
    IDENTIFYING = "identifying"  # data about a person: nothing is kept

    @property
    def has_figures(self) -> bool:
        """Whether the figures of the file were read, with or without errors."""
        return self in {Outcome.ACCEPTED, Outcome.HAS_ERRORS}


@dataclass(frozen=True)
class Examination:
    """Everything found in a file, before anything is done with it."""

    received: UploadedFile
    outcome: Outcome
    language: str = "en"  # as requested, or else that of the workbook
    format: str = ""
    collection: str = ""
    area: str = ""
    round: str = ""
    refusal: KeyedText | None = None  # why the file cannot be read
    findings: tuple[Finding, ...] = ()
    difference: pd.DataFrame | None = None  # to the vintage that it would replace
    observations: pd.DataFrame = field(default_factory=pd.DataFrame)
    actions: pd.DataFrame = field(default_factory=pd.DataFrame)
    action_changes: pd.DataFrame = field(default_factory=pd.DataFrame)  # to the same vintage
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)  # every filled cell of the file
    unread_peers: tuple[KeyedText, ...] = ()  # why some submissions of others cannot be read
    extent: Extent = Extent.WHOLE
    texts: FreeTexts = NO_TEXTS  # beside the figures: the sender says that they change none
    are_texts_confirmed: bool = False
    # How many figures in force are not in the file, by sheet and indicator: removed by the whole of
    # a report, and left as they are by a part.
    not_asked: tuple[tuple[str, str, int], ...] = ()
    # How the file relates to the submissions in the ledger.
    same_as_current: Submission | None = None  # the latest vintage is the same file
    same_as_replaced: Submission | None = None  # an older vintage is the same file
    replaces: Submission | None = None  # the vintage that it would replace
    submission: Submission | None = None  # the ledger's entry, once the file is accepted

    @property
    def digest(self) -> str:
        return self.received.digest

    @property
    def submission_key(self) -> SubmissionKey:
        return SubmissionKey(self.collection, self.round, self.area)

    @cached_property
    def groups(self) -> tuple[FindingGroup, ...]:
        return tuple(group_findings(self.findings))

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def figures_not_asked(self) -> int:
        """How many figures in force are not in the file."""
        return sum(number for _, _, number in self.not_asked)

    @property
    def asks_about_texts(self) -> bool:
        """Whether the sender must confirm that the texts beside its figures change none."""
        return bool(self.texts.digest) and not self.same_as_current

    def confirm_texts(self, confirmed: Collection[str]) -> "Examination":
        """What is kept once the sender has confirmed the texts that these digests identify.

        SubmissionError if the texts of the file are not among them.
        """
        if not self.asks_about_texts:
            return self
        if self.texts.digest not in confirmed:
            raise SubmissionError("texts_open", file=self.received.name)
        return replace(self, are_texts_confirmed=True)

    def accepted_file(self, copy: Path, received: datetime | None = None) -> AcceptedFile:
        """What to keep: the clean copy, whose digest is in `received.kept`."""
        suffix = Path(self.received.name).suffix.lower()
        return AcceptedFile(
            copy,
            self.received.name,
            suffix.removeprefix(".") if suffix in readable_suffixes() else self.format,
            copy.stat().st_size,
            self.received.kept,
            self.submission_key,
            len(self.observations),
            len(self.actions),
            self.replaces.digest if self.replaces else "",
            received or datetime.now(UTC),
            self.digest,
            self.extent,
        )

    def report(self) -> ExaminationReport:
        """What the ledger keeps of every examination. Findings never quote data about a person.

        That of an accepted file is found by the digest of what is kept, like its submission.
        """
        is_accepted = self.outcome is Outcome.ACCEPTED
        name = self.received.name
        if self.outcome is Outcome.UNREADABLE:  # its name was not searched
            name = neutral_name(self.received)
        return ExaminationReport(
            digest=(is_accepted and self.received.kept) or self.digest,
            collection=self.collection,
            round=self.round,
            area=self.area,
            file=name,
            outcome=self.outcome,
            refusal=_refusal_as_json(self.refusal, name),
            findings=[
                {**asdict(finding), "severity": str(finding.severity)} for finding in self.findings
            ],
            texts=asdict(self.texts) if self.are_texts_confirmed else {},
            received_at=f"{datetime.now(UTC):{MOMENT}}",
        )


def _refusal_as_json(refusal: KeyedText | None, name: str) -> str:
    """Why a file cannot be read, with the name under which it is kept; empty if it can be."""
    return json.dumps(refusal.with_parameters(file=name).as_json()) if refusal else ""


def describe_upload(path: Path, name: str = "") -> UploadedFile:
    """Name, digest and size of a file; no digest if it is missing or above the size limit."""
    size = path.stat().st_size if path.is_file() else 0
    is_read = path.is_file() and size <= limits.FILE_MEGABYTES * limits.MEGABYTE
    digest = digest_of_file(path) if is_read else ""
    return UploadedFile(harmless_name(name or path.name), digest, size)


def resolve_scope(catalogue: Catalogue, **asked: Unpack[RequestedScope]) -> dict[str, str]:
    """Resolve what the sender requests to codes; UnknownNameError for an unknown name.

    `contested` says why what looks like data about a person is none, one answer a line.
    """
    scope = {}
    if contested := asked.get("contested", ""):
        scope[CONTESTED] = check_contests(contested, catalogue)
    if collection := asked.get("collection", ""):
        scope["collection"] = catalogue.collection(collection).code
    elif presumed := asked.get("presumed", ""):
        scope[PRESUMED] = catalogue.collection(presumed).code
    if area := asked.get("area", ""):
        scope["area"] = parse_area(area, may_be_many=True)
    if round_ := asked.get("round_", ""):
        scope["round"] = round_code(round_, collection, catalogue)
    if extent := asked.get("extent", ""):
        scope[EXTENT] = Extent(extent).value
    return scope


def choose_language(language: str, workbook_language: str = "") -> str:
    """The requested language, or the workbook's, if the product has it; else English."""
    wanted = language or workbook_language
    return wanted if wanted in languages() else languages()[0]


def parse_area(typed: str, *, may_be_many: bool = False) -> str:
    """The code of an area, given by code or by name in any language; empty for many areas."""
    if may_be_many and typed == MANY_AREAS:
        return ""
    code = find_code(typed, "area")
    if code is None:
        raise UnknownNameError.with_hint("an_area", typed, codelist("area"))
    return code


def round_code(typed: str, collection: str, catalogue: Catalogue) -> str:
    collections = (
        [catalogue.collection(collection)] if collection else catalogue.collections.values()
    )
    codes = dict.fromkeys(round_.code for known in collections for round_ in known.rounds)
    if typed not in codes:
        of_one, of_any = (
            KeyedText.filled("a_round", collection=collection),
            KeyedText("a_round_of_any"),
        )
        kind = of_one if collection else of_any
        raise UnknownNameError.with_hint(kind, typed, codes)
    return typed


def find_submission_key(
    parsed: ParsedSubmission | Examination, catalogue: Catalogue
) -> SubmissionKey | None:
    """What the file is for; None if neither the file nor its sender says so."""
    collection = catalogue.collections.get(parsed.collection)
    if collection is None or parsed.round not in collection.round_codes:
        return None
    area = parsed.area or (MANY_AREAS if collection.areas == "any" else "")
    return SubmissionKey(collection.code, parsed.round, area) if area else None


def examine_opened(
    ask: Callable[[SubmissionKey], PriorData],
    received: UploadedFile,
    opened: OpenedFile,
    scope: Mapping[str, str],
    with_cells: bool,
) -> tuple[Examination, str]:
    """Decode an opened file and examine it."""
    examination, language = examine_workbook(
        ask, received, opened.workbook, scope, with_cells=with_cells
    )
    # Here, where nothing else of the file is in memory any more.
    return with_compact_tables(examination), language


# Rules select rows of wide tables a hundred times, and most files have few rows: texts in Arrow,
# which is made for large tables, would take half as long again (decision 72).
@pd.option_context("mode.string_storage", "python")
def examine_workbook(
    ask: Callable[[SubmissionKey], PriorData],
    received: UploadedFile,
    workbook: Workbook,
    scope: Mapping[str, str],
    *,
    with_cells: bool = True,
) -> tuple[Examination, str]:
    """Examine a workbook, and name its language; `ask` reads what it is compared with.

    Every cell is accounted for on request only, as there may be a million.
    """
    found = find_tables(workbook)
    parsed = ingest(workbook, catalogue(), scope, found)
    return_freed_memory()
    key = find_submission_key(parsed, catalogue())
    prior, not_asked = compare_coverage(parsed, ask(key) if key else PriorData(), scope)
    examination = examine_submission(
        received,
        # Not kept: as long as it exists, so do tables that rules share.
        validation_context(parsed, scope, prior, catalogue()),
        key,
        prior.unread_peers,
    )
    return_freed_memory()
    extent = Extent(scope.get(EXTENT, Extent.WHOLE))
    examination = replace(examination, not_asked=not_asked, extent=extent)
    if examination.outcome is not Outcome.IDENTIFYING:
        changes = changed_actions(prior.actions, parsed.actions, extent)
        examination = replace(examination, action_changes=changes)
    if examination.outcome is Outcome.ACCEPTED:
        texts = free_texts(parsed, found.layouts, examination.findings, catalogue())
        examination = replace(examination, texts=texts)
    if with_cells and examination.outcome is not Outcome.IDENTIFYING:
        cells = account_for_cells(parsed, found.layouts, examination.findings, catalogue())
        examination = replace(examination, cells=cells)
    return examination, workbook.stamp.get("language", "")


def with_compact_tables(examination: Examination) -> Examination:
    """The examination as it is sent to another process, where nothing selects rows of it."""
    difference = examination.difference
    return replace(
        examination,
        observations=texts_in_arrow(examination.observations),
        difference=None if difference is None else texts_in_arrow(difference),
    )


def changed_actions(before: pd.DataFrame | None, now: pd.DataFrame, extent: Extent) -> pd.DataFrame:
    """What a file does to the declared actions; a part leaves those that are not in it."""
    if before is None:
        before = now.head(0)
    elif extent is Extent.PART:
        before = before[is_among(before, now, SAME_ACTION)]
    return compare_actions(before, now)


def compare_coverage(
    parsed: ParsedSubmission, prior: PriorData, scope: Mapping[str, str]
) -> tuple[PriorData, tuple[tuple[str, str, int], ...]]:
    """What a file is compared with, and how many figures in force are not in it."""
    if prior.previous is None:
        return prior, ()
    stated = stated_rows(parsed.observations)
    is_stated = is_stated_in(prior.previous, stated)
    names = ["sheet", "indicator"]
    counts = prior.previous[~is_stated].groupby(names, sort=False).size().reset_index()
    not_stated = tuple(
        (str(sheet), str(code), int(number))
        for sheet, code, number in counts.itertuples(index=False, name=None)
    )
    if scope.get(EXTENT) == Extent.PART:
        changed = prior.changed
        if changed is not None:
            changed = changed[is_stated_in(changed, stated)]
        own, carried = prior.previous[is_stated], prior.previous[~is_stated]
        prior = replace(prior, previous=own, carried=carried, changed=changed)
    return prior, not_stated


def examine_submission(
    received: UploadedFile,
    context: ValidationContext,
    key: SubmissionKey | None,
    unread_peers: tuple[KeyedText, ...] = (),
) -> Examination:
    """Validate a readable file, and compare it with the previous vintage."""
    parsed, findings = context.reading, validate(context)
    outcome = outcome_of(findings, key)
    if outcome is Outcome.IDENTIFYING:
        return _refused_examination(received, parsed, findings)
    observations = accepted_observations(parsed, findings)
    before = observations.head(0) if context.previous is None else context.previous
    in_error = parsed.observations.drop(observations.index).query("typed != ''")
    return Examination(
        received,
        outcome,
        format=parsed.workbook.format,
        collection=parsed.collection,
        area=key.area if key else parsed.area,
        round=parsed.round,
        findings=tuple(findings),
        # A figure whose cell has an error is neither accepted nor counted as removed.
        difference=compare_vintages(drop_keys_of(before, in_error), observations),
        observations=observations,
        actions=parsed.actions,
        unread_peers=unread_peers,
    )


def _refused_examination(
    received: UploadedFile, parsed: ParsedSubmission, findings: Sequence[Finding]
) -> Examination:
    """Say where a file holds data about a person, and hold no text of it, its name included."""
    return Examination(
        replace(received, name=neutral_name(received)),
        Outcome.IDENTIFYING,
        format=parsed.workbook.format,
        collection=parsed.collection,
        area=parsed.area,
        round=parsed.round,
        findings=tuple(findings),
    )


def neutral_name(received: UploadedFile) -> str:
    """A name for a file that says nothing, made of its digest."""
    suffix = Path(received.name).suffix.lower()
    return f"{received.digest[:DIGITS_OF_A_NAME]}{suffix if suffix in readable_suffixes() else ''}"


def is_neutral(name: str, digest: str) -> bool:
    """Whether a file has lost its own name, which may identify a person."""
    return bool(digest) and Path(name).stem == digest[:DIGITS_OF_A_NAME]


def unreadable_examination(
    received: UploadedFile, refusal: KeyedText, scope: Mapping[str, str], language: str = "en"
) -> Examination:
    return Examination(
        received,
        Outcome.UNREADABLE,
        language,
        collection=scope.get("collection", ""),
        area=scope.get("area", ""),
        round=scope.get("round", ""),
        refusal=refusal,
    )


def is_superseded(examination: Examination, received: datetime | None) -> bool:
    """Whether a replaced file was received before the current vintage: then it changes nothing."""
    if examination.same_as_replaced is None or examination.replaces is None or received is None:
        return False
    return f"{received.astimezone(UTC):{MOMENT}}" <= examination.replaces.received_at


def outcome_of(findings: Sequence[Finding], key: SubmissionKey | None) -> Outcome:
    if holds_personal_data(findings):
        return Outcome.IDENTIFYING
    has_errors = any(finding.severity is Severity.ERROR for finding in findings)
    return Outcome.HAS_ERRORS if has_errors or key is None else Outcome.ACCEPTED
