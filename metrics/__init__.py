"""From the workbooks that Member States submit to the tables that the dashboard shows.

    a file somebody sent
      |  unpack     cells             in a process of its own, by          formats/
      |  ingest     observations      by the words of their headings, see  templates/
      |  validate   findings          by every rule in                     rules/
      v  desk       a submission, once in data/raw and in the ledger
    data/raw/<collection>/<round>/<area>/<vintage>-<digest>.xlsx
      |  derive     indicator values  by each definition and formula in    indicators/
      |  aggregate  EU totals, and how many of the 27 have reported
      |  disclose   what may be shown, and nothing from which more follows
      |  assess     verdicts          for each goal, by each method in     goals/, methods/
      v  publish    a release, whole or not at all
    data/processed/<collection>/<release>/*.parquet

Verbs are steps and nouns are definitions: a change of substance adds or edits a file in a noun's
folder, and the step that reads the folder stays as it is. `pipeline.tables` is the lower half of
this picture in code, `desk.Desk.examine` the upper. A step imports definitions and what is below
them, never another step. The tables between the steps are described in docs/tables.md.
"""
