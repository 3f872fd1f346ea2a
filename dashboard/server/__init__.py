"""HTTP: documents, routes, feeds and files that the app answers with, and its workers."""
