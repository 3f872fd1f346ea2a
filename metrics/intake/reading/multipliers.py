"""Numbers with a factor beside them, such as `1,2 milj.`, in the unit that a row asks for."""

from math import isnan

from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.codelists.units import factor_of_unit
from metrics.catalogue.definitions.indicators import Indicator
from metrics.intake.reading.numbers import Number, as_displayed, format_plain_number


def in_unit_of_row(number: Number, indicator: Indicator, component: str) -> Number:
    """The number as the row counts it; it is read if the row counts in the factor that was typed.

    Elsewhere the sender is asked for the full number, as `1,2 milj.` may be rounded.
    """
    in_unit = factor_of_unit(unit_of_component(component, indicator.unit))
    try:
        full = float(number.understood) * number.factor / in_unit
    except ValueError:
        return Number("multiplied")
    if isnan(full):
        return Number("multiplied")
    written = format_plain_number(full)
    if number.form == "multiplied" and number.factor == in_unit:
        return Number("number", as_displayed(full), written)
    return number._replace(understood=written)
