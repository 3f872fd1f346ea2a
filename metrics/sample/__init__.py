"""Invented workbooks: an ordinary client of submissions.

`workbooks.send_workbooks` fills in and submits what 27 States might have sent in six years;
`invented` makes up the figures, the same for the same seed; `progress` tells the pages how far
the building is.
"""
