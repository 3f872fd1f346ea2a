"""The yearly workbook of one State: a sheet for each policy target, one for its actions."""

from metrics.intake.templates import Template, TemplateRequest


def write(request: TemplateRequest) -> bytes:
    """Write the workbook as .xlsx; the same request gives the same bytes."""
    # Whoever reads a workbook asks for name and version alone: XlsxWriter is not imported for that.
    from metrics.intake.templates.follow_up.writer import write_workbook  # noqa: PLC0415

    return write_workbook(request)


TEMPLATE = Template("follow_up", "1", write)
