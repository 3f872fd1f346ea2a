"""Describe findings in words in the reader's language, and group those with one cause."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from unicodedata import name as name_of_letter

from babel.dates import format_date

from metrics.catalogue.codelists import codelist
from metrics.catalogue.denominators import denominators
from metrics.catalogue.indicators import indicators
from metrics.core.cells import column_of
from metrics.core.period import ReferencePeriod
from metrics.core.series import parse_series
from metrics.core.tables import BREAKDOWNS, STATUSES, TOTAL, VALUE
from metrics.intake.findings import (
    EXAMPLES_APART,
    Finding,
    FindingGroup,
    Severity,
)
from metrics.messages import ENGLISH, languages, messages, readable
from metrics.messages.language_marks import cache_texts, unmarked
from metrics.messages.local_formats import MINUS, decimal_symbol, group_symbol, locale_of
from metrics.messages.sentences import list_clauses, with_capital

DASH = "–"
MONTHS_OF_QUARTER = 3
NAMES_OF_ROW = ("name", "indicator", "series")  # a sentence with one of these says what it is about
# A sentence that names one of these is left out where the finding has none.
OPTIONAL_VALUES = (
    "nearest", "step_nearest", "understood", "other_cell", "limit", "or_status", "confidentiality",
    "expected", "unread", "was", "upper", "lower", "whole", "decimal", "positive", "in_unit",
    "rate", "basis",
)  # fmt: skip
LONGEST_QUOTE = 80  # characters of a typed text that a message quotes at most
LONGEST_LIST = 400  # characters of a list of valid values
LIST_VALUES = ("cells", "expected", "unread", "steps", "others", "explained", "contested", "series")


LABELS_ENTRY = "labels"  # the messages with severities and headings


WORKBOOK_PARTS = "where"  # the messages that name the parts of a workbook
LEFT_OUT = "left_out"  # and the kinds of what the clean copy leaves out


EXPLAINED = "explained"  # the value of a warning that holds the explaining remark


CONTESTED = "contested"  # the value that holds the reason why a finding is about no person


ABOUT = "about"  # the value that holds the series of the row


SEEN = "seen"  # the value that holds the text of the cell, where `typed` is not in it
# The value that says that the cell holds a number, and no text: the sheet displays it with the
# decimal mark of its reader.
IS_NUMBER = "cell_is_number"
# Values that are names of ours, and never cut: they were not typed.
OWN_NAMES = (ABOUT, "name", "whole", "indicator", "by", "basis", "population")
LONGEST_NAMES = 10_000  # of those of a whole group


# Values that are codes of a list only in findings of one rule; None: the list that `detail` names.
CODE_LISTS_OF_RULES = {
    ("area_unknown", "nearest"): "area",
    ("area_mismatch", "typed"): "area",
    ("area_mismatch", "expected"): "area",
    ("file_of_other_area", "typed"): "area",
    ("file_of_other_area", "expected"): "area",
    ("scope_cell_changed", "understood"): "area",
    ("scope_cell_changed", "expected"): "area",
    ("several_areas", "understood"): "area",
    ("area_not_reporting", "typed"): "area",
    ("title_with_area", "understood"): "area",
    ("title_with_area", "expected"): "area",
    ("name_with_area", "understood"): "area",
    ("name_with_area", "expected"): "area",
    ("name_of_other_state", "understood"): "area",
    ("name_of_other_state", "expected"): "area",
    ("unit_differs", "expected"): "unit",
    ("unit_of_other_counts", "expected"): "unit",
    ("unit_unknown", "expected"): "unit",
    ("component_unknown", "expected"): "component",
    ("observation_status_unknown", "nearest"): "observation_status",
    ("confidentiality_status_unknown", "nearest"): "confidentiality_status",
    ("limit_unknown", "nearest"): "limit",
    ("confidentiality_lost", "nearest"): "confidentiality_status",
    ("heading_letter_in_doubt", "nearest"): "observation_status",
    ("status_read_from_heading", "nearest"): "observation_status",
    ("status_in_either_column", "nearest"): "confidentiality_status",
    ("status_beside_number", "nearest"): "confidentiality_status",
    ("breakdown_unknown", "nearest"): None,
    ("breakdown_unknown", "expected"): None,
    ("series_contradicted", "expected"): None,
    ("letter_in_doubt", "nearest"): None,
}
# Values that are numbers, written with a point; what was typed stays as it was typed where a
# message quotes it.
NUMBER_VALUES = (
    "change", "children", "compared", "days", "decimal", "difference", "equal", "fewest", "in_unit",
    "largest",
    "longest", "lower", "mean", "most", "negative", "other", "parts", "percent", "positive", "rate",
    "total", "understood", "upper", "usual", "was",
)  # fmt: skip
WRITTEN_NUMBER = re.compile(
    r"(?<![\w.,:/[-])(?P<sign>[-+]?)(?P<whole>\d+)(?:\.(?P<decimals>\d+))?(?![\w:/[\]-]|[.,]\d)"
)
# Rules whose values of these names are years, names or versions, or are quoted as typed.
RULES_WITHOUT_NUMBERS = {
    "day_instead_of_period", "year_read_from_day",
    "period_in_future", "period_not_asked", "parts_of_period", "day_after_period", "day_missing",
    "periods_passed_over", "period_ambiguous", "day_ambiguous", "template_outdated",
    "collection_mismatch", "step_went_down",
    "round_mismatch", "area_mismatch", "file_of_other_area", "row_marked", "header_missing",
    "heading_not_of_values",
    "round_not_said", "several_rounds", "several_areas", "scope_cell_changed",
    "column_missing", "title_with_period", "title_not_of_one_period", "title_with_area",
    "name_with_area", "name_with_period", "name_of_other_year", "margin_on_figures",
    "covered_cell_not_read", "name_of_other_state",
    "confidentiality_in_doubt", "heading_marked", "heading_letter_in_doubt",
    "status_read_from_heading",
    "cell_shows_error", "date_instead_of_number", "flag_contradicts_status", "comment_on_figures",
    "day_too_early", "day_contradicts_report", "timeframe_contradicts_status",
    "timeframe_without_year",
    "goal_of_other_target", "area_not_reporting",
}  # fmt: skip
# What these name was not read, so that no value was understood.
RULES_OF_UNREAD_TEXTS = {"comment_on_figures", "covered_cell_not_read"}
QUOTED_TYPED = "“{typed}”"
FIRST_VALUE = re.compile(r"\{(?P<name>\w+)\}")
BREAKDOWNS_APART = " × "
# Values that are typed as a code, so that the code follows the name.
TYPED_CODES = {"nearest"}
KINDS_OF_CHARACTERS: Mapping[str, str] = {
    "U+00AD": "soft_hyphen",
    **dict.fromkeys(("U+200B", "U+200C", "U+200D", "U+2060", "U+FEFF"), "without_width"),
    **dict.fromkeys(
        (
            "U+200E",
            "U+200F",
            *(f"U+202{end}" for end in "ABCDE"),
            *(f"U+206{end}" for end in "6789"),
        ),
        "mark_of_direction",
    ),
}
# By the first word of the name of a letter, the label of its alphabet.
ALPHABETS = {"LATIN": "latin_letter", "GREEK": "greek_letter", "CYRILLIC": "cyrillic_letter"}
# Values that are codes, with the code list that names them.
CODE_LISTS = {
    "unit": "unit",
    "meaning": "observation_status",
    "step_now": "step",
    "step_was": "step",
    "step_nearest": "step",
    "steps": "step",
    "band_holding": "band",
}


@dataclass(frozen=True)
class RuleText:
    """The texts of one rule in one language, with placeholders."""

    title: str
    what: str
    expected: str
    correction: str
    why: str
    example: str


@dataclass(frozen=True)
class FindingText:
    """A finding in the reader's words."""

    title: str
    what: str
    expected: str
    correction: str


