"""Why a series has no rate per 100,000 children, in a sentence."""

from dashboard.released.series import AssessedSeries
from dashboard.texts import Text

NO_RATE = "no_rate"  # the code list of the reasons in the catalogue


def why_no_rate(series: AssessedSeries, text: Text) -> str:
    """That a rate would have no meaning, as the catalogue says, or that the release has none."""
    name, reason = series.title(text), series.indicator.why_no_rate
    if reason:
        return text("rate.no_meaning", name=name, why=text.code(NO_RATE, reason))
    return text("rate.totals_only" if series.codes else "rate.not_released", name=name)
