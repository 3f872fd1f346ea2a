"""Documents as files of Word: headings, tables and native charts that can be edited.

`report_docx` writes a report.
"""
