"""Is a value plausible compared with earlier years, other States, and other indicators?

Nothing here is an error. An unusual value may be right; its sender then explains it.
"""
