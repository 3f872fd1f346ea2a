"""Small submissions that are written, sent and read like any other."""

from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree

from metrics.submissions.desk import Desk, RequestedScope

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


@dataclass(frozen=True)
class PreparedWorkspaces:
    """Workspaces to which files were submitted: each is made once, and copied for each test."""

    folder: Path
    made: dict[tuple[tuple[str, bytes, str], ...], Path] = field(default_factory=dict)

    def copy(self, home: Path, *sent: tuple[Path, RequestedScope]) -> Desk:
        """A desk in `home` to which these files were submitted, one after the other."""
        key = tuple((path.name, path.read_bytes(), str(scope)) for path, scope in sent)
        if key not in self.made:
            desk = Desk(self.folder / str(len(self.made)))
            for path, scope in sent:
                assert desk.submit(path, **scope).submission is not None
            desk.close()
            self.made[key] = desk.home
        return Desk(copytree(self.made[key], home))
