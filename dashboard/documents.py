"""The guides and the other documents of `docs`, as Markdown whose links lead to pages."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath

from metrics.core.errors import UnknownNameError

DOCUMENTS = Path(__file__).parents[1] / "docs"
GUIDES = "guides"  # the folder of one page per role
PICTURE_PATH = "/documents/"  # the address of a picture, before its place in the folder
TITLE = "# "
LINK = re.compile(r"(?P<picture>!?)\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)\)")

Address = Callable[[str], str]  # the address of the page that shows a document


@dataclass(frozen=True)
class ProjectDocument:
    """A document under its name, `guides/analyst`: the title, and the text below it."""

    name: str
    title: str
    body: str


def document_names() -> tuple[str, ...]:
    """Every document by its place in the folder, the guides first."""
    paths = [path.relative_to(DOCUMENTS).with_suffix("") for path in DOCUMENTS.rglob("*.md")]
    names = [path.as_posix() for path in paths]
    return tuple(sorted(names, key=lambda name: (not is_guide(name), name)))


def is_guide(name: str) -> bool:
    return name.startswith(f"{GUIDES}/")


def read_document(name: str, address: Address) -> ProjectDocument:
    """Read a document whose links to other documents lead to the addresses of their pages."""
    if name not in document_names():
        raise UnknownNameError.with_hint("a_document", name, document_names())
    title, _, body = (DOCUMENTS / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    return ProjectDocument(name, title.removeprefix(TITLE), redirect_links(body, name, address))


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
    path = PurePosixPath(normpath(PurePosixPath(name).parent / target.partition("#")[0]))
    if path.suffix == ".png":
        return f"{PICTURE_PATH}{path}"
    linked = str(path).removesuffix(".md")
    return address(linked) if path.suffix and linked in document_names() else ""
