"""The tables of Changes, Revisions and Reporting."""
