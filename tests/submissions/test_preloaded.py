"""What every examination looks up is looked up before processes are forked for them."""

from metrics.submissions.examination import Outcome
from metrics.submissions.preloaded import examine_example


def test_the_example_is_examined_like_any_file() -> None:
    examination = examine_example()

    assert examination.outcome is Outcome.ACCEPTED
    assert len(examination.observations) == 1
