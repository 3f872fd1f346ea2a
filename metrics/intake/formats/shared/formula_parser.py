"""Parse the formulas of spreadsheets into trees of tuples; nothing in them is ever executed."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from metrics.core.cells import column_number

# In the form of Excel, to which OpenFormula is converted before.
SHEET_SHAPE = r"(?:'(?P<quoted>(?:[^'\[\]:]|'')+)'!|(?P<sheet>[^\W\d][\w.]*)!)?"
CELL_SHAPE = r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}"
TOKEN = re.compile(
    r"\s*(?:"
    rf"{SHEET_SHAPE}(?P<first>{CELL_SHAPE})(?::(?P<last>{CELL_SHAPE}))?(?![\w.(!:])"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?)(?![\w.:])"
    r'|"(?P<text>(?:[^"]|"")*)"'
    r"|(?P<call>[A-Za-z][A-Za-z0-9]{0,30})\("
    r"|(?P<truth>TRUE|FALSE)(?![\w.(!])"
    r"|(?P<sign><=|>=|<>|[-+*/^&=<>(),%])"
    r")\s*"
)
CELL_REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})")
QUOTED_TEXT = re.compile(r'"(?:[^"]|"")*"')
VOLATILE = re.compile(r"(?<![\w.])(?:RAND|RANDBETWEEN|RANDARRAY|NOW|TODAY)\(", re.IGNORECASE)
COMPARING = ("=", "<>", "<", ">", "<=", ">=")
COUNTING = ("COUNT", "SUMIF", "SUMPRODUCT", "LEN", "SEARCH", "FIND", "MATCH")
DEEPEST_NESTING, LONGEST_FORMULA = 40, 2_000  # nested parentheses, characters

Node = tuple[Any, ...]  # its kind, and its parts


class NotEvaluatedError(Exception):
    """A formula that is not understood, or of cells whose values do not fit."""


class Corner(NamedTuple):
    """A cell to which a formula refers; a part without $ moves with the formula."""

    row: int
    column: int
    row_is_fixed: bool
    column_is_fixed: bool

    def moved(self, rows: int, columns: int) -> tuple[int, int]:
        row = self.row if self.row_is_fixed else self.row + rows
        column = self.column if self.column_is_fixed else self.column + columns
        if row < 0 or column < 0:
            raise NotEvaluatedError
        return row, column


def is_volatile(formula: str) -> bool:
    """Whether a formula gives another result whenever it is calculated."""
    return VOLATILE.search(QUOTED_TEXT.sub("", formula)) is not None


def nodes_of(tree: Node) -> Iterator[Node]:
    """A tree and all that it consists of."""
    yield tree
    parts = tree[2] if tree[0] == "call" else tree[2:] if tree[0] == "operation" else ()
    for part in parts:
        yield from nodes_of(part)


def references_in(tree: Node) -> Iterator[Node]:
    return (node for node in nodes_of(tree) if node[0] in {"cell", "range"})


def reads_texts(tree: Node) -> bool:
    """Whether a formula counts or compares, so that its 0 may be of texts."""
    return any(
        node[0] in {"call", "operation"} and (node[1] in COMPARING or node[1].startswith(COUNTING))
        for node in nodes_of(tree)
    )


def parse_formula(formula: str) -> Node:
    """The tree of a formula; NotEvaluatedError if any part of it is not known."""
    if len(formula) > LONGEST_FORMULA:
        raise NotEvaluatedError
    return _Parser(formula.removeprefix("=")).whole()


class _Parser:
    """Goes through the tokens of one formula; stronger operators are below weaker ones."""

    def __init__(self, text: str) -> None:
        self.tokens: list[re.Match[str]] = []
        self.at, self.depth = 0, 0
        start = 0
        while start < len(text):
            token = TOKEN.match(text, start)
            if token is None:
                raise NotEvaluatedError
            self.tokens.append(token)
            start = token.end()

    def whole(self) -> Node:
        node = self.comparison()
        if self.at < len(self.tokens):
            raise NotEvaluatedError
        return node

    def sign(self, *signs: str) -> str:
        """Take the next token if it is one of these signs; empty otherwise."""
        found = self.tokens[self.at]["sign"] if self.at < len(self.tokens) else None
        if found is None or found not in signs:
            return ""
        self.at += 1
        return found

    def comparison(self) -> Node:
        node = self.joined()
        while sign := self.sign(*COMPARING):
            node = ("operation", sign, node, self.joined())
        return node

    def joined(self) -> Node:
        node = self.sum_of_terms()
        while sign := self.sign("&"):
            node = ("operation", sign, node, self.sum_of_terms())
        return node

    def sum_of_terms(self) -> Node:
        node = self.product()
        while sign := self.sign("+", "-"):
            node = ("operation", sign, node, self.product())
        return node

    def product(self) -> Node:
        node = self.power()
        while sign := self.sign("*", "/"):
            node = ("operation", sign, node, self.power())
        return node

    def power(self) -> Node:
        node = self.signed()
        while sign := self.sign("^"):
            node = ("operation", sign, node, self.signed())
        return node

    def signed(self) -> Node:
        """The sign before a value is stronger than a power, in all spreadsheet programs."""
        is_negative = False
        while sign := self.sign("+", "-"):
            is_negative ^= sign == "-"
        node = self.value()
        while self.sign("%"):
            node = ("operation", "/", node, ("value", 100.0))
        return ("operation", "-", ("value", 0.0), node) if is_negative else node

    def value(self) -> Node:
        if self.at >= len(self.tokens):
            raise NotEvaluatedError
        token = self.tokens[self.at]
        self.at += 1
        if token["first"]:
            return _reference(token)
        if token["number"]:
            return ("value", float(token["number"]))
        if token["truth"]:
            return ("value", token["truth"] == "TRUE")
        if token["text"] is not None:
            return ("value", token["text"].replace('""', '"'))
        self.depth += 1
        if self.depth > DEEPEST_NESTING or token["sign"] not in {"(", None}:
            raise NotEvaluatedError
        if token["call"]:
            node: Node = ("call", token["call"].upper(), self.arguments())
        else:
            node = self.comparison()
            self.close()
        self.depth -= 1
        return node

    def arguments(self) -> tuple[Node, ...]:
        if self.sign(")"):
            return ()
        found = [self.comparison()]
        while self.sign(","):
            found.append(self.comparison())
        self.close()
        return tuple(found)

    def close(self) -> None:
        if not self.sign(")"):
            raise NotEvaluatedError


def _reference(token: re.Match[str]) -> Node:
    sheet = (token["quoted"] or "").replace("''", "'") or token["sheet"] or ""
    first = _corner(token["first"])
    if not token["last"]:
        return ("cell", sheet.casefold(), first)
    return ("range", sheet.casefold(), first, _corner(token["last"]))


def _corner(text: str) -> Corner:
    match = CELL_REFERENCE.fullmatch(text)
    if match is None:
        raise NotEvaluatedError
    return Corner(int(match[4]) - 1, column_number(match[2]) - 1, bool(match[3]), bool(match[1]))
