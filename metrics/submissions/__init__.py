"""The life of a submission: uploaded, examined, confirmed, replaced by a later vintage.

`desk.Desk` is the entry point: it keeps accepted files in the `archive`, records every submission
in the `ledger`, and returns the accepted observations and actions of a collection. Its `examiner`
examines a file and changes nothing.
"""
