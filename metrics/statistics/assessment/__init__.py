"""What assessing works with: the history of each series, and what reviewers decided."""
