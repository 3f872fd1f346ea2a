"""Decks of slides: a list of links becomes a presentation with native charts and tables.

`read_deck_file` reads the list, `read_contents` what the slides say, which each module of
`dashboard.exports` that writes decks writes in its format.
A slide takes its figures and its sentences from where the page of its link takes them.
"""
