"""Which Member States answered the latest round that closed, and which were late."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.data import Release, records
from metrics.catalogue.codelists import member_states

LATE_ANSWER, MISSING_ANSWER = "late", "missing"


@dataclass(frozen=True)
class LatestRound:
    """The answers of the States to the latest round of a release, by area."""

    round: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def answer_of(self, state: str) -> str:
        """`late` or `missing`; empty for a report in time."""
        answer = self.answers.get(state, "")
        return answer if answer in {LATE_ANSWER, MISSING_ANSWER} else ""

    def states_with(self, answer: str) -> tuple[str, ...]:
        return tuple(state for state in member_states() if self.answers.get(state) == answer)


def latest_round(release: Release | None) -> LatestRound:
    rows = records(release.tables["reporting"]) if release else []
    if not rows:
        return LatestRound()
    last = max(row["round"] for row in rows)
    return LatestRound(last, {row["area"]: row["status"] for row in rows if row["round"] == last})
