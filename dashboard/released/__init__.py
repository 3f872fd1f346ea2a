"""The tables of a release as the pages ask for them: series, statuses, changes, reporting."""
