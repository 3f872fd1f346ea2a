"""What is found on a scoreboard: how many goals are met, favourable, or call for attention."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Self

from dashboard.context import PageContext
from dashboard.released.scoreboard import Scoreboard, ScoreboardRow
from dashboard.released.state_statuses import FAVOURABLE, count_marks
from dashboard.target_text import rests_on_reading
from dashboard.texts import Text, texts
from dashboard.wording.goal_finding import fits_heading, in_sentence
from dashboard.wording.periods import area_as_of_period, as_of_period
from dashboard.wording.scoreboard_words import (
    COUNTED_BESIDE_MET,
    clauses_in_words,
    count_met,
    met_in_words,
    others_in_words,
    published_in_words,
)
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from metrics.messages import languages
from metrics.release.official_statuses import NOT_CURRENT

# In a sentence that is too long: what calls for attention least.
LEFT_OUT_FIRST = (NOT_CURRENT, Status.BEST_VALUE)
LONGEST_COUNT = 128  # characters: two lines of a slide, with every State and language of the sample


@dataclass(frozen=True)
class BoardFinding:
    """A first clause; then clauses with the number of goals in each, and how many have none.

    They add up to what the first clause counts; those that it does not count follow.
    """

    first: str
    others: Mapping[str, int] = field(default_factory=dict)
    unnamed: int = 0
    not_counted: str = ""
    are_states: bool = False  # and not goals: a language may say it differently

    def in_words(self, text: Text) -> str:
        unnamed = others_in_words(self.unnamed, text, are_states=self.are_states)
        return text.listed([self.first, *self.others, unnamed, self.not_counted])

    def shortened(self) -> Self:
        """Without who is not counted; else the smallest number joins those without a clause."""
        if self.not_counted:
            return replace(self, not_counted="")
        left_out = min(self.others, key=self.others.__getitem__)
        kept = {words: n for words, n in self.others.items() if words != left_out}
        return replace(self, others=kept, unnamed=self.unnamed + self.others[left_out])

    @property
    def is_shortest(self) -> bool:
        return not (self.others or self.not_counted)


def finding_of_board(board: Scoreboard, context: PageContext) -> BoardFinding:
    """`1 of 28 goals met; 2 on track; 3 behind`; or how many have a figure.

    Of another area than the Union, its name begins it.
    """
    text, goals = context.text, len(board.rows)
    if context.view.area not in {"", EU}:
        return finding_of_profile(board, context)
    if goals == 1:
        return BoardFinding(as_of_period(status_of_goal(board.rows[0], text), board.period, text))
    if context.is_published:
        published = published_in_words(board.with_figure, goals, text)
        return BoardFinding(as_of_period(published, board.period, text))
    return with_clauses(partial(goals_met, board), board, text)


def goals_met(board: Scoreboard, text: Text) -> str:
    return as_of_period(met_in_words(count_met(board), len(board.rows), text), board.period, text)


def finding_of_profile(board: Scoreboard, context: PageContext) -> BoardFinding:
    """The same of the goals of one Member State, whose name begins it."""
    text = context.text
    area = area_as_of_period(context.view.area, board.period, text)
    if len(board.rows) == 1:
        return BoardFinding(f"{area}: {status_of_goal(board.rows[0], text)}")
    names = {"area": area, "all": text.number(len(board.rows), 0)}
    if context.is_published or not board.with_figure:
        return BoardFinding(text.counted("state.published", board.with_figure, **names))
    return with_clauses(partial(goals_met_in_area, context.view.area, board), board, text)


def goals_met_in_area(area: str, board: Scoreboard, text: Text) -> str:
    names = {"area": area_as_of_period(area, board.period, text),
             "all": text.number(len(board.rows), 0)}  # fmt: skip
    return text.counted("state.finding", count_met(board), **names)


def with_clauses(first: Callable[[Text], str], board: Scoreboard, text: Text) -> BoardFinding:
    """With the clauses that there is room for in every language: all have the same numbers.

    The line below counts every status anyway.
    """
    needed = max(
        shortenings_needed(findings_shorter_and_shorter(first, board, texts(language)), language)
        for language in languages()
    )
    return findings_shorter_and_shorter(first, board, text)[needed]


def findings_shorter_and_shorter(
    first: Callable[[Text], str], board: Scoreboard, text: Text
) -> list[BoardFinding]:
    unmet = len(board.rows) - count_met(board)
    return [BoardFinding(first(text), others, unmet - sum(others.values()))
            for others in clauses_shorter_and_shorter(board, text)]  # fmt: skip


def shortenings_needed(findings: Sequence[BoardFinding], language: str) -> int:
    """Which of the findings is the first that fits a heading, or else the shortest."""
    fitting = (at for at, finding in enumerate(findings)
               if fits_heading(finding.in_words(texts(language)), LONGEST_COUNT))  # fmt: skip
    return next(fitting, len(findings) - 1)


def clauses_shorter_and_shorter(board: Scoreboard, text: Text) -> Iterator[Mapping[str, int]]:
    """Fewer and fewer of the clauses, and at last one number for all that are favourable.

    Goals that fail are never named without them, however long the sentence is.
    """
    unagreed = not_achieved_unagreed(board)
    for left_out in range(len(LEFT_OUT_FIRST) + 1):
        marks = [mark for mark in COUNTED_BESIDE_MET if mark not in LEFT_OUT_FIRST[:left_out]]
        yield clauses_in_words(marks, board.counts, text, unagreed)
    failing = [mark for mark in marks if mark not in FAVOURABLE]
    favourable = count_marks(board.counts, FAVOURABLE)
    words = text("scoreboard.favourable", n=text.number(favourable, 0))
    clauses = clauses_in_words(failing, board.counts, text, unagreed)
    yield {words: favourable, **clauses} if favourable else clauses


def not_achieved_unagreed(board: Scoreboard) -> int:
    """How many goals miss a level or step that no document sets."""
    rows = board.with_mark(Status.NOT_ACHIEVED)
    return sum(rests_on_reading(row.goal) for row in rows)


def status_of_goal(row: ScoreboardRow, text: Text) -> str:
    """`Civil society training: desired direction`: a single goal is not counted."""
    status = in_sentence(text(f"status.{row.own.mark}"))
    name = row.goal.short_name(text.language)
    return text("scoreboard.finding_of_goal", goal=name, status=status)


def counting_caveats(board: Scoreboard, context: PageContext) -> list[str]:
    """What a number of goals does not tell: which of them are one series, or were not agreed."""
    if len(board.rows) == 1 or context.is_published:
        return []
    return [*goals_of_one_series(board, context.text), *goals_not_agreed(board, context)]


def goals_of_one_series(board: Scoreboard, text: Text) -> Iterator[str]:
    """`Assessed by one series and counted for each goal: GA-2.1, CC2019-7.`"""
    found: dict[object, list[str]] = {}
    for row in board.rows:
        if row.goal.headline_series:
            found.setdefault(row.goal.headline_series, []).append(row.goal.code)
    shared = [", ".join(codes) for codes in found.values() if len(codes) > 1]
    if shared:
        yield text("scoreboard.one_series", goals=text.listed(shared))


def goals_not_agreed(board: Scoreboard, context: PageContext) -> Iterator[str]:
    frameworks = context.definitions.frameworks
    codes = [row.goal.code for row in board.rows
             if not frameworks[row.goal.framework].agreed_by_states]  # fmt: skip
    if codes:
        yield context.text("scoreboard.not_agreed", goals=", ".join(codes))
