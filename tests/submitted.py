"""Small submissions that are written, sent and read like any other."""

from pathlib import Path

from metrics.submissions.desk import RequestedScope

FINLAND: RequestedScope = {"collection": "empact-cse", "area": "FI", "round_": "2024"}
FIGURES = {
    "INVESTIGATIONS_OPENED": "120",
    "ICSE_VICTIMS": "14",
    "ICSE_VICTIMS[sex=F]": "10",
    "ICSE_VICTIMS[sex=M]": "4",
    "CONTENT_REMOVED": "",
}


def place(area: str = "FI", round_: str = "2024") -> RequestedScope:
    return {"collection": "empact-cse", "area": area, "round_": round_}


def csv(path: Path, period: str = "2024", **changes: str) -> Path:
    """A list of figures; `changes` replace or add values, and `None` leaves a row out."""
    figures = FIGURES | changes
    lines = [f"{series},{period},{value}," for series, value in figures.items()]
    path.write_text("\n".join(["series,period,value,remark", *lines]) + "\n")
    return path
