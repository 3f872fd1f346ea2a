"""The yearly workbook of one State: a sheet for each policy target, and one for actions.

A copy of this file and of `writer.py` is a layout with the copy's name; what draws a sheet is
imported from here.
"""

from metrics.intake.templates import Template, TemplateRequest


def write(request: TemplateRequest) -> bytes:
    """Write the workbook as .xlsx; the same request gives the same bytes."""
    # Imported here, because readers of workbooks need only name and version, not XlsxWriter.
    from .writer import write_workbook  # noqa: PLC0415

    return write_workbook(request)


TEMPLATE = Template(__name__.rpartition(".")[2], "1", write)
