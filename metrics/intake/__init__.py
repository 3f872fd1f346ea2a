"""From a submitted file to findings.

`sandbox.unpack` opens an untrusted file in a separate process, with one of the `formats`;
`reading.ingest` finds observations and actions in its cells; `validate.validate` applies every rule
of `rules`; `finding_texts` describes findings in words; `annotated_workbook.annotate_workbook`
writes them into a copy of the file. `templates` writes the workbooks that States fill in.
"""
