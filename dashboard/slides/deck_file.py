"""The file of a deck: a list of links, as a person writes it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Protocol, Self, TypeVar
from unicodedata import category
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from dashboard.hosts import served_hosts
from dashboard.slides.deck_yaml import YamlFile, read_yaml, write_yaml
from metrics.core.errors import KeyedText, MetricsError, SubmissionError
from metrics.core.similar_names import nearest_name
from metrics.messages import languages

CURRENT_RELEASE = "current"
LONGEST_TITLE = 150  # characters that two lines hold, set a little smaller
LONGEST_SUBTITLE = 150
LONGEST_MARKING = 24
MOST_SLIDES = 100
MOST_LINES = 10  # of a text slide, which are readable from the last row
FAULTY_SLIDES = "deck_slides"  # the key of the error that names them
MOST_FAULTS = 20  # that are listed
UNPRINTABLE = {"Cc", "Cs"}  # categories of Unicode: control characters, halves of characters

BodyLine = Annotated[str, StringConstraints(max_length=LONGEST_TITLE)]


class DeckPart(BaseModel):
    """Read from a file that a person wrote; an unknown field is a spelling mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class DeckSlide(DeckPart):
    """A link, or a text of one's own."""

    link: str = ""
    kind: str = Field("", alias="as")  # else it follows from the link
    title: str = Field("", max_length=LONGEST_TITLE)  # one's own words in place of the finding
    notes: str = ""  # before the calculation, never instead of it
    text: str = Field("", max_length=LONGEST_TITLE)  # the title of a slide without a link
    body: tuple[BodyLine, ...] = Field((), max_length=MOST_LINES)

    @model_validator(mode="after")
    def has_one_subject(self) -> Self:
        if bool(self.link) == bool(self.text):
            raise ValueError("needs a link or a text, and not both")
        return self


class DeckFile(DeckPart):
    title: str = Field(max_length=LONGEST_TITLE)
    subtitle: str = Field("", max_length=LONGEST_SUBTITLE)
    author: str = Field("", max_length=LONGEST_SUBTITLE)  # on the first slide
    language: str = ""
    collection: str = ""
    release: str = CURRENT_RELEASE
    marking: str = Field("", max_length=LONGEST_MARKING)  # such as LIMITE
    template: str = ""
    address: str = ""  # of the site, before the links that slides print
    slides: tuple[DeckSlide, ...] = Field(min_length=1, max_length=MOST_SLIDES)

    @model_validator(mode="after")
    def is_in_a_known_language(self) -> Self:
        if self.language and self.language not in languages():
            raise ValueError(f"language: there are {', '.join(languages())}")
        return self


class DeckDraft(DeckFile):
    """A deck that is being put together."""

    slides: tuple[DeckSlide, ...] = Field((), max_length=MOST_SLIDES)


D = TypeVar("D", bound=DeckFile)


class FindFaults(Protocol):
    """What else is wrong with a file, which knows whether anything is wrong already."""

    def __call__(self, written: YamlFile, *, is_broken: bool) -> Iterable[KeyedText]: ...


def no_faults(written: YamlFile, *, is_broken: bool) -> Iterable[KeyedText]:  # noqa: ARG001
    return ()


def read_deck_file(content: bytes, name: str, further: FindFaults = no_faults) -> DeckFile:
    """SubmissionError lists each fault with its line, what is expected, and the nearest name.

    The `further` faults are listed with it.
    """
    return read_in_form(content, name, DeckFile, further)


def read_draft(content: bytes, name: str, further: FindFaults = no_faults) -> DeckDraft:
    """The same of a deck that may have no slides yet."""
    return read_in_form(content, name, DeckDraft, further)


def read_in_form(content: bytes, name: str, form: type[D], further: FindFaults) -> D:
    written = read_yaml(content, name)
    faults, file = [*written.faults(), *faults_of_texts(written)], None
    try:
        file = form.model_validate(written.values)
    except ValidationError as wrong:
        faults += [fault_text(error, written) for error in errors_of(wrong, written)]
    faults += further(written, is_broken=file is None or bool(faults))
    if file is None or faults:
        raise SubmissionError("deck_wrong", file=name, faults=joined_faults(faults))
    return file


def errors_of(wrong: ValidationError, written: YamlFile) -> list[Any]:
    """Without the number of slides, where it is wrong only because of what is wrong in them."""
    listed = written.values.get("slides")
    is_counted_wrong = not isinstance(listed, list) or not 1 <= len(listed) <= MOST_SLIDES
    return [error for error in wrong.errors() if error["loc"] != ("slides",) or is_counted_wrong]


def lines_of_slides(content: bytes, name: str) -> list[int]:
    """The line on which each entry of a readable file begins."""
    written = read_yaml(content, name)
    return [written.line_of(("slides", at)) for at in range(len(written.values.get("slides", ())))]


