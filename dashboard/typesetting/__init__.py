"""Documents as PDF files by typst: tagged, with bookmarks, languages and alternative texts.

`report_pdf` writes a report. Words reach typst as data, never as its markup.
"""
