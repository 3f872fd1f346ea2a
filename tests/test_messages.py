"""A faulty language takes nothing from the others, and `catalogue check` names its faults."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.numbers import get_group_symbol

from metrics.catalogue.translatable import messages_of_definitions
from metrics.messages import Message as Text
from metrics.messages import languages, messages
from metrics.messages.compiled import po_source
from metrics.messages.local_formats import format_number, group_symbol, locale_of
from metrics.messages.merging import check_messages, merge, merged_files
from metrics.messages.po_files import (
    faults_of,
    faults_of_english,
    is_translated,
    messages_of,
    parse_po,
    po_text,
    usable_texts,
)
from tests.package_copy import copy_package, run_copy

OTHERS = [language for language in languages() if language != "en"]
SHOWN = """
from metrics.catalogue.translatable import messages_of_definitions
from metrics.messages import languages, messages
print(languages())
for language in ("en", "sv"):
    interface = messages(language, "interface")
    print(interface["frame.menu"], "|", interface["frame.as_of"], "|", interface["note.release"])
    print(messages(language, "workbook")["observations"]["value"])
"""
FILLED = """
from metrics.messages import messages
for language in ("en", "fi"):
    print(messages(language, "interface")["note.release"].filled(release="spring"))
"""
MENU, PAGES = 'msgctxt "interface/frame.menu"\n', 'msgid "Pages"\n'
QUOTED = re.compile(r"«[^»]*»")  # what a cell of a workbook has
DOTTED = re.compile(r"\d\.\d{3}(?!\d)")
RELEASE = 'msgctxt "interface/note.release"\nmsgid "Release {release}"\n'


# By language, each with a fault of its own.
FAULTY = {
    "sv": ("hej", "messages/sv.po is not a PO file: "),
    "da": ("interface:\n", "messages/da.po is not a PO file: "),
    "nl": ('msgid "Pages\n', "messages/nl.po is not a PO file: "),
    "de": (
        'msgctxt "interface/frame.langage"\nmsgid "Language"\nmsgstr "Sprache"\n',
        "messages/de.po: interface/frame.langage: there is no such text in English",
    ),
    "fr": (
        MENU + 'msgid "Page"\nmsgstr "Feuille"\n',
        "messages/fr.po: interface/frame.menu: the English text is now “Pages”",
    ),
    "es": (
        RELEASE + 'msgstr "Edición {relase}"\n',
        "es.po: interface/note.release: “Edición {relase}” has {relase}, which the English text",
    ),
    "pt": (RELEASE + 'msgstr "Edição {release:d}"\n', "“Edição {release:d}” has {release:d}, "),
    "it": (MENU + PAGES + 'msgstr "Pagine {"\n', "interface/frame.menu: “Pagine {”: "),
    "swedish": (MENU + PAGES, "messages/swedish.po: “swedish” is not an official language"),
}


def test_english_stands_in_and_each_fault_is_named(tmp_path: Path) -> None:
    folder = copy_package(tmp_path)
    for name, (text, _) in FAULTY.items():
        (folder / "metrics" / "messages" / f"{name}.po").write_text(text, encoding="utf-8")

    shown = run_copy(folder, "-c", SHOWN.replace('("en", "sv")', str(("en", *FAULTY)[:-1])))
    checked = run_copy(folder, "-m", "metrics", "catalogue", "check")

    known, *lines = shown.stdout.splitlines()
    assert "swedish" not in known
    assert lines[0] == "Pages | As of {day} | Release {release}"
    assert lines == lines[:2] * len(FAULTY), shown.stderr
    assert checked.returncode == 11
    assert [fault for _, fault in FAULTY.values() if fault not in checked.stderr] == []


def test_a_change_of_a_file_shows_at_once(tmp_path: Path) -> None:
    folder = copy_package(tmp_path)
    file = folder / "metrics" / "messages" / "sv.po"
    for word in ("Sidor", "Blad"):
        file.write_text(f'{MENU}{PAGES}msgstr "{word}"\n', encoding="utf-8")

        shown = run_copy(folder, "-c", SHOWN).stdout.splitlines()

        assert shown[3].startswith(f"{word} |")


def test_where_nothing_can_be_kept_texts_are_parsed(tmp_path: Path) -> None:
    folder = copy_package(tmp_path)
    kept = folder / "metrics" / "messages" / "__pycache__" / "fi.json"
    kept.unlink(missing_ok=True)
    kept.mkdir(parents=True)

    shown = run_copy(folder, "-c", SHOWN.replace('"sv"', '"fi"'))

    assert shown.stdout.splitlines()[3].startswith("Sivut |")


@pytest.mark.parametrize("language", OTHERS)
def test_a_committed_language_has_every_text(language: str) -> None:
    catalog = parse_po(po_source(language).decode(), language)

    assert [message.context for message in messages_of(catalog) if not is_translated(message)] == []


@pytest.mark.parametrize("language", languages())
def test_thousands_in_a_text_are_separated_as_in_numbers(language: str) -> None:
    catalog = parse_po(po_source(language).decode(), language)
    forms = [form for message in messages_of(catalog) for form in forms_of(message)]
    has_dots = get_group_symbol(locale_of(language)) == "."
    dotted = [form for form in forms if has_dots and DOTTED.search(QUOTED.sub("", form))]

    assert format_number(Decimal(12345), "#,##0", language) == f"12{group_symbol(language)}345"
    assert group_symbol(language) != "."
    assert dotted == []


def forms_of(message: Message) -> tuple[str, ...]:
    written = message.string or message.id
    return (written,) if isinstance(written, str) else tuple(map(str, written))


def test_committed_files_are_merged_and_normalised() -> None:
    assert [
        file.language for file in merged_files(messages_of_definitions) if file.is_changed
    ] == []


def test_committed_files_have_no_fault() -> None:
    check_messages(messages_of_definitions)


@pytest.mark.parametrize(
    ("forms", "gap"),
    [
        (("ett land av {all}", "{n} länder av {all}"), ""),
        (("ett land", "{n} länder av {all}"), "files: “ett land” lacks {all}, which the English "),
        (("ett av {all}", "länder av {all}"), "files: “länder av {all}” lacks {n}, which the "),
    ],
)
def test_what_a_translation_leaves_out_is_named(forms: tuple[str, str], gap: str) -> None:
    """The form beside one may leave out the number."""
    ids = ("one of {all}", "{n} of {all}")
    swedish = catalog_of(Message(ids, forms, context="files"))

    faults = "\n".join(map(str, faults_of(swedish, [english("files", ids)])))

    assert (gap in faults, bool(gap)) == (True, bool(faults))


def test_a_wrong_placeholder_in_english_is_named_and_breaks_no_page(tmp_path: Path) -> None:
    folder = copy_package(tmp_path)
    file = folder / "metrics" / "messages" / "en.po"
    text = file.read_text("utf-8").replace('msgid "Release {release}"', 'msgid "Release {relase}"')
    file.write_text(text, "utf-8")

    shown = run_copy(folder, "-c", FILLED)
    checked = run_copy(folder, "-m", "metrics", "catalogue", "check")

    assert shown.stdout.splitlines() == ["Release {relase}"] * 2, shown.stderr
    assert "nothing has a value for the placeholder {relase}" in shown.stderr
    assert "interface/note.release: the English text is now “Release {relase}”" in checked.stderr


@pytest.mark.parametrize("faulty", ["Release {}", "Release {0}", "Release {release", "Release }"])
def test_an_english_text_that_cannot_be_filled_is_shown_as_written(faulty: str) -> None:
    message = english("interface/note.release", faulty)

    (fault,) = map(str, faults_of_english([message]))
    ((_, shown),) = usable_texts(catalog_of(message, language="en"), "en").values()

    assert fault.startswith(f"interface/note.release: “{faulty}”: ")
    assert Text(str(shown)).filled(release="spring") == faulty
    assert not [*faults_of_english([english("note", "Release {release!r:>9}")])]


def english(key: str, text: str | tuple[str, str]) -> Message:
    return Message(text, context=key)


def catalog_of(*messages: Message, language: str = "sv") -> Catalog:
    catalog = Catalog(language)
    for message in messages:
        catalog[message.id] = message
    return catalog


def test_a_translation_of_a_changed_text_waits_for_a_translator() -> None:
    swedish = catalog_of(
        Message("Pages", "Sidor", context="menu", user_comments=["checked"]),
        Message("Gone", "Borta", context="gone"),
    )
    template = catalog_of(english("menu", "All pages"), english("new", "New"))

    merge(swedish, template)
    merge(swedish, template)

    menu, new = messages_of(swedish)
    assert (menu.id, menu.string, menu.fuzzy) == ("All pages", "Sidor", True)
    assert menu.user_comments == ["checked"]
    assert (new.id, new.string) == ("New", "")
    assert not swedish.obsolete
    assert usable_texts(swedish, "sv") == {}


def test_a_merged_file_is_written_and_parsed_without_a_change() -> None:
    template = catalog_of(english("share", "5 % of {all}"), language="en")
    swedish = catalog_of(Message("5 % of all", "5 % av alla", context="share"))
    merge(swedish, template)

    text = po_text(swedish)

    assert po_text(parse_po(text, "sv")) == text
    assert "#, fuzzy, python-brace-format" in text


def test_a_message_has_a_form_for_each_plural_category() -> None:
    """Gettext has no form for Polish fractions, which are `other`: the last form stands in."""
    forms = ("{n} plik", "{n} pliki", "{n} plików")
    polish = catalog_of(Message(("a file", "{n} files"), forms, context="files"), language="pl")

    assert usable_texts(polish, "pl")["files"][1] == {
        "one": forms[0], "few": forms[1], "many": forms[2], "other": forms[2],
    }  # fmt: skip


def test_a_plural_with_a_form_missing_stays_in_english() -> None:
    forms = ("{n} plik", "", "{n} plików")
    polish = catalog_of(Message(("a file", "{n} files"), forms, context="files"), language="pl")

    assert usable_texts(polish, "pl") == {}


def test_a_text_knows_its_language() -> None:
    number = messages("fi", "interface")["break.areas"]

    assert (number.language, number.beside(1)) == ("fi", "yksi jäsenvaltio")
    assert number.beside(2).filled(n=2) == "2 jäsenvaltiota"


def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    folder = copy_package(tmp_path)
    exports = folder / "metrics" / "release" / "exports"
    (exports / "again.py").write_text((exports / "csv_table.py").read_text(encoding="utf-8"))

    checked = run_copy(folder, "-m", "metrics", "catalogue", "check")

    assert "exports/: ['csv'] are two entries each; give each its own name" in checked.stderr


NO_RULES = {
    "misnamed_condition": (
        "[warning, of_frm, text]", "“of_frm” is not a condition; did you mean “of_form”?"),
    "misnamed_column": (
        "[error, contradicting, numerator, denominator, vlaue > 3]",
        "“vlaue > 3”: “vlaue” is not a column here; did you mean “value”?"),
    "empty_line": ("", "None does not declare a rule; write `name: [severity, condition, parameters]`"),
}  # fmt: skip


def test_every_line_that_declares_no_rule_is_named(tmp_path: Path) -> None:
    folder = copy_package(tmp_path)
    path = folder / "metrics" / "intake" / "rules" / "conditions.yaml"
    known = path.read_text("utf-8")
    added = "".join(f"  {name}: {declared}\n" for name, (declared, _) in NO_RULES.items())
    path.write_text(f"{known}\nvalues_added:\n{added}", "utf-8")

    checked = run_copy(folder, "-m", "metrics", "catalogue", "check")

    first = len(known.splitlines()) + len(("", "values_added:", "its first rule"))
    assert checked.returncode == 11
    for line, (name, (_, fault)) in enumerate(NO_RULES.items(), first):
        assert f"rules/conditions.yaml, line {line}: values_added.{name}: {fault}" in checked.stderr


def test_a_rule_without_texts_is_named_with_its_line(tmp_path: Path) -> None:
    folder = copy_package(tmp_path)
    path = folder / "metrics" / "intake" / "rules" / "conditions.yaml"
    written = f"{path.read_text('utf-8')}\nvalues_added:\n  new_rule: [note, of_form, text]\n"
    path.write_text(written, "utf-8")

    checked = run_copy(folder, "-m", "metrics", "catalogue", "check")

    assert (
        f"rules/conditions.yaml, line {len(written.splitlines())}: new_rule has no title, what, "
        "expected, correction, why, example in English; write findings/new_rule in metrics/messages"
    ) in checked.stderr
