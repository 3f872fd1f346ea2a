"""Aggregation over areas: addends, rates, and matched panels."""
