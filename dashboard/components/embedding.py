"""The code that puts a chart into a page of another site, where the operator lets sites do so."""

from html import escape

from dash import html

from dashboard.components.layout import attributes
from dashboard.frame_permissions import EMBED_PATH, VARIABLE, frame_ancestors
from dashboard.hosts import site_address
from dashboard.texts import Text
from dashboard.view import View

# Pixels, of a chart with its notes in a column of a page; in less, its notes are scrolled to.
HEIGHTS = {"states": 800, "map": 860, "multiples": 1040, "comparison": 780}
USUAL_HEIGHT = 760


def embed_control(chart: str, view: View, title: str, text: Text) -> html.Details:
    """The code or, where no site may frame a chart, how that can be allowed."""
    sites, words = frame_ancestors(), html.Summary(text("embed.control"))
    if not sites:
        hint = html.P(text("embed.no_site", setting=VARIABLE), className="quiet")
        return html.Details([words, hint], className="take embed")
    code = html.Textarea(
        frame_code(chart, view, title, text), readOnly="readOnly", rows=4, className="embed-code",
        **attributes(aria_label=text("embed.code")),
    )  # fmt: skip
    which = text("embed.pinned" if view.release else "embed.current")
    words_of_code = f"{text('embed.hint', sites=', '.join(sites))} {which}"
    hint = html.P(words_of_code, className="quiet")
    return html.Details([words, hint, code], className="take embed")


def frame_code(chart: str, view: View, title: str, text: Text) -> str:
    address = f"{site_address()}{view.link(EMBED_PATH + chart)}"
    named = f"{title} ({text('frame.product')})"
    height = HEIGHTS.get(chart.partition("-")[0], USUAL_HEIGHT)
    return (
        f'<iframe src="{escape(address)}" title="{escape(named)}" width="100%" height="{height}"'
        ' loading="lazy" style="border:0"></iframe>'
    )
