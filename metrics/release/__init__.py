"""From accepted submissions to a published release, and from a figure back to its cells.

`build.build` computes a release and `publish.publish` writes it atomically.
`store.ReleaseStore` opens releases: nothing else reads them. `queries` finds rows by series, area
or goal, `lineage.Lineage` traces a figure to its cells, and `exports.exports` lists the file
formats for tables.
"""
