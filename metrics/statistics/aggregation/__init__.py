"""Aggregation over areas: sums, rates and matched panels.

`aggregate.aggregate` adds the rows of the Union, `aggregate.aggregate_released` those of a group
that is not released, from what is.
"""
