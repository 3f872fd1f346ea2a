"""Documents about a whole release: the follow-up report, and the overview of third countries.

`follow_up` and `third_countries` read a release into a `document`, which knows no format;
`dashboard/exports` writes it.
"""
