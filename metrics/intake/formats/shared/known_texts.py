"""The errors and formulas whose text is read and kept: no other text can pass for one."""

import re

# As spreadsheet programs write them; LibreOffice numbers its own, and Excel marks what is lost.
ERROR = re.compile(
    r"#(?:N/A|DIV/0!|REF!|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    r"|UNKNOWN!|EXTERNAL!|PYTHON!|TIMEOUT!|GETTING_DATA|ERROR!)|Err:\d{3}"
)
UNKNOWN_ERROR = "#ERROR!"
FUNCTIONS = (
    "ABS|AND|AVERAGE|AVERAGEIF|CEILING|COUNT|COUNTA|COUNTBLANK|COUNTIF|COUNTIFS|DAY|FALSE|"
    "FLOOR|HLOOKUP|IF|IFERROR|INDEX|INDIRECT|INT|ISBLANK|LEFT|"
    "LEN|LOOKUP|MATCH|MAX|MEDIAN|MID|MIN|MOD|MONTH|NA|NOT|NOW|OFFSET|OR|PRODUCT|RIGHT|"
    "ROUND|ROUNDDOWN|ROUNDUP|SUBTOTAL|SUM|SUMIF|SUMIFS|SUMPRODUCT|TEXT|TODAY|TRIM|"
    "TRUE|VALUE|VLOOKUP|XLOOKUP|YEAR"
)
FORMULA = re.compile(
    rf"(?:(?:of|oooc):)?=(?:(?:{FUNCTIONS})\("
    r"|\$?[A-Z]{1,3}\$?\d{1,7}(?![\dA-Z])|\d{1,7}(?!\d)|\"…\"|[-+*/^&=<>(),;:%$!. \[\]]){0,200}"
)
LONGEST_FORMULA = 200
REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?\d{1,7}")
MOST_DIGITS = 6  # of all numbers in a formula: fewer than a number that leads to a person has
QUOTED = re.compile(r'"[^"]*"')


def known_error(text: str) -> str:
    return text if ERROR.fullmatch(text) else UNKNOWN_ERROR


def is_known_formula(text: str) -> bool:
    if len(text) > LONGEST_FORMULA or not FORMULA.fullmatch(text):
        return False
    return sum(map(str.isdigit, REFERENCE.sub("", text))) <= MOST_DIGITS


def known_formula(text: str) -> str:
    """The formula, if it is made of known functions, references and small numbers; else `=…`.

    The texts that it quotes are left out.
    """
    text = QUOTED.sub('"…"', text)
    if not text or is_known_formula(text):
        return text
    return f"{text.partition('=')[0]}=…" if text.startswith(("of:=", "oooc:=")) else "=…"
