"""What passes between the reading process and ours: JSON, because it can hold no surprise."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from metrics.core.errors import UnreadableError
from metrics.intake.formats import Contents


def refusal(sentence: str) -> str:
    return json.dumps({"refused": sentence, "because": "file"})


def written(contents: Contents) -> str:
    return json.dumps(vars(contents), default=plain, ensure_ascii=True, separators=(",", ":"))


def plain(value: object) -> object:
    """What JSON has no word for. A time of day or a duration is never a figure: text."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration(value)
    return vars(value)


def duration(value: timedelta) -> str:
    seconds = abs(round(value.total_seconds()))
    sign = "-" if value < timedelta(0) else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def understood(answer: bytes, cells: dict[str, Any]) -> dict[str, Any]:
    """The answer as read; `cells` makes of each dictionary of one key what its key says."""

    def cell(found: dict[str, Any]) -> object:
        only = next(iter(found)) if len(found) == 1 else ""
        return cells[only](found[only]) if only in cells else found

    try:
        read: dict[str, Any] = json.loads(answer, object_hook=cell, parse_constant=cells["error"])
    except ValueError as wrong:
        raise UnreadableError("could not be read: the reading ended in the middle") from wrong
    if "refused" in read:
        raise UnreadableError(read["refused"])
    return read
