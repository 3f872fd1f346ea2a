"""Decks of slides: a list of links becomes a presentation with native charts and tables.

`read_deck_file` reads the list, `build_deck` makes the slides, `dashboard.exports.pptx` the file.
A slide takes its figures and its sentences from where the page of its link takes them.
"""
