"""How one series is written: `ICSE_VICTIMS[sex=F;age=Y13T17]`."""

import re
from collections.abc import Iterable, Mapping

from metrics.core.tables import BREAKDOWNS, TOTAL, VALUE

WRITTEN = re.compile(r"\s*(?P<indicator>[A-Za-z][A-Za-z0-9_]*)\s*(\[(?P<parts>[^\]]*)\])?\s*")


def written(indicator: str, component: str = VALUE, codes: Mapping[str, str] | None = None) -> str:
    """The one spelling of a series: component first, then breakdowns in the order of the tables."""
    named = {} if component == VALUE else {"component": component}
    named |= {by: codes[by] for by in BREAKDOWNS if codes and codes.get(by, TOTAL) != TOTAL}
    parts = ";".join(f"{name}={code}" for name, code in named.items())
    return f"{indicator}[{parts}]" if parts else indicator


def parsed(text: str) -> tuple[str, str, dict[str, str]]:
    """Indicator, component and the named breakdowns, as typed; ValueError shows the text."""
    match = WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a series; write CODE or CODE[sex=F;age=Y13T17]")
    pairs = [*_pairs(text, re.split(r"[;,]", match["parts"] or ""))]
    codes = dict(pairs)
    if len(codes) < len(pairs):
        raise ValueError(f"{text!r} names a breakdown twice; write each once")
    unknown = set(codes) - {*BREAKDOWNS, "component"}
    if unknown:
        raise ValueError(f"{text!r}: {sorted(unknown)} are no breakdowns, only {BREAKDOWNS}")
    return match["indicator"].upper(), codes.pop("component", VALUE), codes


def _pairs(text: str, parts: Iterable[str]) -> Iterable[tuple[str, str]]:
    for part in filter(str.strip, parts):
        name, equals, code = part.partition("=")
        if not equals:
            raise ValueError(f"{text!r}: {part.strip()!r} is not of the form breakdown=code")
        yield name.strip().lower(), code.strip()
