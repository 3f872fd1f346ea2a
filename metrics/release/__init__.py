"""From accepted submissions to a published release, and back to the cell a figure came from.

`build.build` makes a release and `publish.publish` writes it, whole or not at all.
`lineage` follows a figure to its cells; `exports` writes the tables in formats for others.
"""
