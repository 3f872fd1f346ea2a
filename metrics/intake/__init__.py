"""From a stranger's file to findings.

`sandbox.unpack` opens a file in a process of its own, by one of the `formats`; `reading.ingest`
finds observations and actions in its cells; `validate.validate` applies every rule of `rules`;
`finding_texts` puts findings into words; `annotated_workbook.annotate_workbook` gives the file back
with its findings. `templates` writes the workbooks that States fill in.
"""
