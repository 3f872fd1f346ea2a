"""What was agreed: frameworks, goals, indicators, code lists, collections, methods.

One folder for each kind of definition; `loader.catalogue` reads them all and `checks` compares
them with one another. `definitions` declares what a definition may say.
"""
