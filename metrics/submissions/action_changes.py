"""Compare the declared actions of two vintages."""

import pandas as pd

from metrics.core.actions import SAME_ACTION
from metrics.submissions.vintages import CHANGED, NEW, REMOVED, UNCHANGED

# An action was changed if one of these differs.
STATED_OF_ACTION = ("policy_target", "status", "timeframe", "progress", "theme")


def compare_actions(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """One row for each action, in the order of the file and then what is removed.

    The earlier statements are in columns such as `previous_status`.
    """
    own = now[[*SAME_ACTION, *STATED_OF_ACTION, "sheet", "cell"]]
    old = before[[*SAME_ACTION, *STATED_OF_ACTION]].rename(
        columns={name: f"previous_{name}" for name in STATED_OF_ACTION}
    )
    both = _last_of_each(own).merge(
        _last_of_each(old), on=SAME_ACTION, how="outer", indicator="where", sort=False
    )
    is_same = pd.concat(
        [both[name] == both[f"previous_{name}"] for name in STATED_OF_ACTION], axis=1
    ).all(axis=1)
    change = both["where"].map({"left_only": NEW, "right_only": REMOVED, "both": CHANGED})
    compared = both.drop(columns="where").fillna("").astype("str")
    compared = compared.assign(change=change.astype("str").mask(is_same, UNCHANGED))
    return compared.sort_values(
        "change", key=lambda kinds: kinds == REMOVED, kind="stable", ignore_index=True
    )


def _last_of_each(actions: pd.DataFrame) -> pd.DataFrame:
    return actions.drop_duplicates(SAME_ACTION, keep="last")
