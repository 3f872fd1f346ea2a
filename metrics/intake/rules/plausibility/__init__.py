"""Is a value plausible: beside earlier years, beside other states, beside other indicators?

Nothing here is an error. A value may be unlike all others and right; its sender then says why.
"""
