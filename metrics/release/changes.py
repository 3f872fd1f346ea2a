"""What differs between two releases of a collection."""

import pandas as pd

from metrics.core.tables import BREAKDOWNS

ASSESSMENT_KEY = ["goal", "target", "area", "indicator", *BREAKDOWNS]


def changed_statuses(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The official assessments whose status differs, with both: `before` and `after`.

    Both tables are `assessments` of a release; the status that counts is the reviewer's, if any.
    A series that only one of them assesses has no change of status.
    """
    old, new = _official_statuses(before), _official_statuses(after)
    both = old.merge(new, on=ASSESSMENT_KEY, suffixes=("_before", "_after"), validate="1:1")
    changed = both[both["status_before"] != both["status_after"]]
    names = {"status_before": "before", "status_after": "after"}
    return changed.rename(columns=names).reset_index(drop=True)


def _official_statuses(assessments: pd.DataFrame) -> pd.DataFrame:
    official = assessments[assessments["official"]]
    set_by_reviewer = official["override_status"].astype(str)
    status = official["status"].astype(str).where(set_by_reviewer.eq(""), set_by_reviewer)
    return official[ASSESSMENT_KEY].astype(str).assign(status=status)
