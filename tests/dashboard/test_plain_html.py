"""Components are written as the HTML that Dash would make of them in a browser."""

from typing import Any

import pytest
from dash import dcc, html
from markupsafe import Markup

from dashboard.components.layout import attributes
from dashboard.components.plain_html import NeedsDashError, plain_html


@pytest.mark.parametrize(
    ("drawn", "written"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ([1, " ", 2.5, None, True, "x"], "1 2.5x"),
        (html.P(["a", html.Br(), html.B("b")]), "<p>a<br><b>b</b></p>"),
        (html.Div(className="a b", id="c", hidden=False), '<div class="a b" id="c"></div>'),
        (html.Details("x", open=True), "<details open>x</details>"),
        (html.Label("x", htmlFor="y", title='"<'), '<label for="y" title="&quot;&lt;">x</label>'),
        (html.Td(colSpan=2, tabIndex=-1), '<td colspan="2" tabindex="-1"></td>'),
        (html.I(**attributes(aria_hidden=True, data_x="1")), '<i aria-hidden="true" data-x="1"></i>'),
        (html.Div(style={"fontSize": "1rem", "width": "5%"}),
         '<div style="font-size:1rem;width:5%"></div>'),
        (dcc.Link("x", href="/?a=1&b=2", refresh=True), '<a href="/?a=1&amp;b=2">x</a>'),
        (dcc.Input(type="search", value="<x>"), '<input type="search" value="&lt;x&gt;">'),
        (dcc.Store(id="s", data=Markup("<b>&amp;</b>")), "<b>&amp;</b>"),
    ],
)  # fmt: skip
def test_a_component_is_written_as_html(drawn: Any, written: str) -> None:
    assert plain_html(drawn) == written


def test_a_chart_is_data_that_ends_no_script() -> None:
    figure = {"data": [{"x": [1], "y": [2], "name": "</script><b>"}], "layout": {}}
    written = plain_html(dcc.Graph(id="g", figure=figure, style={"height": "9px"}))

    assert written.startswith('<div class="dash-graph" id="g" style="height:9px">')
    assert written.count("<") == 4


@pytest.mark.parametrize(
    "drawn",
    [
        dcc.Interval(id="clock"),
        dcc.Markdown("*x*"),
        dcc.Store(id="s", data="<b>"),
        html.Button("x", id="read-by-a-callback"),
        html.Button("x", id={"group": "x"}),
    ],
)
def test_what_needs_the_scripts_of_dash_is_refused(drawn: Any) -> None:
    with pytest.raises(NeedsDashError):
        plain_html([html.P("x"), drawn], {"read-by-a-callback"})
