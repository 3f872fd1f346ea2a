"""The reasons of a verdict in sentences, with the years and the States that they concern."""

import re
from collections.abc import Callable, Collection, Mapping

from dashboard.texts import Text
from metrics.catalogue.methods import reason_sentences
from metrics.core.verdicts import ArithmeticStep, Verdict

Values = Mapping[str, str]

# Labels of steps of the calculation: see `metrics/statistics/assessment`.
MOVED, GROWTH = "baseline moved", "growth of the same states"
UNBOUND = "states not bound"
UNCONFIRMED = "states not confirmed in this round"
OF_ROUND = "reached, of those that reported in this round"
# What a moved baseline is put down to, by the value of its step.
CAUSES = {
    "break in the series": "cause.break",
    "no growth of the same states": "cause.no_growth",
    "value withheld": "cause.value_withheld",
    "no value": "cause.no_value",
}
ARROW = " → "


def reasons_in_words(verdict: Verdict, text: Text, without: Collection[str] = ()) -> str:
    """Why there is no verdict, or what qualifies it, each reason in a sentence."""
    codes = (code for code in verdict.reason.split(";") if code and code not in without)
    return " ".join(reason_sentence(code, verdict, text) for code in codes)


def reason_sentence(code: str, verdict: Verdict, text: Text) -> str:
    """The sentence on this verdict; the general one if the calculation lacks what it names."""
    values = DETAILS[code](verdict, text) if code in DETAILS else None
    return text(f"reason.{code}", **values) if values else reason_sentences(code, text.language)[0]


def find_step(verdict: Verdict, label: str) -> ArithmeticStep | None:
    return next((step for step in verdict.arithmetic if step.label == label), None)


def period_of_verdict(verdict: Verdict, text: Text) -> Values | None:
    return {"period": text.period(verdict.period)} if verdict.period else None


def moved_baseline(verdict: Verdict, text: Text) -> Values | None:
    """The first period, the one from which it is judged, and why."""
    step = find_step(verdict, MOVED)
    if step is None or str(step.value) not in CAUSES:
        return None
    first, start = map(text.period, step.formula.split(ARROW))
    why = text(cause_key(step, verdict), first=first, **growth_years(verdict, text))
    return {"first": first, "start": start, "why": why}


def cause_key(step: ArithmeticStep, verdict: Verdict) -> str:
    growth = find_step(verdict, GROWTH)
    is_withheld = growth is not None and growth.value == "withheld"
    return CAUSES[str(step.value)] + ("_withheld" if is_withheld else "")


def growth_years(verdict: Verdict, text: Text) -> Values:
    """The two years between which the growth of the same States is not known."""
    growth = find_step(verdict, GROWTH)
    years = list(map(text.period, growth.formula.split(ARROW))) if growth else ["", ""]
    return dict(zip(("before", "after"), years, strict=True))


def unconfirmed_states(verdict: Verdict, text: Text) -> Values | None:
    """How many States have reached a step by what is known, and by this round alone."""
    unconfirmed, of_round = find_step(verdict, UNCONFIRMED), find_step(verdict, OF_ROUND)
    if unconfirmed is None or of_round is None or verdict.value is None:
        return None
    return {
        "period": text.period(verdict.period),
        "known": text.number(verdict.value, 0),
        "reached": text.number(float(of_round.value or 0), 0),
        "reporting": "".join(re.findall(r"\d+", of_round.formula)),
        "areas": ", ".join(text.code("area", area) for area in str(unconfirmed.value).split()),
    }


DETAILS: Mapping[str, Callable[[Verdict, Text], Values | None]] = {
    "not_current": period_of_verdict,
    "not_confirmed": period_of_verdict,
    "baseline_moved": moved_baseline,
    "rebased_after_break": moved_baseline,
    "states_not_confirmed": unconfirmed_states,
}
