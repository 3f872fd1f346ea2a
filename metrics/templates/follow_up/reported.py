"""What a State reported last, to stand beside the cell for the new figure."""

from collections.abc import Mapping

from metrics.codelists import codelist
from metrics.period import ReferencePeriod
from metrics.series import written
from metrics.tables import STEP
from metrics.templates.follow_up.book import Book


def period_before(book: Book) -> str:
    """The last period of which values were reported, as long as those of the round if any is."""
    previous = book.order.previous
    if previous is None or previous.empty:
        return ""
    first = ReferencePeriod.parse(book.order.periods[0])
    earlier = [each for each in map(ReferencePeriod.parse, set(previous["period"])) if each < first]
    alike = [each for each in earlier if each.months == first.months]
    return str(max(alike or earlier)) if earlier else ""


def values_before(book: Book) -> dict[str, object]:
    """The value of each series in that period; a milestone's in the words of its step."""
    previous, before = book.order.previous, period_before(book)
    if previous is None or not before:
        return {}
    known = previous[(previous["period"] == before) & previous["value"].notna()]
    return {
        written(row["indicator"], row["component"], row): _shown(book, row)
        for row in (dict(zip(known.columns, cells, strict=True)) for cells in known.to_numpy())
    }


def explanations_before(book: Book) -> dict[str, str]:
    """The remark with which a warning about that value was explained, by series."""
    previous, before = book.order.previous, period_before(book)
    if previous is None or not before or "explained" not in previous:
        return {}
    known = previous[(previous["period"] == before) & (previous["explained"] != "")]
    return {
        written(row["indicator"], row["component"], row): row["explained"]
        for row in (dict(zip(known.columns, cells, strict=True)) for cells in known.to_numpy())
    }


def _shown(book: Book, row: Mapping[str, str]) -> object:
    value = float(row["value"])
    if row["component"] != STEP:
        return value
    ladder = book.order.indicators[row["indicator"]].ladder
    step = ladder[int(value)] if 0 <= value < len(ladder) else ""
    return codelist("step")[step].name(book.order.language) if step else None
