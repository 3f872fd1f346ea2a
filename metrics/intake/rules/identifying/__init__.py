"""Refuse data about a person, or data that leads to one; such a value is never repeated."""
