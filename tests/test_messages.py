"""A faulty language takes nothing from the others, and `catalogue check` names its faults."""

from pathlib import Path

import pytest

from tests.package_copy import copy_package, run_copy

SHOWN = """
from metrics.messages import languages, messages
print(languages())
for language in ("en", "sv"):
    interface = messages(language, "interface")
    print(interface["frame.menu"], "|", interface["frame.as_of"], "|", interface["note.release"])
    print(messages(language, "workbook")["observations"]["value"])
"""


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("sv", "interface:\n", "messages/sv.yaml: interface: None must be keys with texts"),
        ("sv", "interface: hej\n", "messages/sv.yaml: interface: 'hej' must be keys with texts"),
        ("sv", "hej", "messages/sv.yaml: the file: 'hej' must be keys with texts"),
        ("sv", "interface: {a: [}\n", "messages/sv.yaml is not YAML: while parsing"),
        ("sv", "findngs: {}\n", "messages/sv.yaml: findngs: there is no such text in English"),
        (
            "sv",
            "interface:\n  frame.langage_name: svenska\n",
            "messages/sv.yaml: interface.frame.langage_name: there is no such text in English",
        ),
        ("sv", "interface:\n  frame.menu: 3\n", "interface.frame.menu: 3 is no text"),
        (
            "sv",
            'interface:\n  note.release: "Utgåva {relase}"\n',
            "'Utgåva {relase}' has ['relase'], which the English text has not",
        ),
        ("sv", 'interface:\n  frame.menu: "Sidor {"\n', "interface.frame.menu: 'Sidor {': "),
        ("swedish", "interface: {}\n", "messages/swedish.yaml: 'swedish' is no official language"),
    ],
)
def test_english_stands_in_and_the_fault_is_named(
    tmp_path: Path, name: str, text: str, fault: str
) -> None:
    folder = copy_package(tmp_path)
    (folder / "metrics" / "messages" / f"{name}.yaml").write_text(text, encoding="utf-8")

    shown = run_copy(folder, "-c", SHOWN)
    checked = run_copy(folder, "-m", "metrics", "catalogue", "check")

    known, *lines = shown.stdout.splitlines()
    assert "swedish" not in known
    assert lines[:2] == lines[2:], shown.stderr
    assert lines[0] == "Pages | As of {day} | Release {release}"
    assert (checked.returncode, fault in checked.stderr) == (11, True), checked.stderr


def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    folder = copy_package(tmp_path)
    exports = folder / "metrics" / "release" / "exports"
    (exports / "again.py").write_text((exports / "csv_table.py").read_text(encoding="utf-8"))

    checked = run_copy(folder, "-m", "metrics", "catalogue", "check")

    assert "exports/: ['csv'] are two entries each; give each its own name" in checked.stderr


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ("[warning, of_frm, text]", "'of_frm' is not a condition; did you mean 'of_form'?"),
        ("[error, contradicting, numerator, denominator, vlaue > 3]",
         "'vlaue > 3': 'vlaue' is not a column here; did you mean 'value'?"),
        ("", "None declares no rule; write `name: [severity, condition, parameters]`"),
    ],
)  # fmt: skip
def test_a_line_that_declares_no_rule_is_named(tmp_path: Path, added: str, fault: str) -> None:
    folder = copy_package(tmp_path)
    path = folder / "metrics" / "intake" / "rules" / "conditions.yaml"
    written = f"{path.read_text('utf-8')}\nvalues_added:\n  new_rule: {added}\n"
    path.write_text(written, "utf-8")

    checked = run_copy(folder, "-m", "metrics", "catalogue", "check")

    line = len(written.splitlines())
    assert checked.returncode == 11
    assert f"rules/conditions.yaml, line {line}: values_added.new_rule: {fault}" in checked.stderr


def test_a_rule_without_texts_is_named_with_its_line(tmp_path: Path) -> None:
    folder = copy_package(tmp_path)
    path = folder / "metrics" / "intake" / "rules" / "conditions.yaml"
    written = f"{path.read_text('utf-8')}\nvalues_added:\n  new_rule: [note, of_form, text]\n"
    path.write_text(written, "utf-8")

    checked = run_copy(folder, "-m", "metrics", "catalogue", "check")

    assert (
        f"rules/conditions.yaml, line {len(written.splitlines())}: new_rule has no title, what, "
        "expected, correction, why, example in English; write findings.new_rule in metrics/messages"
    ) in checked.stderr
