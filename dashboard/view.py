"""The whole state of a page, as it stands in its address: any view can be sent as a link."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Self
from urllib.parse import parse_qsl, urlencode

# A choice that makes no sense any more once the first has changed.
DEPENDENTS = {
    "collection": (
        "release", "framework", "area", "status", "goal", "indicator", "breakdown", "period",
        "round", "checked",
    ),
    "goal": ("indicator", "breakdown", "period"),
    "indicator": ("breakdown", "period"),
}  # fmt: skip


@dataclass(frozen=True)
class View:
    """Empty means: not chosen, so the page takes what it shows first."""

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
    outlook: str = ""  # `on` where the trend is carried on
    round: str = ""
    q: str = ""
    checked: str = ""  # the digest of a file that waits for confirmation

    @classmethod
    def from_query(cls, query: Mapping[str, object]) -> Self:
        """What the address says and a page knows; a parameter given twice counts last."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: last_value(value) for name, value in query.items() if name in known})

    @classmethod
    def parse(cls, search: str) -> Self:
        return cls.from_query(dict(parse_qsl(search.removeprefix("?"))))

    def but(self, **changes: str) -> Self:
        return replace(self, **changes)

    def picking(self, parameter: str, value: str) -> Self:
        """The view after one choice, without the choices that depended on the old one."""
        dropped = dict.fromkeys(DEPENDENTS.get(parameter, ()), "")
        return replace(self, **dropped, **{parameter: value})

    @property
    def search(self) -> str:
        chosen = {name: value for name, value in asdict(self).items() if value}
        return "?" + urlencode(chosen) if chosen else ""

    @property
    def kept(self) -> Self:
        """What a menu entry carries to another page."""
        return type(self)(
            lang=self.lang, collection=self.collection, release=self.release, area=self.area
        )

    def link(self, path: str, **changes: str) -> str:
        return path + self.but(**changes).search


def last_value(value: object) -> str:
    return str(value[-1]) if isinstance(value, list) and value else str(value)
