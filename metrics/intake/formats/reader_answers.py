"""The answer of the reading process, as JSON, so that nothing in it is ever executed."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from metrics.core.errors import KeyedText, UnreadableError
from metrics.intake.formats.contents import AUTHOR_PROPERTIES, FileContents, SheetContents

KeptWords = Mapping[str, Callable[[str], str]]  # for each kind of text, what stays of it
BESIDE_CELLS = ("left_out", "displays")  # of the contents of a file: not in the clean copy
OF_THE_READER = ("is_unusual", "applied")  # which the process that reads needs alone
# Exit codes of the reading process, as in sysexits.h; any other but 0 comes from its end by force.
FAULT_OF_PROGRAM, OUTPUT_FAILED = 70, 74


def nothing_of(_text: str) -> str:
    return ""


NOTHING: KeptWords = {"unit": nothing_of}


def encode_refusal(refusal: KeyedText) -> str:
    return json.dumps({"refused": refusal.as_json(), "because": "file"})


def encode_fault(fault: str, description: str) -> str:
    return json.dumps({"fault": fault, "description": description})


def encode_contents(contents: FileContents) -> str:
    """Two lines: what the clean copy holds too, and the texts that it leaves out."""
    aside = {name: vars(contents)[name] for name in BESIDE_CELLS}
    kept = {
        name: value
        for name, value in vars(contents).items()
        if name not in {*aside, *OF_THE_READER}
    }
    return "\n".join(map(encode_json, (kept, aside)))


def encode_json(value: object) -> str:
    return json.dumps(value, default=encode_value, ensure_ascii=True, separators=(",", ":"))


def cells_of(answer: str) -> str:
    """The sheets of an answer, as it writes them: its first entry."""
    return answer.partition(',"texts":[')[0]


def without_left_out(answer: bytes, words: KeptWords = NOTHING) -> bytes:
    """An answer that may be stored for a while: without the texts that the copy leaves out.

    That the file names an author stays, but not who it is; of other texts and of units in formats
    what `words` returns. The name of a property is a text as well, so it does not stay.
    """
    kept, _, beside = answer.partition(b"\n")
    aside = json.loads(beside or "{}")
    texts = [
        text | {"text": "…"}
        for text in aside.get("left_out", [])
        if text["kind"] == "property" and text["cell"] in AUTHOR_PROPERTIES
    ]
    texts += [
        text | {"text": named, "cell": "" if text["kind"] == "property" else text["cell"]}
        for text in aside.get("left_out", [])
        if text["kind"] in words and text["cell"] not in AUTHOR_PROPERTIES
        if (named := words[text["kind"]](text["text"]))
    ]
    displays = [
        own | {"text": own["text"] and (words["unit"](own["text"]) or "…")}
        if own["kind"] != "outdated"  # numbers alone, or the name of an error
        else own
        for own in aside.get("displays", [])
    ]
    return b"\n".join((kept, encode_json({"left_out": texts, "displays": displays}).encode()))


def encode_value(value: object) -> object:
    """Encode what JSON has no type for. Times of day and durations become text."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return format_duration(value)
    if isinstance(value, SheetContents):
        return vars(value) | {"rows": [[] if is_blank(row) else row for row in value.rows]}
    return vars(value)


def is_blank(row: list[Any]) -> bool:
    """Whether a row holds nothing: a million of these are written in a second."""
    return row.count(None) == len(row)


def format_duration(value: timedelta) -> str:
    seconds = abs(round(value.total_seconds()))
    sign = "-" if value < timedelta(0) else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def decode_answer(answer: bytes, cell_types: dict[str, Any]) -> dict[str, Any]:
    """Parse an answer; `cell_types` maps the key of a one-key dictionary to the cell's type."""

    def decode_cell(found: dict[str, Any]) -> object:
        only = next(iter(found)) if len(found) == 1 else ""
        return cell_types[only](found[only]) if only in cell_types else found

    kept, _, aside = answer.partition(b"\n")
    try:
        decoded: dict[str, Any] = json.loads(
            kept, object_hook=decode_cell, parse_constant=cell_types["error"]
        )
        beside = json.loads(aside or "{}")
        refusal = KeyedText.from_json(decoded["refused"]) if "refused" in decoded else None
    except ValueError as error:
        raise UnreadableError("ended") from error
    if refusal is not None:
        raise UnreadableError.of_text(refusal)
    return decoded | {name: beside.get(name, []) for name in BESIDE_CELLS}