def write_deck_file(file: DeckFile) -> bytes:
    """The file of a deck, without what it leaves at its default."""
    return write_yaml(file.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def joined_faults(faults: Sequence[KeyedText]) -> KeyedText:
    """The faults in the order of their lines, each on a line of its own; of very many the first."""
    ordered = sorted(faults, key=lambda fault: int(str(fault.parameters.get("line", 0))))
    if len(ordered) > MOST_FAULTS:
        more = KeyedText.filled("deck_more_faults", n=len(ordered) - MOST_FAULTS)
        ordered = [*ordered[:MOST_FAULTS], more]
    joined = ordered[-1]
    for fault in reversed(ordered[:-1]):
        joined = KeyedText.filled("deck_faults", first=fault, others=joined)
    return joined


def faults_of_entries(error: MetricsError) -> Iterator[tuple[int, KeyedText]]:
    """The number of each entry of a deck that cannot be made, and why; as `joined_faults` joins."""
    rest = error.text.parameters.get("faults")
    while isinstance(rest, KeyedText):
        first = rest.parameters.get("first", rest)
        named = first.parameters if isinstance(first, KeyedText) else {}
        number, why = named.get("n"), named.get("why")
        if isinstance(number, int) and isinstance(why, KeyedText):
            yield number, why
        rest = rest.parameters.get("others")


def faults_of_texts(written: YamlFile) -> Iterator[KeyedText]:
    """Links to other sites, and signs that no slide can show."""
    values = written.values
    address = str(values.get("address", ""))
    if address and not is_web_address(address):
        yield KeyedText.filled("deck_address", line=written.line_of(("address",)))
    for location, words in texts_in(values):
        field = next(step for step in reversed(location) if isinstance(step, str))
        if field == "link" and not is_link_of_site(words, address):
            line = written.line_of(location)
            yield KeyedText.filled("deck_other_site", line=line, link=words[:LONGEST_TITLE])
        if any(category(letter) in UNPRINTABLE and letter not in "\n\t" for letter in words):
            line = written.line_of(location)
            yield KeyedText.filled("deck_sign", line=line, field=field)


def texts_in(
    value: Any,  # noqa: ANN401 - whatever a person wrote
    location: tuple[int | str, ...] = (),
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Every text with its location."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from texts_in(part, (*location, name))
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from texts_in(part, (*location, at))
    elif location:
        yield location, str(value)


def is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username


def is_link_of_site(link: str, address: str) -> bool:
    """Whether a link names a page from `/` on, or with a host of this site."""
    try:
        parts, own = urlsplit(link), urlsplit(address).hostname or ""
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        is_web = parts.scheme in {"http", "https"}
        return is_web and parts.hostname in {*served_hosts(), own} - {""}
    return link.startswith("/") or not link


def fault_text(error: Any, written: YamlFile) -> KeyedText:  # noqa: ANN401 - pydantic's own
    """`line 7: “tilte” is not a field here; did you mean “title”?`"""
    location: tuple[int | str, ...] = error["loc"]
    names = [step for step in location if isinstance(step, str)]
    line, field = written.line_of(location), names[-1] if names else ""
    match error["type"]:
        case "missing":
            return KeyedText.filled("deck_field_missing", line=line, field=field)
        case "extra_forbidden":
            return unknown_field(line, field, location)
        case "string_too_long" | "too_long" | "too_short":
            return wrong_length(error, line, field)
        case "value_error":
            return broken_rule(line, location)
    return KeyedText.filled("deck_field_wrong", line=line, field=field)


def wrong_length(error: Any, line: int, field: str) -> KeyedText:  # noqa: ANN401
    most = error["ctx"].get("max_length", MOST_SLIDES)
    if error["type"] == "string_too_long":
        return KeyedText.filled("deck_too_long", line=line, field=field, most=most)
    if field == "body":
        return KeyedText.filled("deck_body", line=line, most=most)
    return KeyedText.filled("deck_slide_count", line=line, most=most)


def broken_rule(line: int, location: Sequence[int | str]) -> KeyedText:
    """A rule on a whole slide, or on the whole file."""
    if location:
        return KeyedText.filled("deck_one_subject", line=line)
    return KeyedText.filled("deck_language", line=line, known=", ".join(languages()))


def unknown_field(line: int, field: str, location: Sequence[int | str]) -> KeyedText:
    model = DeckSlide if "slides" in location else DeckFile
    known = [part.alias or name for name, part in model.model_fields.items()]
    if meant := nearest_name(field, known):
        return KeyedText.filled("deck_field_meant", line=line, field=field, meant=meant)
    listed = ", ".join(known)
    return KeyedText.filled("deck_field_unknown", line=line, field=field, known=listed)
