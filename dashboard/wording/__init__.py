"""Findings, verdicts and their reasons as sentences in the language of the reader."""
