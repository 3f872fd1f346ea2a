"""One file held against the catalogue and against what was sent before: what its sender is told."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import pandas as pd

from metrics.catalogue.codelists import codelist, understood
from metrics.catalogue.definitions import Collection
from metrics.catalogue.loader import Catalogue
from metrics.core.atomic_files import digest_of
from metrics.core.errors import UnknownNameError
from metrics.intake.findings import Finding, FindingGroup, Severity, ValidationContext
from metrics.intake.formats import limits
from metrics.intake.rules import rules
from metrics.intake.templates import languages
from metrics.intake.validate import accepted, grouped, validate
from metrics.intake.workbook import ParsedSubmission
from metrics.submissions.archive import MANY_AREAS, SubmissionKey
from metrics.submissions.ledger import ExaminationReport, Submission
from metrics.submissions.submission_store import MOMENT, AcceptedFile, UploadedFile
from metrics.submissions.uploads import safe
from metrics.submissions.vintages import difference, without


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    HAS_ERRORS = "has_errors"
    UNREADABLE = "unreadable"
    IDENTIFYING = "identifying"  # data about a person: nothing of it is kept


@dataclass(frozen=True)
class PriorData:
    """What was accepted before: the vintage that the file would replace, and earlier rounds."""

    vintage: pd.DataFrame | None = None
    earlier: pd.DataFrame | None = None
    actions: pd.DataFrame | None = None
    submission: Submission | None = None
    peers: pd.DataFrame | None = None  # of other states
    passed_over: tuple[str, ...] = ()  # why one of them is not among these
    changed: pd.DataFrame | None = None  # what each figure was before that vintage said it


@dataclass(frozen=True)
class Examination:
    """What is said of a file, before anything is done with it."""

    received: UploadedFile
    outcome: Outcome
    language: str = "en"
    format: str = ""
    collection: str = ""
    area: str = ""
    round: str = ""
    sentence: str = ""  # why the file cannot be read
    passed_over: tuple[str, ...] = ()  # why it was not held against what others sent
    findings: tuple[Finding, ...] = ()
    groups: tuple[FindingGroup, ...] = ()
    difference: pd.DataFrame | None = None
    already: Submission | None = None  # the same file, which is the latest vintage
    again: Submission | None = None  # the same file, which a later vintage replaced
    replaces: Submission | None = None  # the vintage that this one would replace
    submission: Submission | None = None  # what became of it
    observations: pd.DataFrame = field(default_factory=pd.DataFrame)
    actions: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def digest(self) -> str:
        return self.received.digest

    @property
    def place(self) -> SubmissionKey:
        return SubmissionKey(self.collection, self.round, self.area)

    def count(self, severity: Severity) -> int:
        return sum(each.severity is severity for each in self.findings)

    def arrival(self, path: Path, received: datetime | None = None) -> AcceptedFile:
        suffix = Path(self.received.name).suffix.removeprefix(".").lower()
        return AcceptedFile(
            path,
            self.received.name,
            suffix if suffix.isalnum() else self.format,
            self.received.size,
            self.digest,
            self.place,
            len(self.observations),
            len(self.actions),
            self.replaces.digest if self.replaces else "",
            received or datetime.now(UTC),
        )

    @property
    def _name_to_keep(self) -> str:
        """The sender's name of the file, unless it names a person."""
        names_person = any(each.values.get("where") == "file" for each in self.findings)
        return self.digest[:8] if names_person else self.received.name

    def report(self) -> ExaminationReport:
        """What is kept of it in any case. A finding never quotes data about a person."""
        return ExaminationReport(
            digest=self.digest,
            collection=self.collection,
            round=self.round,
            area=self.area,
            file=self._name_to_keep,
            outcome=self.outcome,
            sentence=self.sentence,
            findings=[_plain(each) for each in self.findings],
            received_at=f"{datetime.now(UTC):{MOMENT}}",
        )


def _plain(finding: Finding) -> dict[str, object]:
    return {**asdict(finding), "severity": str(finding.severity)}


def received_at(path: Path, name: str = "") -> UploadedFile:
    """What came; without a digest where nothing can be read, or more than is ever read."""
    shown = safe(name or path.name)
    size = path.stat().st_size if path.is_file() else 0
    is_read = path.is_file() and size <= limits.FILE_MEGABYTES * limits.MEGABYTE
    return UploadedFile(shown, digest_of(path) if is_read else "", size)


