"""Register and load pages so that a page that fails does not break the others."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import dash
from dash import html
from flask import g, has_request_context, request

from dashboard import data
from dashboard.components.failure import failure_notice
from dashboard.components.frame import frame, page_words, without_unknown
from dashboard.context import PageContext, bare_context, resolve_context
from dashboard.dash_internals import CALLBACK_PATH, NOT_FOUND, ROUTED_SEARCH
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.language_spans import composing_in
from metrics.core.crash_reports import report_unexpected
from metrics.core.error_origins import name_faulty_part
from metrics.core.errors import DefinitionError, MetricsError

REGISTER: Any = dash.register_page  # Dash declares no types for it
PAGE_FAILED = "page_failed"  # of a request: that its page shows a report of a failure
SUBJECT_MISSING = "subject_missing"  # of a request: that what its address asks for does not exist
LAST = 90  # menu position of a page that could not be imported

Layout = Callable[..., html.Div | None]
PageTitle = Callable[[PageContext], str]  # what a page shows, for the title of the document


def register_page(  # noqa: PLR0913 - each is named where it is given
    module: str,
    path: str,
    order: int,
    *,
    in_menu: bool = True,
    title: PageTitle | None = None,
    is_kept: bool = False,
    needs_dash: bool = False,
    slides: Sequence[str] = (),
) -> None:
    """Register a page and its menu entry; its words are under `<name>.title` and `<name>.menu`.

    Without a title of its own, a page is called after its words and the choices in the address.
    The document of a page that `is_kept` depends on nothing but address, release, catalogue and
    language, and is laid out once for them. A page that `needs_dash` has callbacks. `slides` names
    the kinds of slides that can show the page, the usual one first.
    """
    name = page_name(module)
    others = [other for other, page in dash.page_registry.items() if page["path"] == path]
    if others and others != [module]:
        raise DefinitionError("same_address", address=path, page=others[0], name=name)
    served = {"is_kept": is_kept, "needs_dash": needs_dash, "slides": slides}
    menu = {"menu": name} if in_menu else {}
    REGISTER(module, path=path, order=order, title=title_function(name, title), **menu, **served)


def register_not_found(module: str) -> None:
    """Register the page for unknown addresses; Dash knows it by its module's name."""
    title, served = title_function("not_found"), {"is_kept": False, "needs_dash": False}
    REGISTER(module, path="/404", order=LAST + 1, title=title, **served)


def load_pages(package: ModuleType) -> None:
    """Import every page of a package; in place of one that fails, show the error report's name."""
    modules = [f"{package.__name__}.{info.name}" for info in iter_modules(package.__path__)]
    layouts = {module: import_layout(module) for module in modules}
    for module, layout in layouts.items():
        if module not in dash.page_registry:
            register_page(module, unused_address(f"/{page_name(module)}"), LAST)
        registered = dash.page_registry[module]
        registered["layout"] = guarded_layout(registered["path"], layout)


def import_layout(module: str) -> Layout:
    """The layout of a page; in its place, if it cannot be imported, one that raises the error."""
    try:
        with report_unexpected(data.home()):
            layout: Layout = import_module(module).layout
    except MetricsError as error:
        return failed_layout(module, error)
    return layout


def unused_address(path: str) -> str:
    """The path, or one like it where another page has taken it."""
    taken = {page["path"] for page in dash.page_registry.values()}
    return path if path not in taken else unused_address(f"{path}_")


def failed_layout(module: str, error: MetricsError) -> Layout:
    """Make a layout that raises the import error whenever the page is requested."""

    def layout(**_query: str) -> html.Div:
        raise error

    layout.__name__ = module
    return layout


def guarded_layout(path: str, layout: Layout) -> Callable[..., html.Div]:
    """Wrap a layout: if it fails or returns nothing, show a sentence within the frame."""

    def guarded(**query: str) -> html.Div:
        try:
            with report_unexpected(data.home()), name_faulty_part(f"page {path}"):
                with composing_in(texts(View.from_query(query).lang).language):
                    drawn = layout(**query)
                if drawn is None:
                    raise TypeError("a layout returns a component, and not None")
                return drawn
        except (MetricsError, OSError) as error:
            context = bare_context(View.from_query(query))
            if has_request_context():
                g.setdefault(PAGE_FAILED, default=True)
            return frame(path, context, [failure_notice(error, path, context)])

    return guarded


def answer_as_missing() -> None:
    """Let the document be answered with 404: the page has nothing of what the address asks for."""
    if has_request_context():
        g.setdefault(SUBJECT_MISSING, default=True)


def is_page(path: str) -> bool:
    """Whether an address is that of a registered page."""
    return page_at(path) is not None


def page_at(path: str) -> Mapping[str, Any] | None:
    """What is registered of the page at an address."""
    found: Iterator[Mapping[str, Any]] = (
        registered
        for module, registered in dash.page_registry.items()
        if page_name(module) != NOT_FOUND and registered["path"].strip("/") == path.strip("/")
    )
    return next(found, None)


def not_found_page() -> Mapping[str, Any]:
    """What is registered of the page for unknown addresses."""
    page: Mapping[str, Any]
    (page,) = (registered for module, registered in dash.page_registry.items()
               if page_name(module) == NOT_FOUND)  # fmt: skip
    return page


def page_name(module: str) -> str:
    return module.rpartition(".")[2]


def title_function(page: str, page_title: PageTitle | None = None) -> Callable[..., str]:
    def title(**_: str) -> str:
        view = View.parse(search_of_request())
        try:
            return document_title(page, resolve_context(view), page_title)
        except (MetricsError, OSError):
            return document_title(page, bare_context(view))

    return title


def document_title(page: str, context: PageContext, page_title: PageTitle | None = None) -> str:
    """`Scoreboard: Finland · EMPACT metrics · Sample figures (invented)`."""
    text = context.text
    title = page_title(context) if page_title else title_of_choices(page, context)
    is_pinned = context.view.release in context.labels and context.view.release != context.current
    release = [text("note.release", release=context.view.release)] if is_pinned else []
    invented = [text("note.invented")] if context.is_invented else []
    return " · ".join([title, *release, text("frame.product"), *invented])


def title_of_choices(page: str, context: PageContext) -> str:
    """The words of a page, with the choices in the address: `Scoreboard: Finland, Behind`."""
    text, view = context.text, without_unknown(context).view
    framework = context.definitions.frameworks.get(view.framework)
    names = [
        framework.name(text.language) if framework else "",
        text.code("area", view.area) if view.area else "",
        text(f"status.{view.status}") if view.status else "",
        view.round,
        f"“{view.q}”" if view.q else "",
    ]
    chosen = ", ".join(filter(None, names))
    words = page_words(page, "title", text)
    return f"{words}: {chosen}" if chosen else words


def search_of_request() -> str:
    """The query string: of the document's URL, or as the browser's router sends it."""
    if not has_request_context():
        return ""
    if request.path == CALLBACK_PATH:
        return str(dash.ctx.inputs.get(ROUTED_SEARCH) or "")
    return request.query_string.decode()
