"""How far a deck or a document has been written, for the reader who waits."""

from collections.abc import Callable

Advance = Callable[[int, int], object]  # steps that are done, of all


def no_advance(_done: int, _all: int) -> None:
    """Nobody follows how far it is."""


class ReadingSteps:
    """Counts the parts of a document that are read."""

    def __init__(self, advance: Advance, number: int) -> None:
        self.advance, self.number, self.done = advance, number, 0

    def step(self) -> None:
        self.done += 1
        self.advance(self.done, self.number)


STEPS_OF_ALL, STEPS_OF_READING = 100, 40


def split_advance(advance: Advance) -> tuple[Advance, Advance]:
    """For the reading of a document, and then for its writing: both in steps of the whole."""
    rest = STEPS_OF_ALL - STEPS_OF_READING

    def reading(done: int, total: int) -> None:
        advance(done * STEPS_OF_READING // total, STEPS_OF_ALL)

    def writing(done: int, total: int) -> None:
        advance(STEPS_OF_READING + done * rest // total, STEPS_OF_ALL)

    return reading, writing
