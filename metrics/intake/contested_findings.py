"""A sender's reasons against findings about persons: against all, a rule's, or a place's.

`REASON` answers every finding, `person_named=REASON` those of a rule, and
`person_named@#2!B4=REASON` one. The closest answer to a finding counts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from metrics.intake.findings import Finding

ANSWER = re.compile(
    r"(?P<rule>[a-z_]+)(?:@(?P<location>[^=]{1,80}))?\s*=\s*(?P<reason>.*)", re.DOTALL
)


@dataclass(frozen=True)
class Contest:
    """Why findings are not about a person; an empty rule or place means any."""

    reason: str
    rule: str = ""
    location: str = ""

    @property
    def typed(self) -> str:
        target = f"{self.rule}@{self.location}" if self.location else self.rule
        return f"{target}={self.reason}" if target else self.reason

    def answers(self, finding: Finding, sheets: Mapping[str, int]) -> bool:
        """Whether the finding is of its rule and place; a sheet is named or numbered, `#2`."""
        numbered = f"#{sheets[finding.sheet] + 1}" if finding.sheet in sheets else finding.sheet
        cell = f"!{finding.cell}" if finding.cell else ""
        places = {"", finding.location, numbered, f"{numbered}{cell}", finding.sheet}
        return self.rule in {"", finding.rule} and self.location in places


def parse_contests(text: str) -> list[Contest]:
    """The answers of a sender, one on each line."""
    return [_parse(line.strip()) for line in text.splitlines() if line.strip()]


def _parse(line: str) -> Contest:
    match = ANSWER.fullmatch(line)
    if not match:
        return Contest(line)
    return Contest(match["reason"].strip(), match["rule"], (match["location"] or "").strip())


def join_contests(contests: Iterable[Contest]) -> str:
    return "\n".join(contest.typed for contest in contests)


def reason_for(finding: Finding, contests: Sequence[Contest], sheets: Mapping[str, int]) -> str:
    """The reason of the closest answer to a finding; empty if nobody answered it."""
    fitting = [contest for contest in contests if contest.answers(finding, sheets)]
    closest = max(
        fitting, key=lambda contest: (contest.location != "", contest.rule != ""), default=None
    )
    return closest.reason if closest else ""
