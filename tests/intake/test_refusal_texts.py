"""Why a file cannot be read, in the language of whoever sent it."""

import ast
import csv
from pathlib import Path

import pytest

from metrics.intake import formats
from metrics.intake.formats import file_formats, recommended_suffixes
from metrics.intake.limited_process import ANNOTATION, EXAMINATION, _too_large, _too_slow
from metrics.intake.refusal_texts import translate_refusal
from metrics.messages import languages

INTAKE = Path(formats.__file__).parents[1]
OTHERS = [language for language in languages() if language != "en"]
PASSED_ON = {"{file} {error}", "{printable_name(file)} {error}"}  # sentences of another place


def raised_sentences() -> list[str]:
    """The sentence of each place that refuses a file, with a number for each of its values."""
    calls = (
        node
        for path in sorted(INTAKE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "UnreadableError"
    )
    return [text for call in calls for text in map(literal_text, call.args) if text]


LIMITS_REACHED = [
    "needs more than 7 MB of memory to read; remove what is not needed, or send it in parts",
    *(
        str(sentence(limits))
        for sentence in (_too_slow, _too_large)
        for limits in (EXAMINATION, ANNOTATION)
    ),
]


def literal_text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    if ast.unparse(node)[2:-1] in PASSED_ON:
        return ""
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values
    )


def refused_kinds() -> list[str]:
    """A sentence for each kind of file that is recognised and not read."""
    with (INTAKE / "formats" / "refused.csv").open(encoding="utf-8", newline="") as table:
        rows = [*csv.DictReader(table)]
    return [
        f"is {row['what']}, which is not read; {row['way_out'].format(readable=recommended_suffixes())}"
        for row in rows
    ]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    "sentence", sorted({*raised_sentences(), *refused_kinds(), *LIMITS_REACHED})
)
def test_every_refusal_has_a_sentence_in_every_language(sentence: str, language: str) -> None:
    english = f"figures.xlsx {sentence.replace('save it as 7', 'save it as .xlsx')}"

    said = translate_refusal(english, language)

    assert said != english
    assert "figures.xlsx" in said
    assert not {"the", "is", "which", "open", "send", "with"} & {*said.split()}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("title", [file_format.title for file_format in file_formats()])
def test_the_formats_are_named_in_every_language(title: str, language: str) -> None:
    english = f"a.csv is {title} by its content, not .csv as its name says; rename it to .xlsx"

    assert title not in translate_refusal(english, language)


@pytest.mark.parametrize(
    ("sentence", "language", "said"),
    [
        ("a.xls is an old Excel workbook (.xls), which is not read; open it and save it as .xlsx",
         "fi", "a.xls on vanha Excel-työkirja (.xls), jota ei lueta; avaa se ja tallenna muodossa .xlsx"),
        ("a.csv is empty; was it saved and sent completely?",
         "el", "Το a.csv είναι κενό· αποθηκεύτηκε και στάλθηκε ολόκληρο;"),
        ("a is empty; was it saved and sent completely?", "en", "a is empty; was it saved and sent completely?"),
        ("somebody else's sentence", "fi", "somebody else's sentence"),
    ],
)  # fmt: skip
def test_a_refusal_is_said_in_the_language_of_the_reader(
    sentence: str, language: str, said: str
) -> None:
    assert translate_refusal(sentence, language) == said
