"""Assess targets: series histories, methods applied to them, and reviewers' overrides.

`basis.assessment_basis` lists the cases to assess, `case_verdicts.assess_cases` assesses them, and
`assess.assess` makes the released table.
"""
