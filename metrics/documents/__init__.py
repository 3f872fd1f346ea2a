"""Documents written from definitions and findings: for people, not for programs."""
