"""The state of a page, as its query string holds it: any view can be sent as a link."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Self
from urllib.parse import parse_qsl, quote_plus

# The choices that lose their meaning when the first one changes.
DEPENDENTS = {
    "collection": (
        "release", "framework", "area", "status", "goal", "indicator", "breakdown", "period",
        "round", "checked", "change", "sheet", "page", "extent", "texts", "measure", "flag",
        "figure", "before", "receipt", "areas", "marked", "second", "unit", "relation",
        "threshold", "last", "match",
    ),
    "release": ("before",),
    "checked": ("change", "sheet", "page", "extent", "texts"),
    "goal": ("indicator", "breakdown", "period"),
    "indicator": ("breakdown", "period"),
}  # fmt: skip

OF_ROWS = ("page", "figure")  # which rows are shown of those that were found, and one of them

LISTED_APART, PART = ",", "part"  # `LISTED_APART`: several uploads, texts or receipts, in one value

# Pickers of one series write the whole series into the address.
SERIES_PICKERS = {"component": "indicator", "part": "indicator"}


@dataclass(frozen=True)
class View:
    """An empty field means not chosen: the page uses its default."""

    lang: str = ""
    collection: str = ""
    release: str = ""
    framework: str = ""
    area: str = ""
    status: str = ""
    goal: str = ""
    indicator: str = ""
    breakdown: str = ""
    period: str = ""
    order: str = ""
    view: str = ""
    outlook: str = ""  # `on` to show the extrapolated trend
    before: str = ""  # of changes: the release that the shown one is compared with
    detail: str = ""  # of changes: `all` lists other series and calculated figures too
    round: str = ""
    q: str = ""
    measure: str = ""  # a component of indicators: `value`, `per_100_000_children`
    flag: str = ""  # of a table of figures: the status of figures, or why there is none
    sort: str = ""  # of a table of figures: a column; `-value` from high to low
    figure: str = ""  # whose origin is shown: `ICSE_VICTIMS[sex=F]:FI:2024`
    checked: str = ""  # the digests of uploads that are not confirmed yet
    change: str = ""  # of the values of an upload: the kind of change that is shown
    sheet: str = ""
    page: str = ""
    deck: str = ""  # on its page: the name of a deck that is kept as a file
    document: str = ""  # on the page of guides: `guides/analyst`
    extent: str = ""  # of an upload: `part` or `whole` of a report
    texts: str = ""  # digests of texts beside figures which change none, as the sender confirmed
    receipt: str = ""  # the numbers of receipts that are shown together
    areas: str = ""  # that are compared: `EU27_2020,DE,FR`
    marked: str = ""  # of these, those that are drawn although their series breaks: `CZ`
    second: str = ""  # a second indicator, in the same area
    unit: str = ""  # in which figures are compared or searched: `value`, `index`, `change`, `rate`
    relation: str = ""  # of a search: `below` a threshold, `at_least` …
    threshold: str = ""
    last: str = ""  # of a search: how many of the last years
    match: str = ""  # of a search: in `each` of them, or in `any`
    unknown: str = ""  # the names in the address that are no parameters, a line each

    @classmethod
    def from_query(cls, query: Mapping[str, object]) -> Self:
        """Read the parameters of a query; the last one of a repeated parameter counts."""
        chosen = {name: last_value(value) for name, value in query.items() if name in PARAMETERS}
        unknown = (name for name in query if name not in PARAMETERS)
        return cls(**chosen, unknown="\n".join(unknown))

    @classmethod
    def parse(cls, search: str) -> Self:
        return cls.from_query(dict(parse_qsl(search.removeprefix("?"))))

    def with_changes(self, **changes: str) -> Self:
        return replace(self, **changes)

    def with_choice(self, parameter: str, value: str) -> Self:
        """The view after one choice, without the choices that depended on the old one."""
        dropped = dict.fromkeys(dropped_parameters(parameter), "")
        return replace(self, **dropped, **{written_parameter(parameter): value})

    @property
    def search(self) -> str:
        return search_of(vars(self))

    @property
    def uploads(self) -> list[str]:
        """The digests of the uploads, each once."""
        return [*dict.fromkeys(self.checked.split(LISTED_APART))]

    @property
    def receipts(self) -> list[str]:
        """The numbers of the receipts, each once."""
        return listed_in(self.receipt)

    @property
    def confirmed_texts(self) -> list[str]:
        """The digests of the texts beside figures that the sender confirmed, each once."""
        return listed_in(self.texts)

    def with_upload(self, digest: str) -> Self:
        """The view of one more upload; several are parts of one report."""
        if not self.checked:
            return self.with_choice("checked", digest)
        joined = LISTED_APART.join(dict.fromkeys([*self.uploads, digest]))
        return replace(self.with_choice("checked", joined), extent=PART)

    @property
    def lasting_choices(self) -> Self:
        """The choices that links to other pages keep."""
        return type(self)(
            lang=self.lang, collection=self.collection, release=self.release, area=self.area
        )

    def link(self, path: str, **changes: str) -> str:
        """The address of the view with changes; a page has some hundred of them."""
        if not changes.keys() <= PARAMETERS:
            raise TypeError(f"no parameters: {changes.keys() - PARAMETERS}")
        return path + search_of(vars(self) | changes)

    def printed_link(self, path: str, **changes: str) -> str:
        """As people read and type it: the commas of a list stay."""
        return self.link(path, **changes).replace("%2C", LISTED_APART)


def listed_in(value: str) -> list[str]:
    """The entries of a list in one value of an address, each once."""
    return [*filter(None, dict.fromkeys(value.split(LISTED_APART)))]


def search_of(choices: Mapping[str, str]) -> str:
    """The query string of these parameters; empty where nothing is chosen."""
    written = [f"{name}={quoted(value)}" for name, value in choices.items()
               if value and name in PARAMETERS]  # fmt: skip
    return "?" + "&".join(written) if written else ""


@lru_cache(maxsize=4096)
def quoted(value: str) -> str:
    return quote_plus(value)


def written_parameter(picker: str) -> str:
    """The parameter that a picker writes into the address."""
    return SERIES_PICKERS.get(picker, picker)


def dropped_parameters(picker: str) -> tuple[str, ...]:
    """The parameters that lose their meaning with a choice: its dependents, and which rows."""
    name = written_parameter(picker)
    every = (*DEPENDENTS.get(name, ()), *OF_ROWS)
    return tuple(dropped for dropped in every if dropped != name)


PARAMETERS = frozenset(field.name for field in fields(View)) - {"unknown"}


def last_value(value: object) -> str:
    return str(value[-1]) if isinstance(value, list) and value else str(value)