class _Quoted(dict[str, str]):
    """Show a dash for a placeholder without a value."""

    def __missing__(self, key: str) -> str:
        return DASH


@cache_texts()
def rule_texts(language: str) -> dict[str, RuleText]:
    """The texts of every rule; what a language lacks stays in English."""
    fields = RuleText.__dataclass_fields__
    return {
        name: RuleText(**{field: words.get(field, DASH) for field in fields})
        for name, words in _finding_messages(language).items()
        if name not in {WORKBOOK_PARTS, LEFT_OUT, LABELS_ENTRY}
    }


def find_rule_text(name: str, language: str) -> RuleText:
    """The texts of a rule; the rule's name in words if it has none or no longer exists."""
    title = readable(name).capitalize()
    unwritten = RuleText(title, f"{title}.", DASH, DASH, DASH, DASH)
    return rule_texts(language).get(name, unwritten)


def _finding_messages(language: str) -> Mapping[str, Mapping[str, str]]:
    return messages(language, "findings")


def finding_labels(language: str = "en") -> Mapping[str, str]:
    """The labels around findings: severities, headings."""
    return _finding_messages(language)[LABELS_ENTRY]


def describe_finding(finding: Finding | FindingGroup, language: str = "en") -> FindingText:
    """Describe what is wrong, expected and to be corrected, or how it was explained."""
    text = find_rule_text(finding.rule, language)
    given = finding.values
    values = _worded_values(finding, language)
    answered = next((name for name in (EXPLAINED, CONTESTED) if given.get(name)), "")
    advice = finding_labels(language)[answered] if answered else text.correction
    what, expected = (
        _begin_sentence(drop_sentences(template, given).format_map(values), template, given, values)
        for template in (text.what, text.expected)
    )
    correction = drop_sentences(advice, given)
    if "{" in correction:
        # A number that the reader must type has no marks between thousands.
        to_be_typed = _worded_values(finding, language, grouped=False)
        correction = correction.format_map(to_be_typed)
    if ABOUT in given and not any(f"{{{name}}}" in text.what for name in NAMES_OF_ROW):
        what = f"{values[ABOUT]}: {what}"
    return FindingText(text.title, what, expected, correction)