def asked_for(
    catalogue: Catalogue, collection: str = "", area: str = "", round_: str = ""
) -> dict[str, str]:
    """What the sender asks for, in codes; UnknownNameError where a name is none."""
    asked = {}
    if collection:
        asked["collection"] = catalogue.collection(collection).code
    if area:
        asked["area"] = known_area(area)
    if round_:
        asked["round"] = known_round(round_, collection, catalogue)
    return asked


def spoken(language: str, stamp: Mapping[str, str]) -> str:
    """As asked for, or else that of the workbook; English where neither says one that we speak."""
    asked = language or stamp.get("language", "")
    return asked if asked in languages() else languages()[0]


def known_area(typed: str) -> str:
    if typed == MANY_AREAS:
        return ""
    code = understood(typed, "area")
    if code is None:
        raise UnknownNameError.of("an area", typed, codelist("area"))
    return code


def known_round(typed: str, collection: str, catalogue: Catalogue) -> str:
    asked = [catalogue.collection(collection)] if collection else catalogue.collections.values()
    codes = dict.fromkeys(each.code for collection in asked for each in collection.rounds)
    if typed not in codes:
        raise UnknownNameError.of(f"a round of {collection or 'any collection'}", typed, codes)
    return typed


def place_of(reading: ParsedSubmission, catalogue: Catalogue) -> SubmissionKey | None:
    """Where the file belongs; None where neither it nor its sender says so."""
    collection = catalogue.collections.get(reading.collection)
    if collection is None or reading.round not in {each.code for each in collection.rounds}:
        return None
    area = reading.area or (MANY_AREAS if collection.areas == "any" else "")
    return SubmissionKey(collection.code, reading.round, area) if area else None


def examined(
    received: UploadedFile,
    case: ValidationContext,
    place: SubmissionKey | None,
    language: str = "en",
) -> Examination:
    """All that can be said of a file that could be read."""
    reading, findings = case.reading, validate(case)
    observations = accepted(reading, findings)
    before = observations.head(0) if case.previous is None else case.previous
    in_error = reading.observations.drop(observations.index).query("typed != ''")
    return Examination(
        received,
        outcome_of(findings, place),
        language,
        format=reading.workbook.format,
        collection=reading.collection,
        area=place.area if place else reading.area,
        round=reading.round,
        findings=tuple(findings),
        groups=tuple(grouped(findings)),
        difference=difference(without(before, in_error), observations),
        observations=observations,
        actions=reading.actions,
    )


def unreadable(
    received: UploadedFile, sentence: str, asked: Mapping[str, str], language: str = "en"
) -> Examination:
    return Examination(
        received,
        Outcome.UNREADABLE,
        language,
        collection=asked.get("collection", ""),
        area=asked.get("area", ""),
        round=asked.get("round", ""),
        sentence=sentence,
    )


def is_past(told: Examination, received: datetime | None) -> bool:
    """What came before the vintage that stands now takes nothing back."""
    if told.again is None or told.replaces is None or received is None:
        return False
    return f"{received.astimezone(UTC):{MOMENT}}" <= told.replaces.received_at


def outcome_of(findings: Sequence[Finding], place: SubmissionKey | None) -> Outcome:
    if any(rules()[each.rule].family == "identifying" for each in findings):
        return Outcome.IDENTIFYING
    has_errors = any(each.severity is Severity.ERROR for each in findings)
    return Outcome.HAS_ERRORS if has_errors or place is None else Outcome.ACCEPTED


def case_of(
    reading: ParsedSubmission, asked: Mapping[str, str], before: PriorData, catalogue: Catalogue
) -> ValidationContext:
    return ValidationContext(
        reading,
        held_against(reading.collection, catalogue),
        catalogue.indicators,
        catalogue.goals,
        asked,
        previous=before.vintage,
        history=before.earlier,
        peers=before.peers,
        changed=before.changed,
    )


def held_against(code: str, catalogue: Catalogue) -> Collection:
    """A file of no known collection is still checked, as one for the official exercise."""
    official = (each for each in catalogue.collections.values() if each.nature == "official")
    return catalogue.collections.get(code) or next(official)
