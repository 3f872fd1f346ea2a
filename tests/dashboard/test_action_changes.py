"""The page lists each declared action with its kind of change before a file is confirmed."""

from dataclasses import replace

import pandas as pd

from dashboard.components.submission.action_changes import action_changes_card
from dashboard.texts import texts
from metrics.core.actions import actions_table
from metrics.submissions.action_changes import compare_actions
from metrics.submissions.desk import Examination, Outcome
from metrics.submissions.submission_store import UploadedFile
from tests.dashboard.reading import of_type, words


def declared(status: str, *descriptions: str) -> pd.DataFrame:
    rows = [
        {"area": "FI", "goals": "GA-1.1", "description": text, "status": status,
         "sheet": "Actions", "row": number, "cell": f"C{number}"}
        for number, text in enumerate(descriptions, 2)
    ]  # fmt: skip
    return actions_table(rows)


def examination(before: pd.DataFrame, now: pd.DataFrame) -> Examination:
    received = UploadedFile("report.xlsx", "d1", 1)
    return Examination(received, Outcome.ACCEPTED, action_changes=compare_actions(before, now))


def test_each_action_is_shown_with_what_was_stated_before() -> None:
    changes = examination(declared("planned", "Train", "Report"), declared("undertaken", "Train"))

    [card] = action_changes_card(changes, texts("en"))

    [train, report] = [words(row) for row in of_type(card, "Tr")[1:]]
    assert train.startswith("Actions!C2 GA-1.1 Train")
    assert train.endswith("Changed before: will be undertaken")
    assert report.endswith("Removed")


def test_nothing_is_shown_without_actions_or_of_a_refused_file() -> None:
    nothing = examination(declared(""), declared(""))
    refused = replace(examination(declared(""), declared("planned", "Train")),
                      outcome=Outcome.HAS_ERRORS)  # fmt: skip

    assert [*action_changes_card(nothing, texts("en"))] == []
    assert [*action_changes_card(refused, texts("en"))] == []
