"""Assess targets: series histories, methods applied to them, and reviewers' overrides.

`basis.assessment_basis` lists the cases to judge, `judging.judge_cases` judges them, and
`assess.assess` makes the released table.
"""
