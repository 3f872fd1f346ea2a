"""Disclosure control: what must be withheld, what would give it back, and the attack on it."""
