"""The English documents are written in short sentences and usual words."""

import ast
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tokenize import COMMENT, generate_tokens

import pytest

from metrics.messages import OFFICIAL_LANGUAGES
from tests.unusual_words import UNUSUAL

ROOT = Path(__file__).parents[1]
GENERATED = {"catalogue", "rules", "what-a-rise-means"}
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *(
        path
        for path in (ROOT / "docs").rglob("*.md")
        if path.stem not in GENERATED and path.parent.name not in OFFICIAL_LANGUAGES
    ),
]
MOST_WORDS = 35
BLOCK = re.compile(r"```.*?```", re.DOTALL)
CODE = re.compile(r"`[^`]+`")
LINK = re.compile(r"\]\([^)]*\)|<https?://[^>]*>")
PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*|]|\d+\.) ?)")
SENTENCE = re.compile(r"(?<=[.;:!?|])[*_\"”)]*\s+")


def sentences(document: Path) -> Iterator[str]:
    text = LINK.sub("]", BLOCK.sub("", document.read_text("utf-8")))
    for paragraph in PARAGRAPH.split(text):
        yield from SENTENCE.split(" ".join(paragraph.split()))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_sentences_are_short_and_in_usual_words(document: Path) -> None:
    long = [
        one
        for one in sentences(document)
        if len(re.findall(r"`[^`]+`|[^\W_]\S*", one)) > MOST_WORDS
    ]
    unusual = [one for one in sentences(document) if UNUSUAL.search(CODE.sub("", one))]

    assert (long, unusual) == ([], [])


def test_docstrings_and_comments_have_no_unusual_words() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {words}"
        for package in ("metrics", "dashboard", "bench", "tests")
        for path in (ROOT / package).rglob("*.py")
        if UNUSUAL.search(source := path.read_text("utf-8"))
        for words in prose_of(source)
        if UNUSUAL.search(CODE.sub("", words))
    ]

    assert found == []


def prose_of(source: str) -> Iterator[str]:
    for token in generate_tokens(StringIO(source).readline):
        if token.type == COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""
