"""Changes between releases, and revisions, as sentences and as words of a table."""

from dashboard.context import PageContext
from dashboard.released.changed_rows import KINDS_OF_CHANGE, STATUS_CHANGE, AskedChanges
from dashboard.released.revised_rows import revised_figures_of
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.messages.sentences import with_capital
from metrics.release.changes import FigureChange, StatusCause

WITHOUT_VALUE = {STATUS_CHANGE, FigureChange.OBSERVATION_STATUS}  # no value differs


def changes_finding(changes: AskedChanges | None, context: PageContext) -> str:
    """`GA-1.1, Finland: 2 statuses of goals and 10 reported figures changed since release …`."""
    if changes is None:
        return context.text("changes.first_release")
    is_of_kind = context.view.change in KINDS_OF_CHANGE
    finding = finding_of_kind if is_of_kind else finding_of_all
    return within_scope(finding(changes, context), context)


def finding_of_all(changes: AskedChanges, context: PageContext) -> str:
    """`2 statuses of goals and 10 reported figures changed since release 2026-05-03-4c3584`."""
    text, statuses = context.text, changes.counts.get(STATUS_CHANGE, 0)
    figures = sum(number for kind, number in changes.counts.items() if kind not in WITHOUT_VALUE)
    return text(
        "changes.finding" if statuses else "changes.finding_figures",
        statuses=text.counted("changes.count_statuses", statuses),
        figures=text.counted("changes.count_figures", figures),
        release=changes.difference.before.label,
    )


def finding_of_kind(changes: AskedChanges, context: PageContext) -> str:
    """`New since release 2026-05-03-4c3584: 4 reported figures`."""
    text, kind = context.text, context.view.change
    counted = "changes.count_statuses" if kind == STATUS_CHANGE else "changes.count_figures"
    return text(
        "changes.finding_kind",
        kind=text(f"change_of_figure.{kind}"),
        number=text.counted(counted, changes.counts.get(kind, 0)),
        release=changes.difference.before.label,
    )


def within_scope(sentence: str, context: PageContext) -> str:
    """The sentence after the name of what is chosen, if any."""
    scope = scope_in_words(context)
    return f"{scope}: {sentence}" if scope else with_capital(sentence)


def scope_in_words(context: PageContext) -> str:
    """`GA-1.1, Victims identified, Finland`: the goal, indicator and area that are chosen."""
    view, text = context.view, context.text
    indicator = context.definitions.indicators.get(view.indicator)
    name = indicator.name(text.language) if indicator else ""
    area = text.code("area", view.area) if view.area else ""
    return ", ".join(filter(None, [view.goal, name, area]))


def revisions_finding(context: PageContext) -> str:
    """`23 figures differ from what was sent before: 20 upward, 3 not comparable`."""
    text, rows = context.text, revised_figures_of(context)
    counts = {
        "upward": rows["difference"].gt(0).sum(),
        "downward": rows["difference"].lt(0).sum(),
        "uncompared": rows["difference"].isna().sum(),
    }
    directions = [
        text.counted(f"revisions.count_{name}", int(n)) for name, n in counts.items() if n
    ]
    words = text.counted("revisions.finding", len(rows), directions=", ".join(directions))
    return within_scope(words if len(rows) else text("revisions.none"), context)


def status_in_words(status: str, text: Text) -> str:
    """A status; "not shown" where it was that of a figure that may be shown no longer."""
    return text(f"status.{status}") if status else text("changes.hidden")


def periods_in_words(row: Record, text: Text) -> str:
    """`2025`; `2024 → 2025` where the two verdicts are about different periods."""
    periods = dict.fromkeys(filter(None, (row["period_before"], row["period_after"])))
    return " → ".join(map(text.period, periods))


def causes_in_words(row: Record, text: Text) -> str:
    """`revised figure; now in the total: Hungary`."""
    causes = [text(f"cause.{cause}") for cause in row["cause"].split(";")
              if cause != StatusCause.COVERAGE]  # fmt: skip
    moved = [
        text(f"cause.{name}", states=", ".join(text.code("area", area) for area in areas))
        for name in ("joined", "left")
        if (areas := [*filter(None, row[name].split(";"))])
    ]
    return text.listed([*causes, *moved])
