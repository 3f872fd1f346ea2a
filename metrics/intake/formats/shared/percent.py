"""Write a share that a sheet shows in per cent as the text that was typed: 0.12 as 12%."""

from decimal import Decimal

# Three decimals after a point could be read as thousands: 12.345%.
AMBIGUOUS = 3


def format_percent(fraction: float) -> str:
    text = f"{Decimal(repr(fraction)).scaleb(2):f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) == AMBIGUOUS:
        decimals += "0"
    return f"{whole}.{decimals}%" if decimals else f"{whole}%"