def _begin_sentence(
    sentence: str, template: str, given: Mapping[str, str], values: Mapping[str, str]
) -> str:
    """With a capital, if it begins with a value that we name, such as a month."""
    begins_with = FIRST_VALUE.match(unmarked(template))
    is_named = begins_with and values[begins_with["name"]] != given.get(begins_with["name"])
    return with_capital(sentence) if is_named else sentence


def _worded_values(
    finding: Finding | FindingGroup, language: str, *, grouped: bool = True
) -> _Quoted:
    """The values of a finding in the reader's words."""
    given, rule = finding.values, finding.rule
    values = _Quoted(
        {name: format_value(given, name, language, rule, grouped=grouped) for name in given}
    )
    if "indicator" in given:
        values.setdefault("name", _name_examples(given["indicator"], language, name_indicator))
    if "typed" in given:  # findings of earlier versions have the step as it was typed alone
        values.setdefault("step_now", values["typed"])
    return values


def drop_sentences(text: str, given: Mapping[str, str]) -> str:
    """Leave out sentences about what the finding lacks, such as a nearest code or a cell."""
    return _kept_sentences(text, tuple(name for name in OPTIONAL_VALUES if not given.get(name)))


@lru_cache(maxsize=4096)
def _kept_sentences(text: str, lacking: tuple[str, ...]) -> str:
    unknown = [f"{{{name}}}" for name in lacking]
    sentences = re.split(r"(?<=\.) ", text)
    return " ".join(
        sentence for sentence in sentences if not any(name in sentence for name in unknown)
    )


def format_value(
    values: Mapping[str, str], name: str, language: str, rule: str = "", *, grouped: bool = True
) -> str:
    """Format one value of a finding for readers of the language.

    Findings of earlier versions hold some values as text in each language (`series_fi`).
    """
    text = given = values.get(f"{name}_{language}") or values[name]
    if naming := VALUES_IN_WORDS.get(name) or VALUES_IN_WORDS.get(f"{rule}.{name}"):
        text = _name_examples(text, language, naming)
    is_stated = name in NUMBER_VALUES or (name == "typed" and states_number(rule))
    is_cell = name == "typed" and not is_stated and IS_NUMBER in values
    is_number = is_stated and text == given and rule not in RULES_WITHOUT_NUMBERS
    if codes := CODE_LISTS.get(name) or _code_list(rule, name, values):
        text = name_codes(text, codes, language, with_code=name in TYPED_CODES)
    line = shorten_text(text, longest_value(name)) or DASH
    if is_cell and text == given:
        return with_decimal_mark(line, language)
    return _localise_numbers(line, language, grouped=grouped) if is_number else line


def _name_examples(text: str, language: str, naming: Callable[[str, str], str]) -> str:
    """Name each part of a text such as `ICSE_USERS; ICSE_VICTIMS; …`."""
    return list_clauses((naming(part, language) for part in text.split(EXAMPLES_APART)), language)


def longest_value(name: str) -> int:
    """How many characters a message gives of a value."""
    if name in OWN_NAMES:
        return LONGEST_NAMES
    return LONGEST_LIST if name in LIST_VALUES else LONGEST_QUOTE


def text_in_cell(finding: Finding, language: str = ENGLISH) -> str:
    """What is in the cell of a finding, as it was typed; empty if it is about no cell.

    A number has the decimal mark of the reader, as in the sentence above it.
    """
    if not finding.cell:
        return ""
    seen, typed = finding.values.get(SEEN, ""), finding.values.get("typed", "")
    if IS_NUMBER in finding.values or (not seen and states_number(finding.rule)):
        return with_decimal_mark(seen or typed, language)
    return seen or typed


