"""Where a released value comes from, as lines of text."""

from collections.abc import Iterable, Iterator, Mapping

from metrics.catalogue.codelists import name_of_code
from metrics.catalogue.released_remarks import describe_denominator
from metrics.commands.figures_text import format_figure
from metrics.messages import ENGLISH, Messages, messages
from metrics.release.lineage import LineageNode
from metrics.submissions.ledger import SUBMISSION_NAME

RATE = "rate"


def format_lineage(node: LineageNode, language: str = ENGLISH, depth: int = 0) -> Iterator[str]:
    """The tree as text, one line for each value."""
    texts: Messages = messages(language, "commands")["lineage"]
    key = f"{node.series} {node.area} {node.period}"
    value = _describe_value(node, texts, language)
    yield f"{'  ' * depth}{key} = {value}  <- {_describe_origin(node, texts, language)}"
    for part in node.parts:
        yield from format_lineage(part, language, depth + 1)


def _describe_value(node: LineageNode, texts: Messages, language: str) -> str:
    """The value; or whether it is missing, not applicable or suppressed."""
    if node.value is not None:
        return format_figure(node.value, language)
    status = name_of_code("observation_status", node.observation_status, language)
    return str(texts["no_value"].format(status=status))


def _describe_origin(node: LineageNode, texts: Messages, language: str) -> str:
    if node.cell:
        return str(texts["cell"].format(cell=node.address, submission=node.submission))
    how = str(texts["how"][node.how])
    if node.areas_expected > 1:
        counts = {"n": node.areas_reporting, "all": node.areas_expected}
        return str(texts["reporting"].format(how=how, **counts))
    return f"{how} ({describe_denominator(node.period, language)})" if node.how == RATE else how


def resent_files(
    submissions: Iterable[Mapping[str, str]], node: LineageNode, language: str
) -> Iterator[str]:
    """Name the files behind a value that were sent again after having been replaced."""
    text = messages(language, "commands")["lineage"]["sent_again"]
    again = {SUBMISSION_NAME.format_map(sent): sent.get("again", "") for sent in submissions}
    for name in dict.fromkeys(leaf.submission for leaf in node.leaves()):
        if again.get(name):
            yield text.format(name=name, key=again[name])
