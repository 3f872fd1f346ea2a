"""Assess targets: series histories, methods applied to them, and reviewers' overrides.

`caseload.collect_cases` lists what is to be judged, `judging.judge_cases` judges it, and
`assess.assess` makes the released table.
"""
