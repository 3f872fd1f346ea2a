"""What every package uses: types, table schemas, errors, files.

Reference periods (`period`), the spelling of a series (`series`), columns and codes of the tables
(`tables`, `schemas`), rows with the same codes (`keys`), declared actions (`actions`), causes of
breaks (`break_causes`), points and verdicts (`verdicts`, `verdict_codes`, `series_window`), cell
addresses (`cells`), errors (`errors`, `crash_reports`, `faulty_parts`), finding definitions in
folders (`discover`), the name probably meant (`nearest`), files written whole or not at all
(`atomic_files`), digests of code (`version`).
"""
