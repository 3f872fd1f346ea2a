"""Disclosure control: primary and secondary suppression, rounding, and an attack to audit them."""
