"""From observations to values and verdicts: pure functions over tables.

`derive.derive` adds shares and changes, `aggregation.aggregate.aggregate` totals of the Union,
`disclosure.disclose.disclose` withholds what may not be shown, `assessment.assess.assess` judges
each target by its methods, and `outlook.outlook` carries recent trends on.
"""
