"""Queries on the columns of a table, tried before a rule relies on them."""

import ast

import pandas as pd
from pandas.api.types import is_bool_dtype

from metrics.core.errors import DefinitionError, unknown_name

OPERATORS = "compare with ==, !=, <, <=, > or >=, and join comparisons with `and`, `or`, `not`"


def check_query(query: str, example: pd.DataFrame) -> None:
    """Ask a query of an example table; DefinitionError says how to correct what fails."""
    try:
        parsed = ast.parse(query, mode="eval")
    except SyntaxError as error:
        raise DefinitionError(f"{query!r} is no condition: {error.msg}; {OPERATORS}") from error
    names = {node.id for node in ast.walk(parsed) if isinstance(node, ast.Name)}
    for name in sorted(names.difference(example.columns)):
        unknown = unknown_name("a column here", name, example.columns)
        raise DefinitionError(f"{query!r}: {unknown}")
    try:
        answer = example.eval(query, engine="python")
    except AttributeError as error:
        public = [name for name in dir(pd.Series) if not name.startswith("_")]
        unknown = unknown_name("a function of a column", str(error.name), public)
        raise DefinitionError(f"{query!r}: {unknown}") from error
    except (TypeError, ValueError, NotImplementedError) as error:
        raise DefinitionError(f"{query!r} cannot be computed: {error}; {OPERATORS}") from error
    if not is_bool_dtype(pd.Series(answer)):
        raise DefinitionError(f"{query!r} is neither true nor false of a row; {OPERATORS}")
