"""The name of a submitted file as a sentence about it can quote it."""

LONGEST_NAME = 120


def printable_name(name: str) -> str:
    kept = "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
    return kept if len(kept) <= LONGEST_NAME else f"{kept[:60]}…{kept[-50:]}"
