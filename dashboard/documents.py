"""The guides and the other documents of `docs`, as Markdown whose links lead to pages.

A document is in English, unless the folder beside it that is named by a language has it too: the
Finnish `guides/analyst` is `docs/guides/fi/analyst.md`.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from posixpath import normpath

from metrics.core.errors import DefinitionError, UnknownNameError
from metrics.messages import ENGLISH, OFFICIAL_LANGUAGES

DOCUMENTS = Path(__file__).parents[1] / "docs"
GUIDES = "guides"  # the folder of one page per role
PICTURE_PATH = "/documents/"  # the address of a picture, before its place in the folder
TITLE = "# "
ANCHOR = "#"
SECTION = "section-"  # before the anchors of headings, as a page has names of its own
HEADING = re.compile(r"#{2,6} (?P<words>.+)")
NAMED_ANCHOR = re.compile(r'<a id="(?P<name>[\w-]+)"></a>')
CODE_BLOCK = "```"
LINK = re.compile(r"(?P<picture>!?)\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")

Address = Callable[[str], str]  # the address of the page that shows a document


@dataclass(frozen=True)
class ProjectDocument:
    """A document under its name, `guides/analyst`: the title, and the text below it."""

    name: str
    title: str
    body: str
    language: str = ENGLISH

    @property
    def sections(self) -> list["DocumentSection"]:
        """What is above the first heading, and what is under each heading or anchor."""
        sections, is_code = [DocumentSection("", [])], False
        taken: Counter[str] = Counter()
        for line in self.body.splitlines():
            is_code ^= line.startswith(CODE_BLOCK)
            if not is_code and (named := NAMED_ANCHOR.fullmatch(line)):
                sections.append(DocumentSection(SECTION + named["name"], []))
                continue
            if not is_code and (heading := HEADING.fullmatch(line)):
                anchor = heading_anchor(heading["words"])
                again = f"-{taken[anchor]}" if taken[anchor] else ""
                taken[anchor] += 1
                sections.append(DocumentSection(anchor + again, []))
            sections[-1].lines.append(line)
        return sections


@dataclass(frozen=True)
class DocumentSection:
    """A heading and what is under it; links lead to its anchor."""

    anchor: str
    lines: list[str]

    @property
    def body(self) -> str:
        return "\n".join(self.lines)


def heading_anchor(words: str) -> str:
    """The anchor of a heading, as GitHub makes it: `Moved baselines` → `moved-baselines`."""
    plain = LINK.sub(lambda link: link["words"], words).casefold()
    return SECTION + re.sub(r"[^\w\- ]", "", plain).strip().replace(" ", "-")


def document_names() -> tuple[str, ...]:
    """Every document by its place in the folder, the guides first; translations do not count."""
    return documents_in(DOCUMENTS)


@cache
def documents_in(folder: Path) -> tuple[str, ...]:
    """Read once: documents are installed with the program."""
    paths = [path.relative_to(folder).with_suffix("") for path in folder.rglob("*.md")]
    names = [path.as_posix() for path in paths if path.parent.name not in OFFICIAL_LANGUAGES]
    return tuple(sorted(names, key=lambda name: (not is_guide(name), name)))


def language_of_document(name: str, language: str) -> str:
    """The language in which a reader of a language finds a document."""
    return language if (DOCUMENTS / f"{translated_name(name, language)}.md").is_file() else ENGLISH


def translated_name(name: str, language: str) -> str:
    """`guides/fi/analyst` for `guides/analyst` in Finnish."""
    path = PurePosixPath(name)
    return str(path if language == ENGLISH else path.parent / language / path.name)


def untranslated_name(name: str) -> str:
    """`guides/analyst` for `guides/fi/analyst`."""
    path = PurePosixPath(name)
    is_translation = path.parent.name in OFFICIAL_LANGUAGES
    return str(path.parent.parent / path.name if is_translation else path)


def is_guide(name: str) -> bool:
    return name.startswith(f"{GUIDES}/")


def read_document(name: str, address: Address, language: str = ENGLISH) -> ProjectDocument:
    """Read a document whose links to other documents lead to the addresses of their pages.

    It is in English where it is not translated. DefinitionError names a document that is not in
    UTF-8.
    """
    if name not in document_names():
        raise UnknownNameError.with_hint("a_document", name, document_names())
    found = language_of_document(name, language)
    file = translated_name(name, found)
    try:
        title, _, body = (DOCUMENTS / f"{file}.md").read_text(encoding="utf-8").partition("\n")
    except UnicodeDecodeError as wrong:
        raise DefinitionError("not_in_utf8", file=f"docs/{file}.md") from wrong
    title = title.removeprefix(TITLE)
    return ProjectDocument(name, title, redirect_links(body, file, address), found)


def redirect_links(body: str, name: str, address: Address) -> str:
    """Replace the targets of links; one that no page shows leaves its words."""

    def redirect(link: re.Match[str]) -> str:
        target = page_target(link["target"], name, address)
        return f"{link['picture']}[{link['words']}]({target})" if target else link["words"]

    return LINK.sub(redirect, body)


def page_target(target: str, name: str, address: Address) -> str:
    """The address of what a document of this name links to; empty where no page shows it."""
    if "://" in target:
        return target
    file, _, heading = target.partition(ANCHOR)
    anchor = f"{ANCHOR}{SECTION}{heading}" if heading else ""
    if not file:
        return anchor
    path = PurePosixPath(normpath(PurePosixPath(name).parent / file))
    if path.suffix == ".png":
        return f"{PICTURE_PATH}{path}"
    linked = untranslated_name(str(path).removesuffix(".md"))
    is_known = path.suffix and linked in document_names()
    return address(linked) + anchor if is_known else ""
