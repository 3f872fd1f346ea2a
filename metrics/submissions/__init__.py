"""The life of a submission: uploaded, examined, confirmed, replaced by a later vintage.

`desk.Desk` is the way in: it examines files, keeps accepted ones in the `archive`, records in the
`ledger` what became of each, and gives the accepted observations and actions of a collection.
"""
