"""From the workbooks that Member States submit to the tables that the dashboard shows.

    a stranger's file
      |  intake        opened in a process of its own, read by the words of its headings,
      |                checked by every rule: an examination, which its sender is shown
      v  submissions   once confirmed, kept in data/raw and entered in the ledger
    data/raw/<collection>/<round>/<area>/<vintage>-<digest>.xlsx
      |  statistics    derive       shares and changes, by each formula in catalogue/indicators/
      |                aggregate    totals of the Union, and how many of the 27 have reported
      |                disclose     what may be shown, and nothing from which more follows
      |                assess       verdicts, trajectories and outlooks, by catalogue/methods/
      v  release       built from all that was accepted, and published whole or not at all
    data/processed/<collection>/<release>/*.parquet

A package imports only what stands below it here:

    commands, dashboard   the command line; the pages (a package beside this one)
    release, sample       build, publish and read releases; invented workbooks
    submissions           desk, archive, ledger
    intake, statistics    a file to findings; observations to verdicts
    catalogue             what was agreed: goals, indicators, code lists, collections, methods
    messages              every text that a person reads, in every language
    core                  what every package knows: periods, series, tables, errors

Steps are verbs and definitions are nouns: a change of substance adds or edits a file in a folder
of the catalogue or of another registry, and the step that reads the folder stays as it is.
`release.build` is the lower half of the first picture in code, `submissions.desk` the upper. The
tables between the steps are described in docs/tables.md.
"""
