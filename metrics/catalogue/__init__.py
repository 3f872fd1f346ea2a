"""What was agreed: frameworks, goals, indicators, code lists, collections, methods.

One folder for each kind of definition. `loader.catalogue` reads them all, `checks` verifies that
they are consistent, and `definitions` declares the fields of each kind.
"""
