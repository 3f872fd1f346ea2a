"""The state of a submission follows from the entries after it."""

import pytest

from metrics.submissions.ledger import Extent, Submission
from metrics.submissions.validity import validity_of_submissions


def entries(*extents: Extent) -> list[Submission]:
    return [
        Submission(
            collection="empact-cse", round="2025", area="FI", vintage=f"{number}", digest="",
            file=f"{number}.csv", format="csv", size=1, key=f"FI/{number}", received_at="",
            extent=extent,
        )
        for number, extent in enumerate(extents)
    ]  # fmt: skip


WHOLE, PART, FIGURES, WITHDRAWAL = Extent.WHOLE, Extent.PART, Extent.FIGURES, Extent.WITHDRAWAL


@pytest.mark.parametrize(
    ("extents", "standings"),
    [
        ([WHOLE], "in_force"),
        ([WHOLE, WHOLE], "replaced:1 in_force"),
        ([WHOLE, PART, PART], "in_part:12 in_part:2 in_force"),
        ([WHOLE, FIGURES], "in_part:1 withdrawal"),
        ([WHOLE, PART, WITHDRAWAL], "withdrawn:2 withdrawn:2 withdrawal"),
        ([WHOLE, WHOLE, WITHDRAWAL], "replaced:1 withdrawn:2 withdrawal"),
        ([WHOLE, FIGURES, WHOLE], "replaced:2 withdrawal_over:2 in_force"),
        ([WHOLE, WITHDRAWAL, WHOLE], "withdrawn:1 withdrawal_over:2 in_force"),
        ([WHOLE, WITHDRAWAL, PART, FIGURES], "withdrawn:1 withdrawal in_part:3 withdrawal"),
    ],
)
def test_each_entry_has_its_standing_and_those_that_brought_it_about(
    extents: list[Extent], standings: str
) -> None:
    sent = entries(*extents)

    validities = [validity_of_submissions(reversed(sent))[entry.key] for entry in sent]

    written = (
        f"{validity.standing}:{''.join(entry.vintage for entry in validity.through)}"
        for validity in validities
    )
    assert " ".join(word.rstrip(":") for word in written) == standings


def test_states_and_rounds_do_not_end_one_another() -> None:
    (finland,) = entries(WHOLE)
    (sweden,) = entries(WHOLE)
    sweden.area, sweden.key = "SE", "SE/0"

    assert {
        validity.standing for validity in validity_of_submissions([finland, sweden]).values()
    } == {"in_force"}
