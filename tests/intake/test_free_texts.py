"""Whatever is beside a figure is understood, asked about by its rule, or put to the sender."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook as Book

from metrics.catalogue.loader import catalogue
from metrics.core.cells import column_letters
from metrics.intake.findings import Finding, Severity
from metrics.intake.formats import reader_answers
from metrics.intake.formats.recognise import read_file
from metrics.intake.formats.submitted_file import SubmittedFile
from metrics.intake.free_texts import free_texts
from metrics.intake.grouped_texts import MOST_KEPT, MOST_LOOKED_AT, FreeTexts, number_of_texts
from metrics.intake.reading import find_tables, ingest
from metrics.intake.reading.marginal_texts import KEPT_WORDS, kept_name
from metrics.intake.sandbox import open_answer
from metrics.intake.validate import validate
from metrics.intake.workbook import Sheet, TextFragment, Workbook
from metrics.messages import messages
from metrics.submissions.accepted_before import PriorData
from metrics.submissions.free_text_words import lines_of_texts, typed_text
from metrics.submissions.validation_contexts import validation_context
from tests.sheets import BELONGS, drawn, fill, heading_rows, order, sheet, written

TABLE = "Indicator|Value|Remark\nICSE_VICTIMS|12|\nTRAININGS_HELD|3|"
# Each says that a figure is another one than its row says; the list of such sentences has no end.
SENTENCES = {
    "en": [
        "The figure refers to 2023.", "given in thousands", "cumulative since 2020",
        "average of the quarters", "the correct value is 54", "should be 54", "1-9/2024",
        "9 months", "not complete", "awaiting 2 courts", "covers seven of 28 districts",
        "fiscal year", "school year", "as at 31.12.2023", "includes adults",
        "cases not persons", "break in series", "definition changed", "not final", "draft", "tbc",
        "guess", "data for 2023", "only the capital", "rounded", "see last year", "x 10",
    ],
    "el": [
        "Το στοιχείο αφορά το 2023.", "σε χιλιάδες", "σωρευτικά από το 2020",
        "μέσος όρος των τριμήνων", "η σωστή τιμή είναι 54", "πρέπει να είναι 54", "10μηνο", "9μηνο",
        "όχι πλήρη", "εκκρεμούν 2 δικαστήρια", "καλύπτει επτά από 28 περιφέρειες",
        "οικονομικό έτος", "σχολικό έτος", "στις 31.12.2023", "περιλαμβάνει ενηλίκους",
        "υποθέσεις και όχι πρόσωπα", "διακοπή σειράς", "άλλαξε ο ορισμός", "όχι οριστικό", "σχέδιο",
        "δεδομένα του 2023",
    ],
    "fi": [
        "Luku koskee vuotta 2023.", "tuhansissa", "kumulatiivinen vuodesta 2020",
        "neljännesten keskiarvo", "oikea arvo on 54", "pitäisi olla 54", "9 kk", "ei täydellinen",
        "odotetaan kahta käräjäoikeutta", "kattaa seitsemän 28 piiristä", "tilikausi", "lukuvuosi",
        "tilanne 31.12.2023", "sisältää aikuiset", "tapauksia, ei henkilöitä", "katko sarjassa",
        "määritelmä muuttui", "ei lopullinen", "luonnos", "arvaus", "tiedot vuodelta 2023",
    ],
    "bg": [
        "Числото се отнася за 2023 г.", "в хиляди", "с натрупване от 2020", "средно от тримесечията",
        "вярната стойност е 54", "трябва да е 54", "за 9 месеца", "непълно", "чакаме 2 съда",
        "3 области не са подали данни", "обхваща седем от 28 области", "финансова година",
        "учебна година", "към 31.12.2023", "включва пълнолетни", "дела, а не лица",
        "прекъсване на серията", "променено определение", "не е окончателно", "проект",
        "данни за 2023",
    ],
}  # fmt: skip
Examined = tuple[FreeTexts, list[Finding]]
WHERE = ("remark", "title", "below", "column", "comment", "source")


def examined(*sheets: Sheet, fragments: Sequence[TextFragment] = ()) -> Examined:
    workbook = Workbook("drawn.xlsx", "xlsx", sheets, tuple(fragments))
    return examined_workbook(workbook)


def examined_workbook(workbook: Workbook) -> Examined:
    found = find_tables(workbook)
    asked = {} if workbook.stamp else BELONGS
    reading = ingest(workbook, catalogue(), asked, found)
    findings = validate(validation_context(reading, asked, PriorData(), catalogue()))
    return free_texts(reading, found.layouts, findings, catalogue()), findings


SERIES = [own.code for own in catalogue().indicators.values() if own.kind == "flow"]


def with_texts(texts: Sequence[str], where: str) -> tuple[dict[str, str], Examined]:
    """A table with the texts in one of the places beside or above its figures, and their cells."""
    rows: list[list[object]] = [["Indicator", "Value", "Remark"]]
    rows += [[series, 12.0, None] for series in SERIES[: len(texts)]]
    fragments: list[TextFragment] = []
    alone: list[list[object]] = [[text, None, None] for text in texts]
    if where == "title":
        rows = [*alone, [None] * 3, *rows]
        cells = [f"A{number}" for number in range(1, len(texts) + 1)]
    elif where == "below":
        cells = [f"A{number}" for number in range(len(rows) + 2, len(rows) + len(texts) + 2)]
        rows = [*rows, [None] * 3, *alone]
    elif where == "comment":
        cells = [f"B{number}" for number in range(2, len(texts) + 2)]
        fragments = [
            TextFragment("comment", "Figures", *own) for own in zip(cells, texts, strict=True)
        ]
    else:
        heading = {"remark": None, "source": "Source"}.get(where, "Own notes")
        column = [heading, *texts]
        rows = [
            [*row[:2], text] if where == "remark" and row[0] != "Indicator" else [*row, text]
            for row, text in zip(rows, column, strict=True)
        ]
        letter = "C" if where == "remark" else "D"
        cells = [f"{letter}{number}" for number in range(2, len(texts) + 2)]
    found = examined(Sheet("Figures", rows), fragments=fragments)
    return dict(zip(texts, cells, strict=True)), found


def passed_over(texts: Sequence[str], where: str) -> list[str]:
    """The texts of which a file neither asks nor is refused for them."""
    cells, (free, findings) = with_texts(texts, where)
    asked = {one.cell for one in findings if one.severity is not Severity.NOTE}
    listed = {own.text for line in free.listed for own in (line, *line.below)}
    return [
        text
        for text, cell in cells.items()
        if cell not in asked and " ".join(text.split()) not in listed
    ]


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_that_changes_a_figure_is_never_passed_over(language: str, where: str) -> None:
    assert passed_over(SENTENCES[language], where) == []


# One letter apart, so that none of them is a number, a dash or a name of ours.
ANY_TEXT = st.text(
    st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1, max_size=60
).map(lambda text: f"{text} ω")


@given(st.lists(ANY_TEXT, min_size=20, max_size=20, unique=True), st.sampled_from(WHERE))
@settings(max_examples=8, deadline=None)
def test_no_text_in_any_script_is_passed_over(texts: list[str], where: str) -> None:
    assert passed_over(texts, where) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("-", "remark"), ("none", "remark"), ("n/a", "remark"), ("2024", "title"),
        ("Finland 2024", "title"), ("Suomi", "title"), ("https://stat.fi/x", "source"),
        ("Trainings held", "title"), ("FI – 2024", "below"),
    ],
)  # fmt: skip
def test_what_the_submission_states_anyway_is_no_question(text: str, where: str) -> None:
    assert with_texts([text], where)[1][0].listed == ()


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("data for 2023", True), ("Draft", True), ("ημιτελή", True), ("Sheet1", False),
        ("Taul1", False), ("FI 2024", False), ("Φύλλο2", False), ("Données", False),
    ],
)  # fmt: skip
def test_the_name_of_a_sheet_is_put_to_the_sender(name: str, is_asked: bool) -> None:
    texts, findings = examined(sheet(TABLE, name))

    asks = [one for one in findings if one.severity is not Severity.NOTE]
    assert bool(asks or texts.listed) == is_asked


def test_a_text_is_listed_once_with_all_its_cells_and_figures() -> None:
    texts, _ = examined(
        sheet(
            "Of the police\nIndicator|Value|Remark\nICSE_VICTIMS|12|includes adults\n"
            "TRAININGS_HELD|3|includes adults\nCONTENT_REMOVED|7|new law"
        )
    )

    assert [
        (own.text, own.beside, own.location, own.series, own.figures) for own in texts.listed
    ] == [
        ("Of the police", "sheet", "Figures!A1", (), 3),
        ("includes adults", "row", "Figures!C3:C4", ("ICSE_VICTIMS", "TRAININGS_HELD"), 2),
        ("new law", "row", "Figures!C5", ("CONTENT_REMOVED",), 1),
    ]
    assert texts.number == len(texts.listed)


COMMENTS = [f"court of {column_letters(number + 20_000)}" for number in range(len(SERIES))]


def with_own_columns(*headings: str) -> Sheet:
    rows: list[list[object]] = [["Indicator", "Value", *headings]]
    rows += [
        [series, 12.0, *[comment] * len(headings)]
        for series, comment in zip(SERIES, COMMENTS, strict=True)
    ]
    return Sheet("Figures", rows)


def test_the_texts_of_a_column_of_the_sender_are_one_line_of_the_question() -> None:
    texts, _ = examined(with_own_columns("Own notes"))
    (column,) = texts.listed

    assert (column.kind, column.text) == ("column", "Own notes")
    assert column.location == f"Figures!C2:C{len(SERIES) + 1}"
    assert column.figures == sum(own.figures for own in column.below if own.beside == "row")
    assert [own.text for own in column.below] == COMMENTS
    assert [own.location for own in column.below][:2] == ["Figures!C2", "Figures!C3"]
    assert texts.number == column.number_below == len(COMMENTS)
    first, second, third = COMMENTS[:3]
    assert [*lines_of_texts(texts, "en")][1] == (
        f"  {column.location}: Column “Own notes”, {len(COMMENTS)} texts; for example: "
        f"{first}; {second}; {third} (the {column.figures} figures of its rows)"
    )


def test_a_column_of_few_texts_is_listed_text_by_text() -> None:
    table = "Indicator|Value|Own notes\nICSE_VICTIMS|12|new law\nTRAININGS_HELD|3|new act"
    texts, _ = examined(sheet(table))

    assert {own.text for own in texts.listed} == {"Own notes", "new law", "new act"}


def test_many_texts_of_columns_leave_room_for_the_others() -> None:
    own = with_own_columns("Own notes", "Own office")
    texts, _ = examined(Sheet(own.name, [["Of the police", None, None, None], *own.rows]))

    assert [listed.kind for listed in texts.listed] == ["cell", "column", "column"]
    assert number_of_texts(texts.listed) == texts.number == 1 + 2 * len(COMMENTS)


def test_a_text_is_named_with_the_heading_of_its_column() -> None:
    texts, _ = examined(sheet("Indicator|Value|Remark|Accessible\nICSE_VICTIMS|12|new law|S"))

    assert [(own.text, own.headings) for own in texts.listed] == [
        ("Accessible", ()), ("new law", ("Remark",)), ("S", ("Accessible",)),
    ]  # fmt: skip
    assert typed_text(texts.listed[2], "en") == "in the column “Accessible”: S"


def test_other_texts_in_other_cells_are_another_question() -> None:
    first, moved, other = (
        with_texts([text], where)[1][0].digest
        for text, where in (("new law", "remark"), ("new law", "below"), ("new act", "remark"))
    )

    assert len({first, moved, other}) == len(("first", "moved", "other"))


def test_the_comment_of_our_workbook_with_last_years_explanation_is_no_question() -> None:
    words = messages("fi", "workbook")["messages"]["explained"]
    ours = words.format(period="2023", remark="new law")
    texts, _ = examined(sheet(TABLE), fragments=[TextFragment("comment", "Figures", "C2", ours)])

    assert texts.listed == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("&CΑΠΟΡΡΗΤΟ", "ΑΠΟΡΡΗΤΟ"), ("&LAnna Virtanen, in euro&Rin thousands", "…, in … in thousands"),
        ("zonder politie-eenheid Rotterdam", "zonder politie-eenheid …"),
        ("&CTylko I półrocze 2025", "Tylko I półrocze 2025"),
        ("Anna Virtanen, 12 May 1980, tel. 040 123 45 67: draft of 2025", "… May 1980, …: draft of 2025"),
    ],
)  # fmt: skip
def test_of_a_page_header_only_the_words_of_our_lists_are_quoted(text: str, words: str) -> None:
    texts, _ = examined(sheet(TABLE), fragments=[TextFragment("header", "Figures", "", text)])

    assert [own.text for own in texts.listed] == [words]
    assert words in typed_text(texts.listed[0], "el")
    kept = KEPT_WORDS["header"](text)
    again, _ = examined(sheet(TABLE), fragments=[TextFragment("header", "Figures", "", kept)])
    assert again.digest == texts.digest


def test_a_page_header_without_words_of_our_lists_is_named_and_not_quoted() -> None:
    texts, _ = examined(
        sheet(TABLE), fragments=[TextFragment("header", "Figures", "", "&CJyväskylä")]
    )
    plain, _ = examined(
        sheet(TABLE), fragments=[TextFragment("header", "Figures", "", "&L&F&C&A&R&P / &N")]
    )

    assert [(own.kind, own.text, own.location) for own in texts.listed] == [
        ("margin", "", "Figures")
    ]
    assert plain.listed == ()


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("hint", "Note\nin thousands", ["Note in thousands"]), ("hint", "Jyväskylä", [""]),
        ("drawing", "nur Bayern", ["nur …"]),
        ("hint", "https://stat.fi/x", []), ("name", "in_thousands = Figures!$B$2", ["× 1000"]),
        ("name", "_xlnm.Print_Area = Figures!$A$1:$B$9", []), ("name", "FI_2024 = Figures!$B$2", []),
        ("name", "Figures_H1 = Figures!$B$2", [""]), ("property", "Statistics of the police", []),
        ("property", "Figures 2023, in thousands", ["× 1000, 2023"]),
        ("property", "2023-05-06T07:08:09Z", []), ("property", "Finland 2024", []),
        ("property", "Report of 2025", []), ("property", "Confidential", ["confidential"]),
        ("property", "Draft", ["draft"]), ("name", 'Einheit = "in Tausend"', ["× 1000"]),
        ("name", "Figures_pl = Figures!$B$2", []),
    ],
)  # fmt: skip
def test_of_texts_that_the_sheet_does_not_show_words_about_figures_are_asked_about(
    kind: Any, text: str, told: list[str]
) -> None:
    texts, _ = examined(sheet(TABLE), fragments=[TextFragment(kind, "Figures", "", text)])

    assert [own.text for own in texts.listed] == told
    kept = KEPT_WORDS[kind](text)  # after which the file is examined again, for another State
    again, _ = examined(sheet(TABLE), fragments=[TextFragment(kind, "Figures", "", kept)])
    assert again.digest == texts.digest


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("FI_H1_2024.xlsx", True), ("2024 σε χιλιάδες.xlsx", True), ("ei julkaista.xlsx", True),
        ("2024_9μηνο.xlsx", True), ("FI-2024.xlsx", False), ("Copy of FI-2024 (1).xlsx", False),
        ("Poliisi_2024_FINAL_v2.xlsx", False), ("statistics_pl_2024.xlsx", False), ("2025-03-31_FI_2024.xlsx", False),
    ],
)  # fmt: skip
def test_the_name_of_the_file_is_asked_about_if_it_says_what_figures_are(
    name: str, is_asked: bool
) -> None:
    texts, _ = examined_workbook(Workbook(name, "xlsx", (sheet(TABLE),)))

    assert [own.text for own in texts.listed] == [name] * is_asked


def test_a_comment_on_a_sheet_that_is_not_shown_is_put_to_the_sender() -> None:
    hidden = replace(sheet("Text"), name="empact", visible=False)
    texts, _ = examined(
        sheet(TABLE), hidden, fragments=[TextFragment("comment", "empact", "A1", "all of them")]
    )

    assert [own.text for own in texts.listed] == ["all of them"]


def test_a_status_that_says_more_than_its_code_is_put_to_the_sender() -> None:
    table = "Indicator|Value|Status\nICSE_VICTIMS|12|"

    assert [own.text for own in examined(sheet(f"{table}E – not complete"))[0].listed] == [
        "E – not complete"
    ]
    assert examined(sheet(f"{table}E – estimated value"))[0].listed == ()


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("suppressed", True), ("salattu", True), ("c", True), ("no data", True), ("ei tietoa", True),
        ("not applicable", True), ("not collected", True), ("none", False), ("n/a", False),
        ("final", False), ("-", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("table", ["Indicator|Value|Remark\nICSE_VICTIMS|12|{}",
                                   "{}\nIndicator|Value\nICSE_VICTIMS|12"])  # fmt: skip
def test_a_text_that_denies_its_figure_is_asked_about(
    table: str, text: str, is_asked: bool
) -> None:
    """“Suppressed” beside a figure was taken for no remark, and the figure as free."""
    texts, findings = examined(sheet(table.format(text)))

    asked = [one for one in findings if one.severity is not Severity.NOTE]
    assert bool(texts.listed or asked) is is_asked


def test_a_yes_or_no_that_is_read_as_a_status_is_no_question() -> None:
    table = "Indicator|Value|Confidencial\nICSE_VICTIMS|12|sí\nTRAININGS_HELD|3|no"

    assert examined(sheet(table))[0].listed == ()


def test_the_key_of_a_row_with_a_figure_is_no_question() -> None:
    texts, _ = examined(sheet("Indicator|Value|Remark\nICSE_VICTIMS[sex=F]|12|"))

    assert texts.number == 0


def test_a_file_without_figures_has_no_question() -> None:
    assert examined(sheet("Some text\nIndicator|Value|Remark\nICSE_VICTIMS||soon"))[0].number == 0


def examined_book(book: Book, tmp_path: Path) -> Examined:
    content = BytesIO()
    book.save(content)
    path = tmp_path / "FI-2025.xlsx"
    path.write_bytes(content.getvalue())
    contents = read_file(SubmittedFile(path, path.name))
    answer = reader_answers.encode_contents(contents).encode()
    return examined_workbook(open_answer(answer, path.name))


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_our_own_workbook_has_no_question(language: str, tmp_path: Path) -> None:
    book = written(order(language, "2025"))
    values = {"en": "Value 2025", "fi": "Arvo 2025", "el": "Τιμή 2025"}
    fill(book, {"ICSE_VICTIMS": 12, "TRAININGS_HELD": 3}, values[language])
    texts, findings = examined_book(book, tmp_path)

    assert [one for one in findings if one.severity is Severity.ERROR] == []
    assert texts.listed == ()


def test_a_day_in_a_column_that_is_not_read_is_put_to_the_sender() -> None:
    rows = drawn(TABLE)
    days = ("Counted on", datetime(2024, 3, 1), datetime(2024, 3, 1))  # noqa: DTZ001 - as in a cell
    dated = [[*row, day] for row, day in zip(rows, days, strict=True)]
    texts, _ = examined(Sheet("Figures", dated))

    assert ("2024-03-01", "Figures!D2:D3") in {(own.text, own.location) for own in texts.listed}


@pytest.mark.parametrize(
    ("row", "listed"),
    [
        ("ICSE_VICTIMS|2024-06-30|12", ["2024-06-30"]), ("ICSE_VICTIMS|31.12.2024|12", []),
        ("ICSE_VICTIMS|2022|12", ["2022"]), ("ICSE_VICTIMS|2024|12", []),
        ("ICSE_VICTIMS|45292|12", ["45292"]),
        ("LEGAL_INSTRUMENT[component=step;instrument=OPSC]|2012-06-30|in force", []),
    ],
)  # fmt: skip
def test_a_day_beside_a_count_is_put_to_the_sender(row: str, listed: list[str]) -> None:
    texts, _ = examined(sheet(f"Indicator|Date|Value\n{row}"))

    assert [own.text for own in texts.listed] == listed


def test_texts_beyond_those_that_are_looked_at_are_counted() -> None:
    sentences = [
        f"court of {column_letters(number + 20_000)}" for number in range(MOST_LOOKED_AT + 50)
    ]
    table = sheet(TABLE)
    below: list[list[object]] = [[text, None, None] for text in sentences]
    texts, _ = examined(Sheet(table.name, [*table.rows, [None] * 3, *below]))

    assert texts.number == len(sentences)
    assert len(texts.listed) == MOST_KEPT


OWN_TABLE = (
    "Area|Indicator|Period|Sex|Unit|Value\nFI|ICSE_VICTIMS|2024|||12\nFI|TRAININGS_HELD|2024|||3"
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("σε χιλιάδες", "title_with_multiplier"), ("χωρίς Κρήτη", "title_with_limit"),
        ("ΑΠΟΡΡΗΤΟ", "title_with_status"), ("new law", ""),
    ],
)  # fmt: skip
def test_a_footnote_below_an_own_table_counts_in_any_column(text: str, rule: str) -> None:
    table = drawn(OWN_TABLE)
    footnotes: list[list[object]] = [
        [text if own == column else None for own in range(6)] for column in range(5)
    ]
    texts, findings = examined(Sheet("Figures", [*table, *footnotes]))
    asked = {(one.rule, one.cell) for one in findings if one.severity is not Severity.NOTE}
    cells = ["A4", "B5", "C6", "D7", "E8"]

    assert asked == ({(rule, cell) for cell in cells} if rule else set())
    listed = [own.location for own in texts.listed if own.text == text]
    assert rule or listed == ["Figures!A4, B5, C6, D7, E8"]


def test_a_text_below_the_table_of_our_workbook_counts_in_any_column(tmp_path: Path) -> None:
    book = written(order("en", "2025"))
    fill(book, {"ICSE_VICTIMS": 12}, "Value 2025")
    title = next(iter(heading_rows(book)))
    below = book[title].max_row + 2
    cells = [f"{letter}{row}" for row, letter in enumerate("ABCDE", below)]
    for cell in cells:
        book[title][cell] = f"new law ({cell})"
    texts, _ = examined_book(book, tmp_path)

    assert {f"{title}!{cell}" for cell in cells} <= {own.location for own in texts.listed}


@pytest.mark.parametrize("text", ["sample", "Sample figures (invented)"])
def test_the_collection_in_a_workbook_of_ours_says_nothing_of_figures(text: str) -> None:
    """A spreadsheet program keeps both, as a defined name and as the title of the document."""
    assert kept_name(text) == ""
    assert kept_name(f"{text} 2024 in thousands") != ""
