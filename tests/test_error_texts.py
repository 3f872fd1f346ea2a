"""Every error is a key of the messages with its parameters; a reader gets a sentence of their own."""

import ast
import csv
import pickle
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from metrics.core import errors
from metrics.core.errors import (
    DefinitionError,
    KeyedText,
    MetricsError,
    SubmissionError,
    UnknownNameError,
    UnreadableError,
    fault_at,
    unknown_name,
)
from metrics.intake.formats import file_formats
from metrics.messages import languages, messages
from metrics.messages.error_texts import error_text, full_sentence, refusal_text
from metrics.messages.po_files import placeholders

ROOT = Path(__file__).parents[1]
TREES = {
    path: ast.parse(path.read_bytes())
    for package in ("metrics", "dashboard")
    for path in sorted((ROOT / package).rglob("*.py"))
}
OTHERS = [language for language in languages() if language != "en"]
SENTENCES: Mapping[str, str] = messages("en", "refusals")["sentences"]
NOTES: Mapping[str, str] = messages("en", "commands")["publication"]
PHRASES: Mapping[str, str] = messages("en", "refusals")["phrases"]
ADDED_LATER = {"file"}  # by whoever knows its name


class Raised(NamedTuple):
    """An error or a phrase as the source makes it: where, with which key and parameters."""

    location: str
    key: ast.expr
    parameters: tuple[str | None, ...]

    def __str__(self) -> str:
        return f"{self.location}: {ast.unparse(self.key)}"


CLASSES = {
    node.name: (path, node)
    for path, tree in TREES.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.ClassDef)
}


def error_classes() -> set[str]:
    """The names of all errors that are shown to a reader."""
    bases = {name: {*map(ast.unparse, node.bases)} for name, (_, node) in CLASSES.items()}
    found = {"MetricsError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def makes_its_text(node: ast.ClassDef) -> bool:
    return any(isinstance(own, ast.FunctionDef) and own.name == "__init__" for own in node.body)


ERRORS = error_classes()
# They are made of something else, and give their key and parameters to their base.
OF_ONE_TEXT = {name for name in ERRORS - {"MetricsError"} if makes_its_text(CLASSES[name][1])}


def calls_within(path: Path, tree: ast.AST, names: Collection[str]) -> Iterator[Raised]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in names and node.args:
            location = f"{path.relative_to(ROOT)}:{node.lineno}"
            keywords = tuple(keyword.arg for keyword in node.keywords)
            yield Raised(location, node.args[0], keywords)


def calls_of(*names: str) -> Iterator[Raised]:
    for path, tree in TREES.items():
        yield from calls_within(path, tree, names)


def raised_errors() -> Iterator[Raised]:
    yield from calls_of(*(ERRORS - OF_ONE_TEXT))
    for name in sorted(OF_ONE_TEXT):
        yield from calls_within(*CLASSES[name], {"super().__init__"})


def named_phrases() -> Iterator[Raised]:
    return calls_of("KeyedText", "KeyedText.filled")


def constant(key: ast.expr) -> str:
    assert isinstance(key, ast.Constant), "an f-string, or another computed text"
    return str(key.value)


def missing(raised: Raised, texts: Mapping[str, str]) -> set[str]:
    """The placeholders of the text that the source does not fill."""
    return placeholders(texts[constant(raised.key)]) - {*raised.parameters} - ADDED_LATER


def test_every_error_is_raised_with_a_key_and_all_parameters() -> None:
    """A key that is computed is a name, never a text that is put together here."""
    for raised in raised_errors():
        if not isinstance(raised.key, (ast.Name, ast.Attribute)):
            assert constant(raised.key) in SENTENCES, raised
            assert None in raised.parameters or not missing(raised, SENTENCES), raised


def test_work_in_a_process_of_its_own_names_its_refusal() -> None:
    refusals = [ast.literal_eval(keyword.value) for tree in TREES.values()
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "OneAtATime"
                for keyword in node.keywords if keyword.arg == "refusal"]  # fmt: skip

    assert len(refusals) > 2
    assert {*refusals} <= SENTENCES.keys()


@pytest.mark.parametrize("raised", [*named_phrases()], ids=str)
def test_a_phrase_has_a_key_and_all_parameters(raised: Raised) -> None:
    if isinstance(raised.key, ast.Constant):
        known = next(
            texts for texts in (SENTENCES, PHRASES, NOTES) if constant(raised.key) in texts
        )
        assert None in raised.parameters or not missing(raised, known)


def test_names_of_kinds_and_damages_are_phrases() -> None:
    kinds = {raised.key for raised in calls_of("UnknownNameError.with_hint")}
    damages = {raised.key for raised in calls_of("damage_error")}

    named = {kind.value for kind in kinds if isinstance(kind, ast.Constant)}
    assert len(named) > 8
    assert named <= PHRASES.keys()
    reasons = {
        f"damage_{constant(reason)}" for reason in damages if isinstance(reason, ast.Constant)
    }
    assert reasons == {key for key in PHRASES if key.startswith("damage_")}


def test_no_text_of_an_error_is_left_over() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in TREES)
    sources += (ROOT / "metrics/intake/formats/refused.csv").read_text(encoding="utf-8")
    words = {*re.findall(r"\w+", sources)}
    composed = {f"kind_{file_format.name}" for file_format in file_formats()}

    unused = (SENTENCES.keys() | PHRASES.keys()) - words - composed
    assert {key for key in unused if not key.startswith("damage_")} == set()


