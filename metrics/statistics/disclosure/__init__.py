"""Disclosure control: primary and secondary suppression, rounding, and an attack to audit them.

`disclose.disclose` suppresses what may not be shown. `audit.audit_release` says what could still be
inferred. `withheld_areas.count_withheld_areas` counts what a total leaves out.
"""
