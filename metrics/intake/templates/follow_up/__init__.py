"""The yearly workbook of one State: a sheet for each policy target, and one for actions."""

from metrics.intake.templates import Template, TemplateRequest


def write(request: TemplateRequest) -> bytes:
    """Write the workbook as .xlsx; the same request gives the same bytes."""
    # Imported here, because readers of workbooks need only name and version, not XlsxWriter.
    from metrics.intake.templates.follow_up.writer import write_workbook  # noqa: PLC0415

    return write_workbook(request)


TEMPLATE = Template("follow_up", "1", write)
