"""The sheet of actions: the Global Alliance's declaration form, one action per row."""

from collections.abc import Mapping

from metrics.catalogue.codelists import codelist
from metrics.intake.templates.follow_up.book import Book, Page, row_height

HEADER = 3
EMPTY_ROWS = 80
ACTION_WIDTHS = {
    "policy_target": 36, "goals": 40, "status": 24, "description": 64, "timeframe": 20,
    "progress": 36, "partner": 28, "theme": 28,
}  # fmt: skip
CODE_LIST_OF_COLUMN = {"status": "action_status", "progress": "progress", "theme": "theme"}


def add_actions(book: Book) -> None:
    sheet = book.add_sheet(book.words["sheets"]["actions"])
    book.write_title(sheet, book.words["words"]["actions_title"])
    book.write_scope(sheet, 1)
    sheet.set_row(HEADER, 32)
    previous = _previous_actions(book)
    last = HEADER + max(EMPTY_ROWS, len(previous) + EMPTY_ROWS // 2)
    for number, (name, width) in enumerate(ACTION_WIDTHS.items()):
        sheet.set_column(number, number, width)
        sheet.write(HEADER, number, book.words["actions"][name], book.style("header"))
        book.remember_heading("actions", name)
        for row in range(HEADER + 1, last + 1):
            sheet.write_blank(row, number, None, book.style("open"))
        sheet.data_validation(HEADER + 1, number, last, number, _validation(book, name))
    _prefill(book, sheet, previous)
    sheet.freeze_panes(HEADER + 1, 0)
    sheet.repeat_rows(HEADER)


def _prefill(book: Book, sheet: Page, actions: list[Mapping[str, str]]) -> None:
    for row, action in enumerate(actions, start=HEADER + 1):
        texts = [_cell_text(book, name, action[name]) for name in ACTION_WIDTHS]
        sheet.set_row(row, row_height(zip(texts, ACTION_WIDTHS.values(), strict=True)))
        for number, text in enumerate(texts):
            sheet.write_string(row, number, text, book.style("open"))


def _previous_actions(book: Book) -> list[Mapping[str, str]]:
    """The actions that the State declared before, to be followed up."""
    actions = book.request.actions
    if actions is None:
        return []
    own = actions[actions["area"] == book.request.area]
    return [{name: str(row[name]) for name in ACTION_WIDTHS} for row in own.to_dict("records")]


def _cell_text(book: Book, name: str, text: str) -> str:
    if name == "policy_target":
        return _target_choices(book).get(text, text)
    known = codelist(CODE_LIST_OF_COLUMN[name]) if name in CODE_LIST_OF_COLUMN else {}
    return known[text].name(book.request.language) if text in known else text


def _validation(book: Book, name: str) -> dict[str, object]:
    if name == "policy_target":
        return book.choice_validation([*_target_choices(book).values()])
    if name == "goals":
        # Several goals may be named, so the list is not enforced.
        return book.choice_validation(_goal_choices(book), "goals") | {"error_type": "information"}
    if name == "status":
        return book.choice_validation(_code_names(book, name))
    if name in {"progress", "theme"}:
        return book.choice_validation(_code_names(book, name)) | {"error_type": "information"}
    title, message = book.words["actions"][name], book.words["messages"]["description"]
    book.remember("prompt", title, message)
    return {"validate": "any", "input_title": title, "input_message": message}


def _code_names(book: Book, name: str) -> list[str]:
    codes = codelist(CODE_LIST_OF_COLUMN[name]).values()
    return [code.name(book.request.language) for code in codes]


def _target_choices(book: Book) -> dict[str, str]:
    """Policy targets by code, and the frameworks without policy targets."""
    language = book.request.language
    frameworks = book.request.frameworks.values()
    names = {
        target.code: target.name for framework in frameworks for target in framework.policy_targets
    } | {framework.code: framework.name for framework in frameworks if not framework.policy_targets}
    return {code: f"{code} – {name(language)}" for code, name in names.items()}


def _goal_choices(book: Book) -> list[str]:
    goals = [goal for goal in book.request.goals.values() if goal.actions]
    return [f"{goal.code} – {goal.name(book.request.language)}" for goal in goals]
