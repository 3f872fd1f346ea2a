"""The life of a submission: uploaded, examined, confirmed, replaced by a later vintage.

`desk.Desk` is the entry point: it keeps accepted files in the `archive`, records every submission
in the `ledger`, and returns the accepted observations and actions of a collection. Its `examiner`
finds what there is to say about a file and changes nothing.
"""
