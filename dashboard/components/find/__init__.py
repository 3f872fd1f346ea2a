"""The form and the answer of the Find page."""
