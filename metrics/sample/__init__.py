"""The sample: invented workbooks, submitted like any others.

`workbooks.send_workbooks` fills in and submits what 27 States might have sent in six years;
`figure_generator` generates the figures, the same for the same seed; `progress` reports the
progress of the build to the pages.
"""
