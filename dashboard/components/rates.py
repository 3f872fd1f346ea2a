"""The rate beside a count: per 100,000 children, where the release has it."""

from collections.abc import Iterator

from dashboard.released.series import DECIMALS_OF_ESTIMATE, AssessedSeries
from dashboard.texts import Text
from metrics.core.tables import PER_100_000_CHILDREN


def rate_text(series: AssessedSeries, period: str, text: Text) -> str:
    """`12.3 per 100,000 children`; empty where it is unknown. A rate of a limit is one too."""
    rate = series.rates.get(period)
    if rate is None:
        return ""
    limit = (series.row_in(period) or {}).get("limit", "")
    number = text.number(rate, DECIMALS_OF_ESTIMATE, fixed=True)
    return text.limited(
        f"{number} {text.code('component', PER_100_000_CHILDREN)}",
        limit,
    )


def rate_sentences(series: AssessedSeries, text: Text) -> Iterator[str]:
    if series.last_known and (rate := rate_text(series, series.last_known["period"], text)):
        yield text("sentence.rate", rate=rate)
