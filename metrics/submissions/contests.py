"""Contest a finding about persons: the sender gives a reason why it is wrong.

There are no accounts, so nobody can review the reason of an unknown sender. Only somebody who
works on the machine itself can confirm such a file. The ledger keeps rule, place and reason.
"""

from dataclasses import replace

from metrics.catalogue.loader import Catalogue
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.intake.contested_findings import join_contests, parse_contests
from metrics.intake.rules import rules
from metrics.submissions.file_names import refuse_personal_text

FEWEST_LETTERS = 10
LONGEST_REASON = 500


def check_contests(typed: str, catalogue: Catalogue) -> str:
    """The answers of a sender, each with a reason that says something and names nobody.

    SubmissionError without any: who contests a finding has to say why.
    """
    if not typed.strip():
        raise SubmissionError("contest_without_reason")
    personal = sorted(rule.name for rule in rules().values() if rule.finds_persons)
    checked = []
    for contest in parse_contests(typed):
        if contest.rule and contest.rule not in personal:
            raise UnknownNameError.with_hint("personal_rule", contest.rule, personal)
        checked.append(replace(contest, reason=check_reason(contest.reason, catalogue)))
    return join_contests(checked)


def check_reason(typed: str, catalogue: Catalogue) -> str:
    """The reason in one line; SubmissionError if it says too little or names a person itself."""
    reason = " ".join(typed.split())
    if sum(map(str.isalpha, reason)) < FEWEST_LETTERS or len(reason) > LONGEST_REASON:
        raise SubmissionError("reason_of_contest", most=LONGEST_REASON)
    refuse_personal_text(reason, catalogue)
    return reason
