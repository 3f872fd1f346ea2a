"""Say what is wrong with the fields of a definition, and how to correct it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from metrics.core.errors import KeyedText, Parameter, fault_at, quoted, unknown_name

LEGIBLE = 120  # characters of a value that an error message quotes


class FaultText(NamedTuple):
    """The key of our text for a type of error of pydantic, and the value of it that is named."""

    key: str
    limit: str = ""


# Other types of errors have pydantic's own text.
FAULT_TEXTS: Mapping[str, FaultText] = {
    "greater_than": FaultText("must_be_above", "gt"),
    "greater_than_equal": FaultText("must_be_at_least", "ge"),
    "less_than": FaultText("must_be_below", "lt"),
    "less_than_equal": FaultText("must_be_at_most", "le"),
    "literal_error": FaultText("must_be_one_of", "expected"),
    "enum": FaultText("must_be_one_of", "expected"),
    "union_tag_invalid": FaultText("must_be_one_of", "expected_tags"),
    "union_tag_not_found": FaultText("must_have_field", "discriminator"),
    "string_too_short": FaultText("must_have_characters", "min_length"),
    "string_too_long": FaultText("may_have_characters", "max_length"),
    "too_short": FaultText("must_have_entries", "min_length"),
    "too_long": FaultText("may_have_entries", "max_length"),
    "string_pattern_mismatch": FaultText("must_match", "pattern"),
    "string_type": FaultText("must_be_text"),
    "string_sub_type": FaultText("must_be_text"),
    "int_type": FaultText("must_be_whole"),
    "int_parsing": FaultText("must_be_whole"),
    "int_from_float": FaultText("must_be_whole"),
    "float_type": FaultText("must_be_number"),
    "float_parsing": FaultText("must_be_number"),
    "bool_type": FaultText("must_be_true_or_false"),
    "bool_parsing": FaultText("must_be_true_or_false"),
    "date_type": FaultText("must_be_day"),
    "date_parsing": FaultText("must_be_day"),
    "date_from_datetime_parsing": FaultText("must_be_day"),
    "tuple_type": FaultText("must_be_list"),
    "list_type": FaultText("must_be_list"),
    "model_type": FaultText("fault_no_fields"),
    "model_attributes_type": FaultText("fault_no_fields"),
    "dict_type": FaultText("fault_no_fields"),
    "mapping_type": FaultText("fault_no_fields"),
}


class InvalidDefinitionError(ValueError):
    """What a validator of a definition refuses; pydantic passes it on."""

    def __init__(self, text: KeyedText) -> None:
        super().__init__(str(text))
        self.text = text


def describe_errors(
    where: str, wrong: ValidationError, kind: type[BaseModel] | None = None
) -> list[KeyedText]:
    """One fault for each error: its field with those above it, what is wrong, and the value.

    For a definition of a known kind, an unknown field is compared with those that it has there.
    """
    return [_described(where, error, kind) for error in wrong.errors()]


def _described(where: str, error: Any, kind: type[BaseModel] | None) -> KeyedText:  # noqa: ANN401  # pydantic's own
    field = ".".join(map(str, error["loc"]))
    fault = _fault(error, kind)
    if not isinstance(error["input"], dict):  # pydantic's own for a missing field is no help
        fault = KeyedText.filled("fault_says", fault=fault, value=shorten(error["input"]))
    if not field:
        return KeyedText.filled("definition_whole", place=where, fault=fault)
    return fault_at(f"{where}: {field}", fault)


def _fault(error: Any, kind: type[BaseModel] | None) -> KeyedText:  # noqa: ANN401  # pydantic's own
    *above, name = error["loc"] or ("",)
    refused = error.get("ctx", {}).get("error")
    if error["type"] == "missing":
        return KeyedText("fault_missing")
    if error["type"] == "extra_forbidden" and kind is not None:
        return unknown_name(KeyedText("a_field_here"), str(name), _fields_at(kind, above))
    if isinstance(refused, InvalidDefinitionError):
        return refused.text
    if known := FAULT_TEXTS.get(error["type"]):
        limits = {"limit": _legible(error["ctx"][known.limit])} if known.limit else {}
        return KeyedText(known.key, limits)
    return KeyedText.filled("fault_other", message=str(error["msg"]))


def _legible(limit: object) -> str:
    return f"{limit:g}" if isinstance(limit, float) else str(limit)


def _fields_at(kind: type[BaseModel], location: list[int | str]) -> list[str]:
    """The fields of the models at a place within a definition."""
    models = [kind]
    for name in location:
        fields = [model.model_fields[name] for model in models if name in model.model_fields]
        if fields:
            models = [model for field in fields for model in _models_in(field.annotation)]
    return sorted(
        {field.alias or name for model in models for name, field in model.model_fields.items()}
    )


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401  # any type
    """The models that a type is made of: those of a tuple, a union, a mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def shorten(value: object) -> Parameter:
    text = value if isinstance(value, str) else repr(value)
    if len(text) <= LEGIBLE:
        return quoted(value)
    shortened = f"{text[:LEGIBLE]} …"
    return quoted(shortened) if isinstance(value, str) else shortened
