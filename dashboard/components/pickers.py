"""Choices that are kept in the address, so that any view can be sent as a link."""

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, callback, ctx, dcc, html, no_update

from dashboard.components.layout import Drawn, attributes
from dashboard.context import PageContext
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.core.tables import EU

FEW = 8  # options fit on a small screen
ALL_OF_THEM = "_"  # Mantine wants a value for every option
ADDRESS = dcc.Location(id="address", refresh="callback-nav")


def picker(parameter: str, label: str, options: Mapping[str, str], chosen: str) -> dmc.Select:
    """`shown` in the id tells a choice from a picker that has only just been drawn."""
    return dmc.Select(
        id={"picks": parameter, "shown": chosen},
        label=label,
        data=[{"value": value or ALL_OF_THEM, "label": name} for value, name in options.items()],
        value=chosen or ALL_OF_THEM,
        allowDeselect=False,
        searchable=len(options) > FEW,
        selectFirstOptionOnChange=True,
        checkIconPosition="right",
        comboboxProps={"shadow": "md", "withinPortal": False},
        className=f"picker picker-{parameter}",
    )


def area_options(context: PageContext) -> dict[str, str]:
    """The Union, its Member States, and every other area with figures."""
    others = context.release.areas if context.release else ()
    codes = dict.fromkeys((EU, *member_states(), *others))
    return {code: context.text.code("area", code) for code in codes}


def switch(
    parameter: str, label: str, options: Mapping[str, str], view: View, path: str
) -> html.Div:
    """A choice of two or three, as links: they work by keyboard and say which is current."""
    chosen = getattr(view, parameter) or next(iter(options))
    links = [
        html.Span(name, className="current", **attributes(aria_current="true"))
        if value == chosen
        else dcc.Link(name, href=view.link(path, **{parameter: value}))
        for value, name in options.items()
    ]
    return html.Div(
        [html.Span(label, className="switch-label"), *links],
        className="switch",
        role="group",
        **attributes(aria_label=label),
    )


def search_box(label: str, typed: str, text: Text) -> dmc.TextInput:
    return dmc.TextInput(
        id={"picks": "q", "shown": typed},
        label=label,
        value=typed,
        debounce=300,
        placeholder=text("catalogue.search_example"),
        className="picker picker-q",
    )


@callback(
    Output("address", "search"),
    Input({"picks": ALL, "shown": ALL}, "value"),
    State("address", "search"),
    prevent_initial_call=True,
)
def picks_to_address(_values: list[str | None], search: str | None) -> Drawn:
    picks = changed(ctx.inputs_list[0])
    return merged(View.parse(search or ""), picks).search if picks else no_update


def changed(pickers: list[dict[str, Any]]) -> dict[str, str]:
    """What stands otherwise than it was drawn; a picker that has just appeared changes nothing."""
    values = {
        each["id"]["picks"]: (each.get("value") or "", each["id"]["shown"]) for each in pickers
    }
    return {
        parameter: value
        for parameter, (value, shown) in values.items()
        if value not in {shown, ALL_OF_THEM if shown == "" else shown}
    }


def merged(view: View, picks: Mapping[str, str]) -> View:
    """Every choice merges into what the address already says."""
    for parameter, value in picks.items():
        view = view.picking(parameter, "" if value == ALL_OF_THEM else value)
    return view
