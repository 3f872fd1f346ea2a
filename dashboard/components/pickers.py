"""Selectors whose choices are kept in the URL, so that any view can be sent as a link."""

from collections.abc import Iterator, Mapping, Sequence

from dash import dcc, html

from dashboard.components.hints import hint
from dashboard.components.layout import Drawn, attributes, page_link
from dashboard.context import PageContext
from dashboard.texts import Text
from dashboard.view import PARAMETERS, View, dropped_parameters, written_parameter
from metrics.catalogue.codelists import member_states
from metrics.core.tables import EU

PICKS = "data-picks"  # on a label: which choice its control makes
TYPED = "q"  # the parameter of the search box
ADDRESS = dcc.Location(id="address", refresh="callback-nav")  # the parts of the page are replaced


def picker(parameter: str, label: str, options: Mapping[str, str], chosen: str) -> html.Label:
    """A native list, which every browser can open and search by typing.

    If the address holds a value that is not on the list, the value itself is shown.
    """
    names = options if chosen in options else {chosen: chosen, **options}
    listed = [
        html.Option(name, value=value, selected=value == chosen) for value, name in names.items()
    ]
    # A name that is longer than the list is wide can be read by pointing at it, or in the list.
    return labelled_control(parameter, label, html.Select(listed, **hint(names[chosen])))


def labelled_control(parameter: str, label: str, control: Drawn) -> html.Label:
    """A control for `assets/pickers.js`, with what its choice writes into the address and drops."""
    return html.Label(
        [html.Span(label, className="picker-label"), control],
        className=f"picker picker-{parameter}",
        **attributes(
            data_picks=parameter,
            data_writes=written_parameter(parameter),
            data_drops=" ".join(dropped_parameters(parameter)),
        ),
    )


def add_forms(drawn: Drawn, context: PageContext) -> Drawn:
    """The same parts, with a form beside each list or box, for a browser without scripts."""
    if isinstance(drawn, list | tuple):
        return [part for child in drawn for part in with_form(add_forms(child, context), context)]
    children = getattr(drawn, "children", None)
    if isinstance(children, list | tuple):
        drawn.children = add_forms(children, context)
    elif hasattr(children, "children"):
        parts = add_forms([children], context)
        drawn.children = parts if len(parts) > 1 else parts[0]
    return drawn


def with_form(drawn: Drawn, context: PageContext) -> Iterator[Drawn]:
    yield drawn
    parameter: str = vars(drawn).get(PICKS, "") if type(drawn) is html.Label else ""
    control: Drawn = drawn.children[-1] if parameter else None
    if parameter:
        control.name, control.form = written_parameter(parameter), f"pick-{parameter}"
        yield form_of_choice(parameter, context)


def form_of_choice(parameter: str, context: PageContext) -> html.Form:
    """What a choice keeps of the view, as `assets/pickers.js` does, and a button to apply it."""
    kept = vars(context.view.with_choice(parameter, ""))
    hidden = [dcc.Input(type="hidden", name=name, value=value)
              for name, value in kept.items() if value and name in PARAMETERS]  # fmt: skip
    button = html.Button(context.text("pickers.apply"), type="submit", className="button")
    return html.Form([*hidden, html.Noscript(button)], id=f"pick-{parameter}", method="GET",
                     className="pick-form")  # fmt: skip


def area_options(context: PageContext) -> dict[str, str]:
    """The Union, its Member States by name, and every other area with figures."""
    text, others = context.text, context.release.areas if context.release else ()
    states = text.codes_by_name("area", member_states())
    others_by_name = text.codes_by_name("area", others)
    return {EU: text.code("area", EU)} | states | others_by_name


def any_area_picker(context: PageContext) -> html.Label:
    """All areas, or one."""
    text = context.text
    names = {"": text("changes.all_areas")} | area_options(context)
    return picker("area", text("choice.area"), names, context.view.area)


def any_goal_picker(context: PageContext) -> html.Label:
    """All goals of the collection, or one."""
    text, goals = context.text, context.definitions.goals.values()
    names = {goal.code: goal.coded_name(context.language) for goal in goals}
    all_or_one = {"": text("changes.all_goals")} | names
    return picker("goal", text("choice.goal"), all_or_one, context.view.goal)


def any_indicator_picker(context: PageContext) -> html.Label:
    """All indicators, or one: of the chosen goal, or of the collection."""
    text, definitions = context.text, context.definitions
    goal = definitions.goals.get(context.view.goal)
    codes = goal.indicators if goal else definitions.indicators
    names = {code: definitions.indicators[code].name(context.language) for code in codes}
    all_or_one = {"": text("changes.all_indicators")} | names
    return picker("indicator", text("choice.indicator"), all_or_one, context.view.indicator)


def framework_picker(context: PageContext) -> html.Label:
    """All frameworks of the collection, or one."""
    text = context.text
    names = {"": text("overview.all")} | {
        code: framework.name(text.language)
        for code, framework in context.definitions.frameworks.items()
    }
    return picker("framework", text("overview.framework"), names, context.view.framework)


def area_picker(context: PageContext) -> html.Label:
    """One area; of publishers that have one each, also all of them."""
    text = context.text
    anywhere = {} if context.first_area else {"": text("overview.anywhere")}
    chosen = context.view.area or context.first_area
    return picker("area", text("overview.area"), anywhere | area_options(context), chosen)


def period_picker(context: PageContext) -> Iterator[html.Label]:
    """The newest figures, or those as of the end of a year; none without a release."""
    if context.release is not None:
        text = context.text
        years = {year: text.period(year) for year in context.release.years}
        names = {"": text("period.newest")} | years
        yield picker("period", text("period.as_of"), names, context.view.period)


def switch(
    parameter: str, label: str, options: Mapping[str, str], view: View, path: str
) -> html.Div:
    """A choice of two or three as links; also the current one, which has the focus once chosen."""
    chosen = getattr(view, parameter) or next(iter(options))
    links = [
        html.A(name, href=href, className="current", **attributes(aria_current="true"))
        if value == chosen
        else page_link(name, href=href)
        for value, name in options.items()
        for href in [view.link(path, **{parameter: value})]
    ]
    return html.Div(
        [html.Span(label, className="switch-label"), *links],
        className="switch",
        role="group",
        **attributes(aria_label=label),
    )


def labelled_links(label: str, links: Sequence[Drawn]) -> html.Div:
    """A choice as links, with a visible label before them."""
    group = html.Div(list(links), className="switch", role="group", **attributes(aria_label=label))
    return html.Div([html.Span(label, className="picker-label"), group], className="compare-group")


def search_box(label: str, typed: str, text: Text) -> html.Label:
    box = dcc.Input(type="search", value=typed, placeholder=text("catalogue.search_example"))
    return labelled_control(TYPED, label, box)
