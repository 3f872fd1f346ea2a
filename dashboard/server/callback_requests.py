"""Check the bodies of callback requests, which Dash would hand to callbacks as they are."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any
from unicodedata import category

from dash import Dash
from flask import abort, request
from pydantic import (
    AfterValidator,
    BaseModel,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from dashboard.dash_internals import CALLBACK_PATH


def refuse_surrogates(text: str) -> str:
    """ValueError for a text that no address can hold."""
    if any(category(letter) == "Cs" for letter in text):
        raise ValueError("half a character")
    return text


AddressText = Annotated[str, AfterValidator(refuse_surrogates)]
PagePath = Annotated[AddressText, StringConstraints(pattern="^/")]

# The types of what pages send; Dash checks what its own router stores.
VALUE_TYPES: Mapping[str, TypeAdapter[Any]] = {
    "pathname": TypeAdapter(PagePath | None),
    "search": TypeAdapter(AddressText | None),
    "n_clicks": TypeAdapter(int | None),
    "n_intervals": TypeAdapter(int | None),
}


class SentProperty(BaseModel):
    """A property of a component as a browser sends it; a group's component has a mapping as id."""

    id: str | dict[str, str]
    property: str
    value: Any = None

    def refuse_other(self, declared: Mapping[str, str]) -> None:
        """ValueError if it is not the property that the callback declares, or of another type."""
        if self.property != declared["property"] or not self.has_id(declared["id"]):
            raise ValueError("not the declared property")
        kind = VALUE_TYPES.get(self.property)
        if kind is not None:
            kind.validate_python(self.value, strict=True)

    def has_id(self, declared: str) -> bool:
        if isinstance(self.id, str):
            return self.id == declared
        return declared.startswith("{") and self.id.keys() == json.loads(declared).keys()


class CallbackBody(BaseModel):
    output: str
    outputs: dict[str, Any] | list[Any]
    inputs: list[SentProperty | list[SentProperty]]
    state: list[SentProperty | list[SentProperty]] = []
    changedPropIds: list[str] = []  # noqa: N815 - Dash names it so

    def refuse_other(self, callback: Mapping[str, Any]) -> None:
        """ValueError if the body is not that of the callback."""
        several = self.output.startswith("..")
        expected = len(self.output.strip(".").split("...")) if several else 1
        if several != isinstance(self.outputs, list) or len(self.outputs) < expected:
            raise ValueError("not the declared outputs")
        refuse_other_properties(self.inputs, callback["inputs"])
        refuse_other_properties(self.state, callback["state"])


def refuse_other_properties(
    sent: Sequence[SentProperty | list[SentProperty]], declared: Sequence[Mapping[str, str]]
) -> None:
    for group, expected in zip(sent, declared, strict=True):
        for sent_property in group if isinstance(group, list) else [group]:
            sent_property.refuse_other(expected)


def callback_check(app: Dash) -> Callable[[], None]:
    """Make a check to run before each request: a body that no page sends is answered with 400."""

    def refuse_forged() -> None:
        if request.path != CALLBACK_PATH or request.method != "POST":
            return
        try:
            body = CallbackBody.model_validate(request.get_json())
            body.refuse_other(app.callback_map[body.output])
        except (KeyError, ValueError, RecursionError) as error:
            app.server.logger.warning("a callback request was refused: %s", describe(error))
            abort(400)

    return refuse_forged


def describe(error: KeyError | ValueError | RecursionError) -> str:
    """Say what is wrong in one line, without the body's values."""
    if isinstance(error, ValidationError):
        return ", ".join(sorted({fault["type"] for fault in error.errors()}))
    return "unknown output" if isinstance(error, KeyError) else str(error)
