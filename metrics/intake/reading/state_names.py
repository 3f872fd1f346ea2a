"""The names of the Member States as texts have them: short and official, and in other cases."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from metrics.catalogue.codelists import (
    LETTERS_OF_WORD,
    code_by_country_name,
    codelist,
    fold_spelling,
    member_states,
)

SHORTEST_NAME = 4
# Slavic, Baltic and Romanian names change their ending in the other cases: `Polski`, `Lietuvos`.
ENDINGS_OF_CASES: Mapping[str, Sequence[str]] = {
    "a": ("e", "ei", "ej", "i", "ie", "o", "oj", "oje", "om", "os", "ou", "u", "y"),
    "ia": ("ii", "iei"),
    "o": ("a", "e", "em", "u"),
    "as": ("e", "o", "u"),
    "ai": ("u", "uose"),
    "kka": ("kan", "kassa"),
    "nti": ("nnin", "nnissa"),
}
SHORTEST_STEM = 4
# What no rule gives, folded: a Greek sigma has one form.
OTHER_CASES: Mapping[str, Sequence[str]] = {
    "CY": ("kypru", "kyproksen", "kyproksessa", "κυπριακησ δημοκρατιασ"),
    "CZ": ("tsekin", "tsekissa", "чешката република", "ceske republiky", "ceskej republiky"),
    "DE": ("niemiec", "niemczech"),
    "EE": ("viron", "virossa"),
    "EL": ("ελληνικησ δημοκρατιασ",),
    "FI": ("suomen", "suomessa"),
    "HR": ("republike hrvatske",),
    "HU": ("wegier", "wegrzech"),
    "IE": ("heireann", "eirinn"),
    "LV": ("latis",),
    "NL": ("κατω χωρων", "nizozemi", "alankomaiden", "alankomaissa"),
    "PL": ("polsce",),
    "SI": ("republike slovenije",),
    "SK": tuple(f"slovensk{own} republik{end}" for own in ("ej", "e") for end in ("y", "e", "i")),
}
# "Slovene" in Slovene, and "of Slovakia" in Slovak: an adjective of one State, a case of another.
OF_TWO_STATES = "slovensk"
# Words before a name that is all of a text, folded: prepositions and articles.
BEFORE_A_NAME = {
    "of", "in", "the", "den", "die", "der", "de", "la", "le", "les", "los", "las", "il", "lo", "el",
    "os", "as", "het", "an", "η", "το", "οι", "τησ", "του", "των", "ir", "ic", "l",
}  # fmt: skip
WORDS_ALONE = re.compile(r"[^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+)*\.?")
ENDINGS_OF_A_NAME = ("s", "n", "ssa", "σ")  # `Deutschlands`, `Ruotsin`, `Ruotsissa`, `Σουηδίας`


@cache
def names_of_states() -> Mapping[str, str]:
    """The Member States by their names in all official languages and cases, without codes."""
    states, listed = {*member_states()}, codelist("area")
    names = {fold_spelling(name): code for code in states for name in listed[code].spellings} | {
        name: code for name, code in code_by_country_name("area").items() if code in states
    }
    plain = {
        " ".join(LETTERS_OF_WORD.findall(spelling)): code
        for name, code in names.items()
        for spelling in (name, *_greek_genitive(name))
    }
    whole = {name: code for name, code in plain.items() if len(name) >= SHORTEST_NAME}
    return _names_in_other_cases(whole) | whole


def _names_in_other_cases(names: Mapping[str, str]) -> dict[str, str]:
    """Forms by which one State is named; those that may be of two are left out."""
    irregular = ((form, code) for code, forms in OTHER_CASES.items() for form in forms)
    regular = ((form, code) for name, code in names.items() for form in _cases_of(name))
    found: dict[str, set[str]] = {}
    for form, code in (*irregular, *regular):
        found.setdefault(form, set()).add(code)
    return {form: next(iter(codes)) for form, codes in found.items() if len(codes) == 1}


def _cases_of(name: str) -> Iterator[str]:
    for ending, cases in ENDINGS_OF_CASES.items():
        stem = name.removesuffix(ending)
        if len(name) > len(stem) >= SHORTEST_STEM and stem != OF_TWO_STATES:
            yield from (f"{stem}{case}" for case in cases)


def _greek_genitive(name: str) -> Iterator[str]:
    """`Κύπρου` and `Βελγίου`, whose endings replace those of the names; folded."""
    stem = name.removesuffix("σ")
    if stem.endswith("ο"):
        yield f"{stem}υ"


def find_state(text: str) -> str:
    """The code of the State that is all that a text names: `the Slovak Republic`, `of Slovakia`."""
    folded = fold_spelling(text)
    words = LETTERS_OF_WORD.findall(folded) if WORDS_ALONE.fullmatch(folded) else []
    while len(words) > 1 and words[0] in BEFORE_A_NAME:
        words = words[1:]
    if len(words) > 1 and words[-1] == "s":  # of `Slovakia's`
        words = words[:-1]
    phrase, names = " ".join(words), names_of_states()
    endings = (phrase.removesuffix(ending) for ending in ENDINGS_OF_A_NAME)
    return next(filter(None, map(names.get, (phrase, *endings))), "")
