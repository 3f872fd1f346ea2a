"""PDF files by typst: tagged (PDF/UA-1), with bookmarks, languages and alternative texts.

`typesetter` fills a template with data, and is all that knows typst. Words reach it as data, never
as its markup. Its typeface is Arimo, of the package `fontpkg-arimo`: its letters are as wide as
those of Arial, by which slides are measured.
"""
