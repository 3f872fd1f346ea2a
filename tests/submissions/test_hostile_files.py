"""A few of the files of `python -m bench.hostile_files`, of kinds that no other test sends."""

import pytest

from bench.hostile_files import KINDS, find_faults, hostile_file

KINDS_SENT = ("person beside a tag", "person for a value", "odd text", "member")


@pytest.mark.parametrize("number", [[*KINDS].index(kind) for kind in KINDS_SENT], ids=KINDS_SENT)
def test_no_hostile_file_stops_the_program_or_leaves_a_person_behind(number: int) -> None:
    assert [*find_faults(number)] == []


def test_a_file_is_the_same_in_every_run() -> None:
    assert hostile_file(8) == hostile_file(8) != hostile_file(16)
