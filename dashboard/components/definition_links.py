"""Links to the page that defines each status, mark and term."""

from dash import dcc

from dashboard.components.layout import page_link
from dashboard.context import PageContext

ABOUT_PATH = "/about"
STATUSES = "statuses"  # the part of the page with the statuses


def definitions_link(context: PageContext) -> dcc.Link:
    address = context.view.lasting_choices.link(ABOUT_PATH)
    return page_link(context.text("about.statuses_link"), href=f"{address}#{STATUSES}")
