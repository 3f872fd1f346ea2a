"""From released tables to pages; computes no statistics.

data/processed/<collection>/<release>/
  │  data        opens a release, once; the pointer `current` is looked at per request
  ▼  tracks      what belongs together: an indicator's series for an area, and its assessments
charts/          a table → a figure        twins    the same table, for reading and downloading
components/      cards, pickers, tables, findings
pages/           one module a page: a function of its address
routes           what is not a page: the upload, the files to take away
  ▼  app         an empty frame that fills itself from pages/
"""