def understood_value(finding: Finding, language: str) -> str:
    """How a cell was read; empty if it was not, or if it is an error and is therefore not kept."""
    is_read = finding.severity is not Severity.ERROR and finding.rule not in RULES_OF_UNREAD_TEXTS
    is_kept = is_read and bool(finding.values.get("understood"))
    return format_value(finding.values, "understood", language, finding.rule) if is_kept else ""


@cache
def states_number(rule: str) -> bool:
    """Whether the messages of a rule state what was typed as a number, and do not quote it."""
    return QUOTED_TYPED not in find_rule_text(rule, ENGLISH).what


def with_decimal_mark(text: str, language: str) -> str:
    """The numbers of a text as a sheet displays them in the language: `42,5`."""
    return _localise_numbers(text, language, grouped=False)


def _localise_numbers(text: str, language: str, *, grouped: bool) -> str:
    """The text with its numbers as the language writes them: `9 300,5`, `9,300.5`."""
    known = language if language in languages() else ENGLISH
    group, decimal = group_symbol(known), decimal_symbol(known)

    def localised(number: re.Match[str]) -> str:
        whole, decimals = number["whole"], number["decimals"]
        # A number that begins with 0 is no count, but a code or a decimal.
        plain = not grouped or whole.startswith("0")
        written = whole if plain else f"{int(whole):,}".replace(",", group)
        fraction = f"{decimal}{decimals}" if decimals else ""
        sign = number["sign"].replace("-", MINUS) if grouped else number["sign"]
        return f"{sign}{written}{fraction}"

    return WRITTEN_NUMBER.sub(localised, text)


def _code_list(rule: str, name: str, values: Mapping[str, str]) -> str:
    """The code list of a value, in findings of its rule; empty for other values."""
    detail = values.get("detail", "")
    codes = CODE_LISTS_OF_RULES.get((rule, name), "")
    return (detail if detail in {*BREAKDOWNS, "component"} else "") if codes is None else codes


def _name_part(text: str, language: str) -> str:
    """What the clean copy leaves out, or the names of breakdowns."""
    words = {
        **_finding_messages(language)[LEFT_OUT],
        **messages(language, "workbook")["dimensions"],
    }
    return ", ".join(words.get(part, part) for part in text.split(", "))


def _name_breakdowns(text: str, language: str) -> str:
    """The headings of breakdowns such as `sex × age`."""
    words = messages(language, "workbook")["dimensions"]
    return BREAKDOWNS_APART.join(words.get(by, by) for by in text.split(BREAKDOWNS_APART))


def name_rule(text: str, language: str) -> str:
    return find_rule_text(text, language).title


def name_characters(text: str, language: str) -> str:
    """Characters that nobody sees, by their code and kind: `U+00AD (soft hyphen)`."""
    labels = finding_labels(language)
    return ", ".join(
        f"{code} ({labels[KINDS_OF_CHARACTERS[code]]})" if code in KINDS_OF_CHARACTERS else code
        for code in text.split(", ")
    )


def name_letters(text: str, language: str) -> str:
    """Letters with their alphabet and code, as they look like others: `О (Cyrillic, U+041E)`."""
    labels = finding_labels(language)
    alphabets = {letter: name_of_letter(letter).partition(" ")[0] for letter in text.split(", ")}
    return ", ".join(
        f"{letter} ({labels[ALPHABETS[alphabet]]}, U+{ord(letter):04X})"
        for letter, alphabet in alphabets.items()
    )


def _name_place(text: str, language: str) -> str:
    return _finding_messages(language)[WORKBOOK_PARTS].get(text, text)


def _name_heading(text: str, language: str) -> str:
    """The heading of a column, by its role."""
    words = messages(language, "workbook")
    return words["observations"].get(text) or words["actions"].get(text) or text


@cache_texts(maxsize=10_000)
def name_row(series: str, language: str) -> str:
    """The name of an indicator and of its part: `Victims identified (girls and women)`."""
    indicator, apart, part = name_series(series, language).partition(" ")
    return f"{name_indicator(indicator, language)}{apart}{part}"


def name_ways(text: str, language: str) -> str:
    """Periods in words, with how they are typed: `1st quarter 2024 (2024-Q1) / …`."""
    return " / ".join(_name_period(period, language) for period in text.split(" / "))


def name_days(text: str, language: str) -> str:
    """Days in words, with how they are typed: `1 February 2024 (2024-02-01) / …`."""
    return " / ".join(_name_day(day, language) for day in text.split(" / "))


