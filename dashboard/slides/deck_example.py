"""A deck to begin with: a file that explains its fields, in the language of the reader."""

import json
from collections.abc import Sequence

from dashboard.texts import Text
from metrics.messages import languages

EXAMPLE = """\
# {about}
# {build} empact deck {name} -o talk.pptx
# {newer} empact deck {name} --current -o talk.pptx
title: {title}
language: {language}            # {languages}
collection: {collection}   # {collections}
release: current        # {release}
# marking: LIMITE       # {marking}
# template: own.pptx    # {template}
# address: https://metrics.example.eu   # {address}
slides:
  - link: /?framework=GA2012
  - link: /goal?goal=GA-1.1
    notes: {notes}
  - link: /goal?goal=GA-1.1&view=states
  - link: /goal?goal=GA-1.1&view=states
    as: multiples
  - link: /?framework=GA2012
    as: matrix
  - link: /state?area=FI
  - link: /report
  - text: {discussion}
    body:
      - {support}
      - {path}
  - link: /about
"""
EXPLAINED_FIELDS = ("about", "build", "newer", "release", "marking", "template", "address")
EXAMPLE_TEXTS = ("title", "notes", "discussion", "support", "path")


def deck_example(name: str, collection: str, collections: Sequence[str], text: Text) -> str:
    """The file of this name, of one of the collections."""
    comments = {key: text(f"deck_example.{key}") for key in EXPLAINED_FIELDS}
    values = {key: yaml_text(text(f"deck_example.{key}")) for key in EXAMPLE_TEXTS}
    return EXAMPLE.format(
        name=name,
        language=text.language,
        languages=", ".join(languages()),
        collection=collection,
        collections=", ".join(collections),
        **comments,
        **values,
    )


def yaml_text(text: str) -> str:
    """In quotation marks, in which YAML takes a text as JSON does."""
    return json.dumps(text, ensure_ascii=False)
