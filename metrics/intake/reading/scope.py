"""Determine collection, area and round of a workbook: by stamp, by request, by cells."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import pandas as pd

from metrics.catalogue.codelists import fold_spelling
from metrics.catalogue.definitions.collections import Round
from metrics.catalogue.loader import Catalogue
from metrics.core.cells import cell_address
from metrics.core.period import ReferencePeriod
from metrics.intake.issue_names import IssueName
from metrics.intake.reading.attributes import parse_code
from metrics.intake.reading.headings import PUNCTUATION, vocabulary
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import Layout
from metrics.intake.reading.numbers import cell_text
from metrics.intake.reading.suggestions import Suggestions
from metrics.intake.templates import templates
from metrics.messages import languages

ScopeFact = Literal["collection", "area", "round"]
SCOPE_FACTS: tuple[ScopeFact, ...] = ("collection", "area", "round")
MISMATCHES: Mapping[ScopeFact, IssueName] = {
    "collection": "collection_mismatch",
    "area": "file_of_other_area",
    "round": "round_mismatch",
}
# Labels are only looked for near the top of a sheet.
LABELLED_ROWS = 60


@dataclass(frozen=True)
class Scope:
    """A fact is empty if nothing states it."""

    collection: str
    area: str
    round: str
    unclear: frozenset[ScopeFact] = frozenset()  # facts that are stated but not known

    def is_open(self, fact: ScopeFact) -> bool:
        """Whether nothing has stated the fact yet."""
        return not getattr(self, fact) and fact not in self.unclear


@dataclass(frozen=True)
class ScopeClaim:
    """What one source states: code `EL`, typed as `Greece` in B4 of a sheet."""

    fact: ScopeFact
    code: str
    typed: str
    sheet: str = ""
    cell: str = ""


def determine_scope(
    stamp: Mapping[str, str],
    asked: Mapping[str, str],
    cells: Sequence[ScopeClaim],
    catalogue: Catalogue,
) -> tuple[Scope, list[ReadIssue]]:
    """Take the first claim of each fact; every contradicting claim is an issue."""
    claims = [*_claims_of(stamp, catalogue), *_claims_of(asked, catalogue), *cells]
    first = {claim.fact: claim for claim in reversed(claims)}
    unclear = frozenset(fact for fact, claim in first.items() if not claim.code)
    codes = {fact: first[fact].code if fact in first else "" for fact in SCOPE_FACTS}
    scope = Scope(codes["collection"], codes["area"], codes["round"], unclear)
    typed = {fact: claim.typed for fact, claim in first.items()}
    return scope, [
        *_unknown_issues(typed, scope, catalogue),
        *_mismatch_issues(first, claims, stamp),
    ]


def _claims_of(texts: Mapping[str, str], catalogue: Catalogue) -> list[ScopeClaim]:
    return [
        ScopeClaim(fact, parse_fact(fact, text, catalogue), text)
        for fact in SCOPE_FACTS
        if (text := texts.get(fact, ""))
    ]


def parse_fact(fact: ScopeFact, text: str, catalogue: Catalogue) -> str:
    """The code that a text means; empty if it means none."""
    if fact == "area":
        return parse_code(text, "area")
    collections = catalogue.collections.values()
    if fact == "collection":
        names = {
            fold_spelling(name): collection.code
            for collection in collections
            for name in (collection.code, *map(collection.name, languages()))
        }
        return names.get(fold_spelling(text), "")
    rounds = {round_.code for collection in collections for round_ in collection.rounds}
    return text.strip() if text.strip() in rounds else ""


def claims_of_labels(layouts: Iterable[Layout], catalogue: Catalogue) -> Iterator[ScopeClaim]:
    """Claims in cells after a label: `Reporting area | Finland`. Other labels are ignored."""
    for layout in layouts:
        sheet = layout.sheet
        end = min([LABELLED_ROWS, len(sheet.rows), *(table.top for table in layout.tables)])
        for number, row in enumerate(sheet.rows[:end]):
            cells = enumerate(row)
            filled = [(column, cell_text(cell)) for column, cell in cells if cell is not None]
            for (_, label), (column, text) in pairwise(filled):
                fact = _labelled_fact(label)
                if fact and (code := parse_fact(fact, text, catalogue)):
                    yield ScopeClaim(fact, code, text, sheet.name, cell_address(number, column))


def _labelled_fact(label: str) -> ScopeFact | None:
    name = vocabulary("labels").get(fold_spelling(label).strip(PUNCTUATION), "")
    return next((fact for fact in SCOPE_FACTS if fact == name), None)


def _mismatch_issues(
    first: Mapping[ScopeFact, ScopeClaim], claims: Sequence[ScopeClaim], stamped: Collection[str]
) -> Iterator[ReadIssue]:
    """One issue for each fact that is stated in two ways: what the file is, and what is asked.

    A workbook is what its stamp says. A round changed by hand in a cell asks for another one.
    """
    for fact, taken in first.items():
        others = [claim for claim in claims if claim.fact == fact and claim.code != taken.code]
        known = [claim for claim in others if claim.code and taken.code]
        if not known:
            continue
        changed = next((claim for claim in known if claim.cell), known[0])
        file, asked = (taken, known[0]) if fact in stamped or not changed.cell else (changed, taken)
        yield ReadIssue(
            MISMATCHES[fact], changed.sheet, changed.cell, file.code, file.code,
            expected=asked.code,
        )  # fmt: skip


def _unknown_issues(
    typed: Mapping[ScopeFact, str], scope: Scope, catalogue: Catalogue
) -> Iterator[ReadIssue]:
    """Facts that are not stated, or by an unknown name."""
    if not scope.collection:
        yield ReadIssue(
            "collection_unknown" if "collection" in typed else "collection_not_said",
            typed=typed.get("collection", ""),
            expected=", ".join(catalogue.collections),
        )
    if "area" in scope.unclear:
        near = Suggestions().nearest_code(typed["area"], "area")
        yield ReadIssue("area_unknown", typed=typed["area"], nearest=near)
    if scope.collection and "round" in typed:
        codes = catalogue.collections[scope.collection].round_codes
        if scope.round not in codes:
            yield ReadIssue("round_unknown", typed=typed["round"], expected=", ".join(codes))


def complete_scope(
    scope: Scope, figures: pd.DataFrame, actions: pd.DataFrame, catalogue: Catalogue
) -> tuple[Scope, list[ReadIssue]]:
    """Take missing facts from the rows, if all rows agree."""
    issues = []
    if scope.is_open("area"):
        scope = replace(scope, area=_single_code([*figures["area"], *actions["area"]]))
        if not scope.area and not _holds_many_areas(scope, figures, catalogue):
            issues.append(ReadIssue("area_not_said"))
    if scope.collection and scope.is_open("round"):
        collection = catalogue.collections[scope.collection]
        fitting = _fitting_rounds(collection.rounds, figures["period"])
        scope = replace(scope, round=_single_code(fitting))
        if not scope.round:
            codes = ", ".join(collection.round_codes)
            issues.append(ReadIssue("round_not_said", expected=codes))
    return scope, issues


def _holds_many_areas(scope: Scope, figures: pd.DataFrame, catalogue: Catalogue) -> bool:
    """Whether rows may name different areas, because the collection takes any area."""
    collection = catalogue.collections.get(scope.collection)
    takes_any = collection is not None and collection.areas == "any"
    return takes_any and len(figures) > 0 and bool((figures["area"] != "").all())


def _single_code(codes: Iterable[str]) -> str:
    """The only code that is named; empty if there is none, or several."""
    distinct = set(codes) - {""}
    return distinct.pop() if len(distinct) == 1 else ""


def _fitting_rounds(rounds: Iterable[Round], periods: pd.Series) -> list[str]:
    """The rounds that ask for at least these periods."""
    named = set(periods)
    return [round_.code for round_ in rounds if named and named <= {*map(str, round_.periods)}]


def fill_area(table: pd.DataFrame, area: str) -> pd.DataFrame:
    """Give rows without an area that of the workbook."""
    unnamed = (table["area"] == "") & (table["area_cell"] == "")
    return table.assign(area=table["area"].where(~unnamed, area)) if unnamed.any() else table


def asked_periods(scope: Scope, catalogue: Catalogue) -> tuple[ReferencePeriod, ...]:
    """The periods that the round asks for; none if they are open, or the round is not known."""
    collection = catalogue.collections.get(scope.collection)
    rounds = collection.rounds if collection else ()
    return next((tuple(one.periods) for one in rounds if one.code == scope.round), ())


def single_period(scope: Scope, catalogue: Catalogue) -> str:
    """The period of a round that asks for only one, which a table need not repeat."""
    periods = asked_periods(scope, catalogue)
    return str(periods[0]) if len(periods) == 1 else ""


def template_issues(stamp: Mapping[str, str], catalogue_version: str) -> Iterator[ReadIssue]:
    """Check that a workbook with our stamp is of a known and current version."""
    if not (name := stamp.get("template", "")):
        return
    version = stamp.get("template_version", "")
    template = templates().get(name)
    if template is None or version not in {template.version, *template.older}:
        known = ", ".join(
            f"{template.name} {template.version}" for template in templates().values()
        )
        yield ReadIssue("template_unknown", typed=f"{name} {version}".strip(), expected=known)
    elif version != template.version:
        yield ReadIssue("template_outdated", typed=version, expected=template.version)
    if stamp.get("catalogue", catalogue_version) != catalogue_version:
        yield ReadIssue("catalogue_changed", typed=stamp["catalogue"], expected=catalogue_version)
