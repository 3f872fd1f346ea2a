"""From released tables to pages; computes no statistics.

metrics/release/store.py opens a release and verifies its digests
  │  data        indexes its series, once a release
  ▼  context     one object a request: address, collection, release, language, actor
released/        the tables of a release as the pages ask for them; series: figures and assessments
charts/          a table → a chart, drawn by plotly or matplotlib, or native in a slide
addresses/       what an address may ask for, and what it chose
wording/         findings, verdicts and reasons as sentences
contents/        comparisons, searches, profiles: what pages, slides and downloads contain
slides/          a list of links → a deck
report/          a release → a document, which knows no format
word/            a document → DOCX and XLSX        typesetting/   a document → PDF
exports/         one module for each file format
pictures/        charts, decks and documents as files, each written in a process of its own
components/      cards, pickers, tables, findings; page_registry loads the pages of a folder
pages/           one module a page: a function of its address
server/          HTTP beside the pages: documents, downloads, the upload; the workers that serve
  ▼  app         an empty frame that fills itself from pages/
"""
