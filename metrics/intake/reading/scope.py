"""Determine collection, area and round of a workbook: by stamp, by request, by cells."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

import pandas as pd

from metrics.catalogue.codelists import fold_spelling, member_states
from metrics.catalogue.definitions.collections import Collection as CollectionDefinition
from metrics.catalogue.definitions.collections import Round
from metrics.catalogue.loader import Catalogue
from metrics.core.period import ReferencePeriod
from metrics.intake.issue_names import IssueName
from metrics.intake.reading.attributes import parse_code
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.labelled_texts import is_label_or_heading, labelled_texts
from metrics.intake.reading.layout import Layout
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
UNKNOWN: Mapping[ScopeFact, IssueName] = {
    "collection": "collection_unknown",
    "area": "area_unknown",
    "round": "round_unknown",
}

# Why rows, or their periods, could not be read; what they would have stated is no question.
CAUSES = frozenset[IssueName]({
    "column_missing", "header_missing", "heading_not_of_values", "series_unknown",
    "breakdown_unknown", "component_unknown",
    "letter_in_doubt", "period_not_understood", "period_ambiguous", "day_instead_of_period",
})  # fmt: skip
OF_AREAS: tuple[IssueName, ...] = ("file_of_other_area", "area_mismatch", "several_areas")
COLUMN_OF_UNSAID: Mapping[IssueName, str] = {"area_not_said": "area", "round_not_said": "period"}


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
    stamped = {fact for fact, text in stamp.items() if text}
    return scope, [
        *_unknown_issues(first, claims, scope, catalogue, stamped),
        *_mismatch_issues(first, claims, stamped),
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


def claims_of_labels(layouts: Iterable[Layout], catalogue: Catalogue) -> list[ScopeClaim]:
    """Claims in cells after a label: `Reporting area | Finland`. Unknown names come last."""
    claims = [claim for layout in layouts for claim in _claims_of_sheet(layout, catalogue)]
    return sorted(claims, key=lambda claim: not claim.code)


def _claims_of_sheet(layout: Layout, catalogue: Catalogue) -> list[ScopeClaim]:
    """A sheet that has neither a table nor labels of several facts may be about anything."""
    claims = [
        ScopeClaim(fact, parse_fact(fact, text, catalogue), text, layout.sheet.name, cell)
        for role, text, cell in labelled_texts(layout, "labels")
        for fact in SCOPE_FACTS
        if fact == role
    ]
    is_cover = bool(layout.tables) or len({claim.fact for claim in claims}) > 1
    return [
        claim
        for claim in claims
        if claim.code or (is_cover and not is_label_or_heading(claim.typed))
    ]


def _mismatch_issues(
    first: Mapping[ScopeFact, ScopeClaim], claims: Sequence[ScopeClaim], stamped: Collection[str]
) -> Iterator[ReadIssue]:
    """One issue for each fact that is stated in two ways: what the file is, and what is asked.

    A workbook is what its stamp says; each cell that was changed by hand is an issue of its own.
    """
    for fact, taken in first.items():
        others = [claim for claim in claims if claim.fact == fact and claim.code != taken.code]
        if changed_cells := [
            claim for claim in others if is_changed_by_hand(claim, taken, stamped)
        ]:
            yield from (_changed_cell_issue(claim, taken) for claim in changed_cells)
            continue
        known = [claim for claim in others if claim.code and taken.code]
        if not known:
            continue
        changed = next((claim for claim in known if claim.cell), known[0])
        file, asked = (changed, taken) if changed.cell else (taken, known[0])
        yield ReadIssue(
            MISMATCHES[fact], changed.sheet, changed.cell, file.code, file.code,
            expected=asked.code,
        )  # fmt: skip


def is_changed_by_hand(claim: ScopeClaim, taken: ScopeClaim, stamped: Collection[str]) -> bool:
    """Whether a cell of a workbook says otherwise than the stamp that it was made with."""
    return bool(claim.cell and taken.code) and claim.fact in stamped and claim.code != taken.code


def _changed_cell_issue(claim: ScopeClaim, taken: ScopeClaim) -> ReadIssue:
    return ReadIssue(
        "scope_cell_changed", claim.sheet, claim.cell, claim.typed, claim.code,
        expected=taken.code, detail=claim.fact,
    )  # fmt: skip


def _unknown_issues(
    first: Mapping[ScopeFact, ScopeClaim],
    claims: Sequence[ScopeClaim],
    scope: Scope,
    catalogue: Catalogue,
    stamped: Collection[str],
) -> Iterator[ReadIssue]:
    """Facts that are not stated, or by an unknown name; each cell with such a name."""
    if "collection" not in first:
        yield ReadIssue("collection_not_said", expected=", ".join(catalogue.collections))
    collection = catalogue.collections.get(scope.collection)
    codes = collection.round_codes if collection else ()
    expected = {"collection": ", ".join(catalogue.collections), "round": ", ".join(codes)}
    for claim in claims:
        if is_changed_by_hand(claim, first[claim.fact], stamped):
            continue
        is_of_others = claim.fact == "round" and codes and claim.code not in codes
        is_unknown = not claim.code and (claim.fact != "round" or codes or claim.cell)
        if (is_unknown or is_of_others) and (claim.cell or claim is first[claim.fact]):
            yield _unknown_issue(claim, expected.get(claim.fact, ""))


def _unknown_issue(claim: ScopeClaim, expected: str) -> ReadIssue:
    near = Suggestions().nearest_code(claim.typed, "area") if claim.fact == "area" else ""
    return ReadIssue(
        UNKNOWN[claim.fact], claim.sheet, claim.cell, claim.typed, expected=expected, nearest=near
    )


def without_consequences(issues: Sequence[ReadIssue], layouts: Iterable[Layout]) -> list[ReadIssue]:
    """Ask for no State or round in a column of rows that could not be read."""
    if CAUSES.isdisjoint(issue.rule for issue in issues):
        return [*issues]
    layouts = [*layouts]
    headers = [header.roles for layout in layouts for header in layout.broken]
    tables = [table for layout in layouts for table in layout.tables]
    named = {
        rule
        for rule, role in COLUMN_OF_UNSAID.items()
        if any(role in roles for roles in headers) or any(table.has_cells(role) for table in tables)
    }
    return [issue for issue in issues if issue.rule not in named]


def complete_scope(
    scope: Scope, figures: pd.DataFrame, actions: pd.DataFrame, catalogue: Catalogue
) -> tuple[Scope, list[ReadIssue]]:
    """Take missing facts from the rows, if all rows agree."""
    issues = []
    if scope.is_open("area"):
        areas = _named_codes([*figures["area"], *actions["area"]])
        scope = replace(scope, area=_single_code(areas))
        if not scope.area and not _holds_many_areas(scope, figures, catalogue):
            issues.append(_open_area_issue(areas))
    if scope.collection and scope.is_open("round"):
        collection = catalogue.collections[scope.collection]
        fitting = _fitting_rounds(collection.rounds, figures["period"])
        scope = replace(scope, round=_single_code(fitting))
        if not scope.round:
            issues.append(_open_round_issue(collection, figures["period"]))
    return scope, issues


def _open_area_issue(areas: Sequence[str]) -> ReadIssue:
    """That no State is named, or which States the rows name."""
    if not areas:
        return ReadIssue("area_not_said")
    return ReadIssue("several_areas", understood=", ".join(areas))


def _open_round_issue(collection: CollectionDefinition, periods: pd.Series) -> ReadIssue:
    """That no round is named, or of which rounds the figures are."""
    named = _named_codes(sorted(periods))
    found = [one.code for one in collection.rounds if {*named} & {*map(str, one.periods)}]
    if len(found) > 1:
        return ReadIssue("several_rounds", understood=", ".join(found))
    codes = ", ".join(collection.round_codes)
    return ReadIssue("round_not_said", understood=", ".join(named), expected=codes)


def _holds_many_areas(scope: Scope, figures: pd.DataFrame, catalogue: Catalogue) -> bool:
    """Whether rows may name different areas, because the collection takes any area."""
    collection = catalogue.collections.get(scope.collection)
    takes_any = collection is not None and collection.areas == "any"
    return takes_any and len(figures) > 0 and bool((figures["area"] != "").all())


def restate_other_areas(
    issues: Sequence[ReadIssue], scope: Scope, tables: Iterable[pd.DataFrame], catalogue: Catalogue
) -> list[ReadIssue]:
    """One issue for each area that does not report, such as the Union, in the place of others.

    An advice to send the file for the Union, or as one of several States, would be wrong.
    """
    collection = catalogue.collections.get(scope.collection)
    if collection is None or collection.areas != "member_states":
        return [*issues]
    named = [own for table in tables for own in _other_areas(table)]
    in_issues = [issue.understood.split(", ") for issue in issues if issue.rule in OF_AREAS]
    stated = {scope.area, *chain.from_iterable(in_issues)}
    unnamed = sorted(stated - {"", *member_states()} - {issue.typed for issue in named})
    found = [*named, *(ReadIssue("area_not_reporting", typed=code) for code in unnamed)]
    others = (_without_areas(issue, {issue.typed for issue in found}) for issue in issues)
    return [*found, *filter(None, others)]


def _other_areas(table: pd.DataFrame) -> Iterator[ReadIssue]:
    """Each area in the rows of a table that is no Member State, at its first cell on a sheet."""
    is_other = ~table["area"].isin(["", *member_states()])
    rows = table.loc[is_other, ["sheet", "area_cell", "area"]].drop_duplicates(["sheet", "area"])
    for sheet, cell, code in rows.itertuples(index=False):
        yield ReadIssue("area_not_reporting", sheet, cell, code)


def _without_areas(issue: ReadIssue, codes: Collection[str]) -> ReadIssue | None:
    """An issue about areas without those that do not report; None if that leaves nothing."""
    if issue.rule not in OF_AREAS:
        return issue
    named = [code for code in issue.understood.split(", ") if code not in codes]
    if issue.rule == "several_areas" and len(named) > 1:
        return replace(issue, understood=", ".join(named))
    return issue if named and issue.rule != "several_areas" else None


def _named_codes(codes: Iterable[str]) -> list[str]:
    """The codes that are named, each once."""
    return [code for code in dict.fromkeys(codes) if code]


def _single_code(codes: Iterable[str]) -> str:
    """The only code that is named; empty if there is none, or several."""
    distinct = _named_codes(codes)
    return distinct[0] if len(distinct) == 1 else ""


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
