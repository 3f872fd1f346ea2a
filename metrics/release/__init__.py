"""From accepted submissions to a published release, and back to the cell a figure came from.

`build.build` makes a release and `publish.publish` writes it, whole or not at all.
`store.ReleaseStore` opens releases: nothing else reads what was published. `queries` finds the
rows that somebody named, `lineage.Lineage` follows a figure to its cells, and `exports.exports`
lists the formats in which tables are taken away.
"""
