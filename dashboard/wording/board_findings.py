"""What is found on a scoreboard: how many goals go well, and how many call for attention."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.context import PageContext
from dashboard.released.scoreboard import Scoreboard
from dashboard.texts import Text
from dashboard.wording.scoreboard_words import (
    attention_in_words,
    count_going_well,
    going_well_in_words,
    published_in_words,
)


@dataclass(frozen=True)
class BoardFinding:
    """A first clause; then clauses with the number of goals in each."""

    first: str
    attention: Mapping[str, int] = field(default_factory=dict)

    def in_words(self, text: Text) -> str:
        return text.listed([self.first, *self.attention])


def finding_of_board(board: Scoreboard, context: PageContext) -> BoardFinding:
    """`16 of 28 goals met or progressing as agreed; 2 behind`; or how many have a figure."""
    text, goals = context.text, len(board.rows)
    if context.is_published:
        return BoardFinding(published_in_words(board.with_figure, goals, text))
    well = going_well_in_words(count_going_well(board), goals, text)
    return BoardFinding(well, attention_in_words(board.counts, text))


def finding_of_profile(board: Scoreboard, context: PageContext) -> BoardFinding:
    """The same of the goals of one Member State, whose name begins it."""
    text = context.text
    names = {"area": text.code("area", context.view.area), "all": text.number(len(board.rows), 0)}
    if context.is_published or not board.with_figure:
        return BoardFinding(text.counted("state.published", board.with_figure, **names))
    well = text.counted("state.finding", count_going_well(board), **names)
    return BoardFinding(well, attention_in_words(board.counts, text))
