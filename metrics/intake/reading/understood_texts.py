"""Texts that say nothing new about figures: ours, and facts that the submission states anyway."""

import re
from dataclasses import dataclass, field
from functools import cache

from metrics.catalogue.codelists import codelist, find_code, fold_spelling
from metrics.catalogue.loader import Catalogue
from metrics.intake.reading.attributes import parse_code
from metrics.intake.reading.days import whole_year
from metrics.intake.reading.figure_words import words_of_meaning
from metrics.intake.reading.headings import PUNCTUATION, parse_heading, parse_period, vocabulary
from metrics.intake.reading.marginal_texts import NOTHING_KEPT, is_address
from metrics.intake.reading.numbers_with_text import FACTORS
from metrics.intake.reading.remarks import means_no_remark
from metrics.intake.reading.titles import YEAR_APART, names_a_state
from metrics.intake.reading.unmapped import holds_only, template_texts
from metrics.intake.templates import words_meaning
from metrics.intake.workbook import ParsedSubmission
from metrics.messages import languages, messages
from metrics.messages.local_formats import format_day

# Our workbooks explain these words; in other texts they say something about figures.
WORDS_ABOUT_FIGURES = ("about", "up_to", "quarter", "half_year", *FACTORS)
NO_TEXT = " -–—./"
WORDS_OF_A_FACT = re.compile(r"[^\s_,;:()|/–—]+")
SIGNS_OF_A_DAY = re.compile(r"[\d.:/–— -]+")
NUMBER_OF_A_NAME = re.compile(r"[ (]*\d{1,3}\)?$")  # Sheet1, Sheet1 (2)
FILLED_PART = re.compile(r"\\\{\w+\\\}")


@dataclass(frozen=True)
class UnderstoodTexts:
    """What texts of one submission may say without changing its figures."""

    area: str
    periods: frozenset[str]
    facts: frozenset[str]  # codes, years and the State of the submission, case-folded
    stamped: frozenset[str]  # what our workbook says about itself and its deadline
    our_texts: frozenset[str] = field(repr=False)

    @classmethod
    def of_submission(cls, reading: ParsedSubmission, catalogue: Catalogue) -> "UnderstoodTexts":
        area = codelist("area").get(reading.area)
        periods = frozenset({reading.round, *reading.observations["period"].unique()} - {""})
        codes = [
            *catalogue.collections, *catalogue.frameworks, *catalogue.goals, *catalogue.indicators,
        ]  # fmt: skip
        names = [reading.area, *(area.spellings if area else ()), *codes, *periods]
        words = frozenset().union(*map(words_meaning, WORDS_ABOUT_FIGURES))
        return cls(
            reading.area,
            periods,
            frozenset(map(fold_spelling, filter(None, names))),
            frozenset(_stamped_texts(reading, catalogue)),
            template_texts(catalogue) - words,
        )

    def includes(self, text: str) -> bool:
        """Whether a text is empty of words, ours, or a fact that the submission states."""
        plain = fold_spelling(text)
        if not plain.strip(NO_TEXT) or is_address(text):
            return True
        if names_a_state(text):
            return parse_code(text, "area") == self.area
        if plain in self.stamped or plain.strip(PUNCTUATION) in vocabulary("labels"):
            return True
        return (
            parse_period(text) in self.periods
            or (SIGNS_OF_A_DAY.fullmatch(plain) and whole_year(text) in self.periods)
            or holds_only(text, self.our_texts)
            or means_no_remark(text)
            or self._holds_only_facts(plain)
        )

    def other_words(self, words: str) -> list[str]:
        """The words about figures in a name, but for facts of the submission and later years."""
        latest = max((period[:4] for period in self.periods), default="")
        return [
            part
            for part in filter(None, words.split(", "))
            if part == NOTHING_KEPT or not self.includes(part)
            if not (YEAR_APART.fullmatch(part) and part > latest)
        ]

    def _holds_only_facts(self, plain: str) -> bool:
        words = WORDS_OF_A_FACT.findall(plain)
        return all(
            word in self.facts or all(part in self.facts for part in word.split("-"))
            for word in words
        )

    def is_plain_name(self, name: str) -> bool:
        """Whether a sheet has a name that programs give, or one of a word for figures."""
        plain = fold_spelling(name.replace("_", " "))
        named = NUMBER_OF_A_NAME.sub("", plain)
        return named in _plain_names() or parse_heading(name, "observations") is not None


def _plain_names() -> frozenset[str]:
    return frozenset(map(fold_spelling, words_of_meaning("sheet")))


@cache
def our_comments() -> tuple[re.Pattern[str], ...]:
    """The comment of our workbook with the explanation of the year before, in each language."""
    texts = (messages(language, "workbook")["messages"]["explained"] for language in languages())
    return tuple(re.compile(FILLED_PART.sub(".+", re.escape(text)), re.DOTALL) for text in texts)


def is_code_with_name(text: str, codelist_name: str) -> bool:
    """Whether a text is a code, a name of it, or both: `E – estimated value`, and no more."""
    parts = {find_code(part, codelist_name) for part in text.removesuffix(".").split(" – ")}
    return len(parts) == 1 and None not in parts


def _stamped_texts(reading: ParsedSubmission, catalogue: Catalogue) -> set[str]:
    """The version of our workbook and its deadline, in the words of each language."""
    stamp = reading.workbook.stamp
    collection = catalogue.collections.get(reading.collection)
    due = [own.due for own in collection.rounds if own.code == reading.round] if collection else []
    days = [format_day(day, language) for day in due for language in languages()]
    days += [day.isoformat() for day in due]  # as our workbooks wrote it before
    version = f"{stamp.get('template', '')} {stamp.get('template_version', '')}"
    texts = [version, stamp.get("catalogue", ""), catalogue.version, *days] if stamp else []
    return {fold_spelling(text) for text in texts}
