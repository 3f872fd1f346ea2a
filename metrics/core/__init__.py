"""What every package uses: types, table schemas, errors, files.

Reference periods (`period`), the spelling of a series (`series`), columns and codes of the tables
(`tables`, `schemas`), rows with the same codes (`keys`), declared actions (`actions`), causes of
breaks (`break_causes`), points and verdicts (`verdicts`, `verdict_codes`, `series_window`), cell
addresses (`cells`), errors (`errors`, `crash_reports`, `error_origins`), definitions found in
folders (`discover`), the name probably meant (`similar_names`), files written completely or not at
all (`atomic_files`), digests of code (`version`).
"""
