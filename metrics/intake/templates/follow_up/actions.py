"""The sheet of actions: the declaration form of the Global Alliance, one action a row."""

from collections.abc import Mapping

from metrics.catalogue.codelists import codelist
from metrics.intake.templates.follow_up.book import Book, Page, height

HEADER = 3
ROWS = 80
WIDTHS = {
    "policy_target": 36, "goals": 40, "status": 24, "description": 64, "timeframe": 20,
    "progress": 36, "partner": 28,
}  # fmt: skip
LISTS = {"status": "action_status", "progress": "progress"}


def add_actions(book: Book) -> None:
    sheet = book.sheet(book.words["sheets"]["actions"])
    sheet.write(0, 0, book.words["words"]["actions_title"], book.style("title"))
    sheet.set_row(HEADER, 32)
    earlier = _earlier(book)
    last = HEADER + max(ROWS, len(earlier) + ROWS // 2)
    for number, (name, width) in enumerate(WIDTHS.items()):
        sheet.set_column(number, number, width)
        sheet.write(HEADER, number, book.words["actions"][name], book.style("header"))
        for row in range(HEADER + 1, last + 1):
            sheet.write_blank(row, number, None, book.style("open"))
        sheet.data_validation(HEADER + 1, number, last, number, _rule(book, name))
    _prefill(book, sheet, earlier)
    sheet.freeze_panes(HEADER + 1, 0)
    sheet.repeat_rows(HEADER)


def _prefill(book: Book, sheet: Page, earlier: list[Mapping[str, str]]) -> None:
    for row, action in enumerate(earlier, start=HEADER + 1):
        texts = [_shown(book, name, action[name]) for name in WIDTHS]
        sheet.set_row(row, height(zip(texts, WIDTHS.values(), strict=True)))
        for number, text in enumerate(texts):
            sheet.write_string(row, number, text, book.style("open"))


def _earlier(book: Book) -> list[Mapping[str, str]]:
    """What the state has declared before, to be followed up."""
    actions = book.order.actions
    if actions is None:
        return []
    own = actions[actions["area"] == book.order.area]
    return [{name: str(row[name]) for name in WIDTHS} for row in own.to_dict("records")]


def _shown(book: Book, name: str, text: str) -> str:
    known = codelist(LISTS[name]) if name in LISTS else {}
    if name == "policy_target":
        return _targets(book).get(text, text)
    return known[text].name(book.order.language) if text in known else text


def _rule(book: Book, name: str) -> dict[str, object]:
    said = book.words["messages"]
    if name == "policy_target":
        return book.chosen_from([*_targets(book).values()])
    if name == "goals":
        # Several goals may be named, so the list only helps.
        return book.chosen_from(_goals(book), "goals") | {"error_type": "information"}
    if name == "status":
        return book.chosen_from(_names(book, name))
    if name == "progress":
        return book.chosen_from(_names(book, name)) | {"error_type": "information"}
    title = book.words["actions"][name]
    return {"validate": "any", "input_title": title, "input_message": said["description"]}


def _names(book: Book, name: str) -> list[str]:
    return [code.name(book.order.language) for code in codelist(LISTS[name]).values()]


def _targets(book: Book) -> dict[str, str]:
    language = book.order.language
    return {
        target.code: f"{target.code} – {target.name(language)}"
        for framework in book.order.frameworks.values()
        for target in framework.policy_targets
    } | {
        framework.code: f"{framework.code} – {framework.name(language)}"
        for framework in book.order.frameworks.values()
        if not framework.policy_targets
    }


def _goals(book: Book) -> list[str]:
    goals = [goal for goal in book.order.goals.values() if goal.actions]
    return [f"{goal.code} – {goal.name(book.order.language)}" for goal in goals]
