"""From released tables to pages; computes no statistics.

metrics/release/store.py opens a release and verifies its digests
  │  data        indexes its series, once a release
  ▼  context     one object a request: address, collection, release, language, actor
series           one indicator's series for one area, with its assessments
charts/          a table → a figure        table_views   the same table, to read and to download
components/      cards, pickers, tables, findings; page_registry loads the pages of a folder
pages/           one module a page: a function of its address
routes           HTTP routes beside the pages: the upload, the downloads
  ▼  app         an empty frame that fills itself from pages/
"""
