"""From observations to indicator values and verdicts: pure functions over tables.

`derive.derive` adds shares and changes, `aggregation.aggregate.aggregate` adds the Union,
`disclosure.disclose.disclose` suppresses confidential values, `assessment.assess.assess` assesses
each target by its methods, `trajectory.trajectory` and `status_history.status_history` give the
path and the status of every period, and `outlook.outlook` extrapolates recent trends.
"""