def test_kinds_that_are_not_read_are_phrases() -> None:
    with (ROOT / "metrics/intake/formats/refused.csv").open(encoding="utf-8", newline="") as table:
        rows = [*csv.DictReader(table)]

    assert len(rows) > 20
    assert {row[name] for row in rows for name in ("kind", "way_out")} <= PHRASES.keys()
    assert {f"kind_{file_format.name}" for file_format in file_formats()} <= PHRASES.keys()


def values_of(text: str) -> dict[str, int]:
    return dict.fromkeys(placeholders(text), 7)


@pytest.mark.parametrize("language", OTHERS)
def test_no_reader_of_another_language_gets_an_english_sentence(language: str) -> None:
    with_words = {
        key: sentence
        for key, sentence in SENTENCES.items()
        if re.search(r"[^\W\d_]", re.sub(r"\{[^}]*\}", "", sentence))
    }
    for key, sentence in with_words.items():
        text = KeyedText(key, values_of(sentence))
        said = refusal_text(text, language)

        assert said != refusal_text(text), key
        english = {"the", "is", "not", "which", "was", "send", "with", "of"} & {*said.split()}
        assert not english, key
        assert said.count("7") >= len(text.parameters), key


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "a.csv has more than 2,000,000 cells with content; send it in parts"),
        ("fi", "a.csv: täytettyjä soluja on yli 2\xa0000\xa0000; lähetä se osina"),
        ("el", "το a.csv έχει πάνω από 2\xa0000\xa0000 συμπληρωμένα κελιά· στείλτε το σε μέρη"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_reader_writes_them(language: str, sentence: str) -> None:
    error = UnreadableError("many_cells", cells=2_000_000).naming("a.csv")

    assert error_text(error, language) == sentence


@pytest.mark.parametrize(
    ("number", "language", "sentence"),
    [
        (1, "en", "1 file waits before this one"),
        (3, "en", "3 files wait before this one"),
        (1, "fi", "1 tiedosto odottaa ennen tätä"),
        (3, "el", "3 αρχεία περιμένουν πριν από αυτό"),
    ],
)
def test_a_sentence_has_the_form_beside_its_number(
    number: int, language: str, sentence: str
) -> None:
    assert error_text(SubmissionError("waiting", n=number), language) == sentence


def test_a_phrase_within_a_sentence_is_in_its_language() -> None:
    error = UnknownNameError.with_hint("a_round_of_any", "2031", ["2024", "2025"])

    assert error_text(error, "fi") == (
        "”2031” ei ole minkään tiedonkeruun kierros; vaihtoehdot: 2024, 2025"
    )
    assert str(error) == "“2031” is not a round of any collection; there are 2024, 2025"


@pytest.mark.parametrize("language", languages())
def test_a_sentence_that_stands_alone_begins_with_a_capital_and_ends_once(language: str) -> None:
    """Also where a phrase comes first in one language and not in another."""
    phrase = KeyedText("the_file")
    texts = [
        KeyedText(key, dict.fromkeys(placeholders(str(template)), phrase))
        for key, template in SENTENCES.items()
    ]

    faulty = [
        sentence
        for sentence in (full_sentence(text, language) for text in texts)
        if sentence[0].islower() or re.search(r"[.?!;]\.$", sentence)
    ]

    assert len(texts) >= 100
    assert faulty == []
    named = full_sentence(KeyedText.filled("empty", file="a.xlsx"), language)
    assert named.removeprefix("Το ").startswith("a.xlsx")


@pytest.mark.parametrize("language", languages())
def test_every_text_that_is_a_sentence_begins_with_a_capital(language: str) -> None:
    """Errors are clauses after `empact:`, and become sentences on pages: see above."""
    sentences = [
        text
        for section in ("interface", "findings", "reasons", "workbook")
        for text in texts_within(messages(language, section))
        if re.search(r"[.!?]$", text)
    ]

    assert len(sentences) > 1000
    assert [text for text in sentences if text[0].islower()] == []


def texts_within(section: object) -> Iterator[str]:
    """The texts of a section, however deep they are."""
    if isinstance(section, Mapping):
        for part in section.values():
            yield from texts_within(part)
    else:
        yield str(section)


def test_an_error_passes_to_another_process_and_through_json() -> None:
    phrase = KeyedText.filled("own_part", name="xl/workbook.xml")
    error = UnreadableError("large_part", megabytes=16, part=phrase)

    passed = pickle.loads(pickle.dumps(error))

    assert passed.text == error.text == KeyedText.from_json(error.text.as_json())
    assert str(passed) == str(error)


@pytest.mark.parametrize("content", [None, "a sentence", {"key": "empty"}, {"key": 1}, [],
                                     {"key": "empty", "parameters": {"a": None}}])  # fmt: skip
def test_what_is_no_text_is_refused(content: object) -> None:
    with pytest.raises(ValueError, match="neither a key nor parameters"):
        KeyedText.from_json(content)


def test_each_fault_of_a_definition_is_a_line_in_the_language_of_the_reader() -> None:
    names = [KeyedText.filled("a_language_of", document="GA-1"), KeyedText("an_indicator")]
    error = DefinitionError.of_faults(
        fault_at("goals/A.yaml: official", unknown_name(kind, "icse", ["ICSE_USERS"]))
        for kind in names
    )

    assert error_text(error, "fi").splitlines() == [
        "goals/A.yaml: official: ”icse” ei ole asiakirjan GA-1 kieli; vaihtoehdot: ICSE_USERS",
        "goals/A.yaml: official: ”icse” ei ole indikaattori; vaihtoehdot: ICSE_USERS",
    ]
    assert str(error).startswith("goals/A.yaml: official: “icse” is not a language of GA-1; there")
    assert pickle.loads(pickle.dumps(error)).faults == error.faults


def test_all_errors_have_one_base() -> None:
    assert {name for name in vars(errors) if name.endswith("Error")} == {
        *("MetricsError", "UnreadableError", "SubmissionError", "SupersededError"),
        *("DefinitionError", "DisclosureError", "UnknownNameError"),
    }
    assert {"QuotaError", "LedgerError", "UnforeseenError"} <= ERRORS
    assert issubclass(UnreadableError, MetricsError)
