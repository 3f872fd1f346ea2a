"""To which collection, area and round a workbook belongs: by stamp, by what was asked, by cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd

from metrics.catalogue.codelists import folded
from metrics.catalogue.definitions import Round
from metrics.catalogue.loader import Catalogue
from metrics.core.cells import address
from metrics.intake.reading.attributes import as_code
from metrics.intake.reading.headings import AROUND, vocabulary
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import Layout, Row
from metrics.intake.reading.numbers import as_typed
from metrics.intake.reading.suggestions import Hints
from metrics.intake.templates import languages, templates

FACTS = ("collection", "area", "round")
# A label stands near the top of a sheet, or nowhere.
LABELLED_ROWS = 60


@dataclass(frozen=True)
class Scope:
    """Empty where nothing says it."""

    collection: str
    area: str
    round: str
    unclear: frozenset[str] = frozenset()  # facts that are said, but not understood

    def is_open(self, fact: str) -> bool:
        """Whether nothing was said of a fact yet."""
        return not getattr(self, fact) and fact not in self.unclear


@dataclass(frozen=True)
class ScopeClaim:
    """What one place says: the `area` is `EL`, typed as `Greece` in B4 of a sheet."""

    fact: str
    code: str
    typed: str
    sheet: str = ""
    cell: str = ""


def belonging(
    stamp: Mapping[str, str],
    asked: Mapping[str, str],
    cells: Sequence[ScopeClaim],
    known: Catalogue,
) -> tuple[Scope, list[ReadIssue]]:
    """The first that is said of each fact; whatever says something else is odd."""
    claims = [*_told(stamp, known), *_told(asked, known), *cells]
    first = {claim.fact: claim for claim in reversed(claims)}
    unclear = frozenset(fact for fact, claim in first.items() if not claim.code)
    codes = {fact: first[fact].code if fact in first else "" for fact in FACTS}
    found = Scope(codes["collection"], codes["area"], codes["round"], unclear)
    return found, [*_unknown(first, found, known), *_mismatched(first, claims)]


def _told(said: Mapping[str, str], known: Catalogue) -> list[ScopeClaim]:
    texts = {fact: said[fact] for fact in FACTS if said.get(fact)}
    return [ScopeClaim(fact, understood(fact, text, known), text) for fact, text in texts.items()]


def understood(fact: str, text: str, known: Catalogue) -> str:
    """The code that a text means; empty where there is none such."""
    if fact == "area":
        return as_code(text, "area")
    if fact == "collection":
        return _collections(known).get(folded(text), "")
    rounds = {each.code for collection in known.collections.values() for each in collection.rounds}
    return text.strip() if text.strip() in rounds else ""


def _collections(known: Catalogue) -> dict[str, str]:
    return {
        folded(name): each.code
        for each in known.collections.values()
        for name in (each.code, *(each.name(language) for language in languages()))
    }


def labelled(layouts: Sequence[Layout], known: Catalogue) -> list[ScopeClaim]:
    """What cells say after a label: `Reporting area | Finland`. Other labels are no claim."""
    return [claim for layout in layouts for claim in _labelled(layout, known)]


def _labelled(layout: Layout, known: Catalogue) -> Iterator[ScopeClaim]:
    end = min([LABELLED_ROWS, len(layout.sheet.rows), *(table.top for table in layout.tables)])
    for number, row in enumerate(layout.sheet.rows[:end]):
        for label, text, at in _beside(row):
            fact = vocabulary("labels").get(folded(label).strip(AROUND), "")
            if fact in FACTS and (code := understood(fact, text, known)):
                yield ScopeClaim(fact, code, text, layout.sheet.name, address(number, at))


def _beside(row: Row) -> Iterator[tuple[str, str, int]]:
    """Each filled cell with the next one, and where that stands."""
    filled = [(at, as_typed(cell)) for at, cell in enumerate(row) if cell is not None]
    return ((label, text, at) for (_, label), (at, text) in pairwise(filled))


def _mismatched(
    first: Mapping[str, ScopeClaim], claims: Sequence[ScopeClaim]
) -> Iterator[ReadIssue]:
    """The stamp comes first; against it stand what was asked, and cells that were overwritten."""
    for claim in claims:
        held = first[claim.fact]
        if claim.code and held.code and claim.code != held.code:
            file, other = (claim, held) if claim.cell else (held, claim)
            where = (claim.sheet, claim.cell, file.typed, file.code)
            yield ReadIssue(f"{claim.fact}_mismatch", *where, expected=other.code)


def _unknown(
    first: Mapping[str, ScopeClaim], found: Scope, known: Catalogue
) -> Iterator[ReadIssue]:
    """What is not said, or said in a way that nothing is called."""
    typed = {fact: claim.typed for fact, claim in first.items()}
    if not found.collection:
        yield _unknown_collection(typed, known)
    if "area" in found.unclear:
        yield ReadIssue(
            "area_unknown", typed=typed["area"], nearest=Hints().of(typed["area"], "area")
        )
    if found.collection and "round" in typed:
        yield from _unknown_round(typed["round"], found, known)


def _unknown_collection(typed: Mapping[str, str], known: Catalogue) -> ReadIssue:
    rule = "collection_unknown" if "collection" in typed else "collection_not_said"
    return ReadIssue(rule, typed=typed.get("collection", ""), expected=", ".join(known.collections))


def _unknown_round(typed: str, found: Scope, known: Catalogue) -> Iterator[ReadIssue]:
    rounds = known.collections[found.collection].rounds
    if found.round not in {each.code for each in rounds}:
        yield ReadIssue("round_unknown", typed=typed, expected=_listed(rounds))


def completed(
    found: Scope, figures: pd.DataFrame, declared: pd.DataFrame, known: Catalogue
) -> tuple[Scope, list[ReadIssue]]:
    """What is still open is taken from the rows, where all of them say the same."""
    odd = []
    if found.is_open("area"):
        found = replace(found, area=_only([*figures["area"], *declared["area"]]))
        odd += [] if found.area or _of_many(found, figures, known) else [ReadIssue("area_not_said")]
    if found.collection and found.is_open("round"):
        rounds = known.collections[found.collection].rounds
        found = replace(found, round=_only(_fitting(rounds, figures["period"])))
        odd += [] if found.round else [ReadIssue("round_not_said", expected=_listed(rounds))]
    return found, odd


def _listed(rounds: Iterable[Round]) -> str:
    return ", ".join(each.code for each in rounds)


def _of_many(found: Scope, figures: pd.DataFrame, known: Catalogue) -> bool:
    """Where a collection takes any area, one file may hold several, each row naming its own."""
    collection = known.collections.get(found.collection)
    takes_any = collection is not None and collection.areas == "any"
    return takes_any and len(figures) > 0 and bool((figures["area"] != "").all())


def _only(codes: Iterable[str]) -> str:
    """The one code that is named; empty where there is none, or several."""
    different = set(codes) - {""}
    return different.pop() if len(different) == 1 else ""


def _fitting(rounds: Iterable[Round], periods: pd.Series) -> list[str]:
    """The rounds that ask for these periods, and maybe for more."""
    named = set(periods)
    return [each.code for each in rounds if named and named <= {*map(str, each.periods)}]


def of_area(table: pd.DataFrame, area: str) -> pd.DataFrame:
    """The rows that named no area are of the one to which the workbook turned out to belong."""
    unsaid = (table["area"] == "") & (table["area_cell"] == "")
    return table.assign(area=table["area"].where(~unsaid, area)) if unsaid.any() else table


def only_period(found: Scope, known: Catalogue) -> str:
    """The period of a round that asks for one only; it need not be repeated in the table."""
    collection = known.collections.get(found.collection)
    rounds = collection.rounds if collection else ()
    periods = next((each.periods for each in rounds if each.code == found.round), ())
    return str(periods[0]) if len(periods) == 1 else ""


def of_the_template(stamp: Mapping[str, str], version: str) -> Iterator[ReadIssue]:
    """Whether the workbook is one of ours, and of now."""
    if not (name := stamp.get("template", "")):
        return
    yield from _of_version(name, stamp.get("template_version", ""))
    if stamp.get("catalogue", version) != version:
        yield ReadIssue("catalogue_changed", typed=stamp["catalogue"], expected=version)


def _of_version(name: str, written: str) -> Iterator[ReadIssue]:
    template = templates().get(name)
    if template is None or written not in {template.version, *template.older}:
        expected = ", ".join(f"{each.name} {each.version}" for each in templates().values())
        yield ReadIssue("template_unknown", typed=f"{name} {written}".strip(), expected=expected)
    elif written != template.version:
        yield ReadIssue("template_outdated", typed=written, expected=template.version)
