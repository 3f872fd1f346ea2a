"""The areas for which a rule is met: the first of them, with what the rule finds in each year."""

from collections.abc import Iterator

from dashboard.addresses.alternatives import UnavailableError
from dashboard.contents.rule_search import (
    SearchOutcome,
    SearchResult,
    choices_of_searches,
    search_areas,
)
from dashboard.contents.search_in_words import (
    decimals_of_growth,
    figure_cell,
    finding_of_search,
    has_own_column,
    measured_cell,
    reasons_in_words,
    refused_in_words,
)
from dashboard.rows_by_key import Record
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.listed_rows import ListedRows, ListFinding, content_of_rows, rows_listed
from dashboard.slides.words import cautions, changed_definitions, published_by
from metrics.core.errors import SubmissionError
from metrics.messages.sentences import as_sentence, with_capital

FIND_PAGE = "/find"
AREA_WIDTH, NUMBER_WIDTH = 2.0, 1.0


def read_search(request: SlideRequest) -> list[SlideContent]:
    try:
        result = search_areas(request.context)
    except UnavailableError as missing:
        raise SubmissionError("deck_nothing_there", why=str(missing)) from missing
    text = request.context.text
    not_computed = names_of(SearchOutcome.UNCOMPUTED, result)
    finding = ListFinding(
        finding_of_search(result),
        result.series.title(text),
        (
            refused_in_words(result),
            *cautions(result.series, text),
            text("slides.not_computed", areas=not_computed) if not_computed else "",
            published_by(rows_found(result), text),
            text("goal.no_ranking"),
            *changed_definitions(result.series, text),
        ),
        tuple(
            f"{text.code('area', found.area)}: {text.listed(reasons_in_words(found, text))}."
            for found in result.with_outcome(SearchOutcome.UNCOMPUTED)
        ),
    )
    return [content_of_rows(request, finding, rows_of_search(result))]


def rows_found(result: SearchResult) -> Iterator[Record]:
    """Of the areas that the slide lists."""
    matches = result.with_outcome(SearchOutcome.MATCHES)
    for found in matches[: rows_listed(len(matches))]:
        yield from found.figures.values()


def names_of(outcome: SearchOutcome, result: SearchResult) -> str:
    return ", ".join(found.area for found in result.with_outcome(outcome))


def rows_of_search(result: SearchResult) -> ListedRows:
    """The areas that match; where none does, there is no row."""
    text, rule = result.context.text, result.rule
    found = result.with_outcome(SearchOutcome.MATCHES)
    measure, decimals = text(f"find.measure_{rule.measure}"), decimals_of_growth(result)
    years = [text.period(year) for year in rule.years_of_figures]
    measured = [f"{with_capital(measure)} {text.period(period)}"
                for period in rule.periods] if has_own_column(rule) else []  # fmt: skip
    rows = [
        [
            text.code("area", area.area),
            *(words_of_cell(figure_cell(area, year, text)) for year in rule.years_of_figures),
            *(words_of_cell(measured_cell(figure, area, rule, text, decimals))
              for figure in area.used if measured),
        ]
        for area in found[: rows_listed(len(found))]
    ]  # fmt: skip
    heads = [text("overview.area"), *years, *measured]
    widths = [AREA_WIDTH, *[NUMBER_WIDTH] * (len(heads) - 1)]
    return ListedRows(as_sentence(text("find.result")), heads, rows, widths, len(found))


def words_of_cell(found: object) -> str:
    """A figure, or why there is none."""
    words = dict(found) if isinstance(found, dict) else {}
    return str(words.get("value") or words.get("absent", ""))


SEARCH_SLIDE = SlideKind(
    "search", read_search, paths=(FIND_PAGE,), is_usual=True, choices=choices_of_searches
)
