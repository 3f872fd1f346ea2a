"""The changes of the ledger, in the order of their numbers."""
