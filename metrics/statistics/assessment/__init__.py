"""Assess targets: series histories, methods applied to them, and reviewers' overrides."""
