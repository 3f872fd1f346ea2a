"""From the workbooks that Member States submit to the tables that the dashboard shows.

    a submitted file
      |  intake        opened in a process of its own, read by the words of its headings,
      |                validated by every rule: an examination, which its sender is shown
      v  submissions   once confirmed, kept in data/raw and entered in the ledger
    data/raw/<collection>/<round>/<area>/<vintage>-<digest>.xlsx
      |  statistics    derive       shares and changes, by each formula in catalogue/indicators/
      |                aggregate    totals of the Union, and how many of the 27 have reported
      |                disclose     suppress what may not be shown or would disclose it
      |                assess       verdicts, trajectories and outlooks, by catalogue/methods/
      v  release       built from all that was accepted, and published atomically
    data/processed/<collection>/<release>/*.parquet

A package imports only packages below it in this list:

    commands, dashboard   the command line; the pages (a package beside this one)
    release, sample       build, publish and read releases; invented workbooks
    submissions           desk, archive, ledger
    intake, statistics    a file to findings; observations to verdicts
    catalogue             what was agreed: goals, indicators, code lists, collections, methods
    messages              every text that a person reads, in every language
    core                  what every package knows: periods, series, tables, errors

To change what is measured, add or edit a file in a folder of the catalogue or of another registry;
the code that reads the folder does not change. `submissions.desk` implements the upper half of the
picture, `release.build` the lower. docs/tables.md describes the tables between the steps.
"""

import os

# openpyxl writes the same files whether or not lxml, which slides need, is installed.
os.environ.setdefault("OPENPYXL_LXML", "False")
