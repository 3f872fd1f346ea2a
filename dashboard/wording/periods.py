"""As of which period something is said; nothing for today."""

from dashboard.texts import Text


def as_of_period(finding: str, period: str, text: Text) -> str:
    """`As of 2022: 1 of 28 goals met`; unchanged for today."""
    if not period:
        return finding
    return text("period.finding", period=text.period(period), finding=finding)


def area_as_of_period(area: str, period: str, text: Text) -> str:
    """`Finland as of 2022`; the name alone for today."""
    name = text.code("area", area) if area else text("overview.anywhere")
    return text("period.area", area=name, period=text.period(period)) if period else name
