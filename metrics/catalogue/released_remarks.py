"""Remarks that the program writes: in English in a release, in the reader's language elsewhere."""

import re

from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.denominators import denominator
from metrics.core.tables import BREAK, MISSING, NOT_APPLICABLE, NOT_COLLECTED, WITHHELD
from metrics.messages import ENGLISH, messages

RECOUNTED = "recounted"
# What the sample says about its invented figures, by status: in English, as senders may write it.
INVENTED_REMARKS = {
    MISSING: "Not available for this year.",
    NOT_COLLECTED: "Not collected by the competent authority.",
    NOT_APPLICABLE: "Cannot exist in this State.",
    WITHHELD: "Withheld by the competent authority.",
    BREAK: "Counting rule changed this year.",
    "E": "Estimated from three quarters.",
    RECOUNTED: "Corrected after a recount.",
}
ROUNDED = "rounded to a multiple of {base}"
ROUNDED_TO = re.compile(ROUNDED.format(base=r"(?P<base>\d+)"))


def describe_denominator(year: str, language: str) -> str:
    """The population that a rate is of, in the year, and who publishes it."""
    source = denominator("children")
    key = "projected" if int(year) > source.projected_after else "counted"
    text = messages(language, "commands")["lineage"][key]
    return str(text.format(name=source.name(language), year=year, source=source.source(language)))


def translate_remark(remark: str, period: str, indicator: Indicator | None, language: str) -> str:
    """The remark with what the program wrote of it in the language; empty if it wrote nothing.

    What follows it, such as the causes of a break, is unchanged.
    """
    if rounded := ROUNDED_TO.match(remark):
        text = messages(language, "commands")["lineage"]["rounded"]
        return str(text.format(base=rounded["base"])) + remark[rounded.end() :]
    changes = indicator.changes if indicator else ()
    written = [(change.note.en, str(change.note(language))) for change in changes]
    if period.isdecimal():
        english, spoken = (describe_denominator(period, name) for name in (ENGLISH, language))
        written.append((english, spoken))
    found = ((own, words) for own, words in written if remark.startswith(own))
    return next((words + remark.removeprefix(own) for own, words in found), "")