def name_day(text: str, language: str) -> str:
    """A day in words alone: `31 March 2025`."""
    return _name_day(text, language).partition(" (")[0]


def _name_day(text: str, language: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{format_date(day, 'long', locale=locale_of(language))} ({text})"


def name_periods(text: str, language: str) -> str:
    """Periods in words, without how they are typed: `January 2025, February 2025`."""
    return ", ".join(
        _name_period(period, language).partition(" (")[0] for period in text.split(", ")
    )


def _name_period(text: str, language: str) -> str:
    try:
        period = ReferencePeriod.parse(text)
    except ValueError:
        return text
    if period.is_full_year:
        return text
    first = date(period.year, period.first_month, 1)
    *_, last = period.parts(1)
    if period.months == MONTHS_OF_QUARTER and (period.first_month - 1) % MONTHS_OF_QUARTER == 0:
        return f"{format_date(first, 'QQQQ y', locale=language)} ({text})"
    ends = [
        format_date(day, "LLLL y", locale=language)
        for day in (first, date(last.year, last.first_month, 1))
    ]
    return f"{'–'.join(dict.fromkeys(ends))} ({text})"


def name_series(text: str, language: str) -> str:
    """Name the codes of `ICSE_VICTIMS[sex=F;age=Y4T8] 2025`; other texts are unchanged."""
    series, _, period = text.partition(" ")
    try:
        indicator, component, codes = parse_series(series)
    except ValueError:
        return text
    coded = {"component": component, **{by: codes[by] for by in BREAKDOWNS if by in codes}}
    names = ", ".join(
        name_codes(code, dimension, language)
        for dimension, code in coded.items()
        if (dimension, code) != ("component", VALUE)
    )
    return " ".join(filter(None, (indicator, names and f"({names})", period)))


def name_codes(text: str, codes: str, language: str, *, with_code: bool = False) -> str:
    """Name each code of a text such as `F, M`; other texts are unchanged."""
    known = codelist(codes)
    return ", ".join(
        (known[code].name(language) + (f" ({code})" if with_code else ""))
        if code in known
        else code
        for code in text.split(", ")
    )


def name_status(text: str, language: str) -> str:
    """Name the code of a status of either kind, of the observation before confidentiality."""
    known = next((codes for codes in map(codelist, STATUSES) if text in codes), {})
    return known[text].name(language) if known else text


def name_basis(text: str, language: str) -> str:
    """Where the number comes from above which a figure is questioned."""
    return name_codes(text, "level_basis", language)


def name_indicator(code: str, language: str) -> str:
    return next((own.name(language) for own in indicators() if own.code == code), code)


def name_population(text: str, language: str) -> str:
    """The source of the numbers of residents."""
    sources = (known.source for known in denominators())
    return next((source(language) for source in sources if source.en == text), text)


def _name_total(text: str, language: str) -> str:
    return messages(language, "workbook")["words"]["total"] if text == TOTAL else text


VALUES_IN_WORDS: Mapping[str, Callable[[str, str], str]] = {
    "series": name_row,
    "basis": name_basis,
    "by": _name_breakdowns,
    "whole": name_indicator,
    "population": name_population,
    "part_left_empty.indicator": name_indicator,
    "missing_unexplained.indicator": name_indicator,
    WORKBOOK_PARTS: _name_place,
    "detail": _name_part,
    ABOUT: name_row,
    "series_contradicted.expected": _name_total,
    "period_ambiguous.understood": name_ways,
    "day_ambiguous.understood": name_days,
    "period_in_future.due": name_day,
    "parts_of_period.typed": name_periods,
    "parts_of_period.expected": name_periods,
    "period_not_asked.typed": name_periods,
    "period_not_asked.expected": name_periods,
    "column_missing.expected": _name_heading,
    "invisible_character.characters": name_characters,
    "letter_for_digit.letters": name_letters,
    "part_contradicts_rest.broken": name_rule,
    "status_read_from_number.meaning": name_status,
}


def shorten_text(text: str, length: int = LONGEST_QUOTE) -> str:
    """Put a text on one line of limited length."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def group_findings(findings: Sequence[Finding]) -> list[FindingGroup]:
    """Group findings with one cause: of one rule in one column, corrected in the same way.

    Notes, which ask for nothing, are grouped across columns and sheets.
    """
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        is_note = finding.severity is Severity.NOTE
        column = () if is_note else (finding.sheet, column_of(finding.cell))
        cause = (finding.rule, describe_finding(finding).correction, *column)
        groups.setdefault(cause, []).append(finding)
    return [FindingGroup(tuple(members)) for members in groups.values()]
