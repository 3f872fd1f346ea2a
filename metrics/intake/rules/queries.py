"""Queries on the columns of a table, tried before a rule relies on them."""

import ast

import pandas as pd
from pandas.api.types import is_bool_dtype

from metrics.core.errors import DefinitionError, KeyedText, fault_at, quoted, unknown_name


def check_query(query: str, example: pd.DataFrame) -> None:
    """Ask a query of an example table; DefinitionError says how to correct what fails."""
    try:
        parsed = ast.parse(query, mode="eval")
    except SyntaxError as error:
        raise DefinitionError("query_no_condition", query=query, reason=error.msg) from error
    names = {node.id for node in ast.walk(parsed) if isinstance(node, ast.Name)}
    for name in sorted(names.difference(example.columns)):
        unknown = unknown_name(KeyedText("a_column_here"), name, example.columns)
        raise DefinitionError.of_text(fault_at(quoted(query), unknown))
    try:
        answer = example.eval(query, engine="python")
    except AttributeError as error:
        public = [name for name in dir(pd.Series) if not name.startswith("_")]
        unknown = unknown_name(KeyedText("a_function_of_column"), str(error.name), public)
        raise DefinitionError.of_text(fault_at(quoted(query), unknown)) from error
    except (TypeError, ValueError, NotImplementedError) as error:
        raise DefinitionError("query_not_computed", query=query, reason=str(error)) from error
    if not is_bool_dtype(pd.Series(answer)):
        raise DefinitionError("query_not_boolean", query=query)
