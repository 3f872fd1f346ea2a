"""Keys, components and status codes of the tables that pass between the steps."""

from importlib.resources import files

EU = "EU27_2020"
TOTAL = "_T"

# Every table has one column per breakdown; TOTAL if an observation is not broken down by it. A new
# one is a line at the end of the file: a table from before reads as TOTAL.
BREAKDOWNS = tuple((files(__package__) / "breakdowns.csv").read_text(encoding="utf-8").split()[1:])

# The component of an indicator that a row holds: see `Kind`.
VALUE, NUMERATOR, DENOMINATOR = "value", "numerator", "denominator"
CASES, MEDIAN, STEP = "cases", "median", "step"
# Components that `derive` and `aggregate` add.
YEAR_ON_YEAR, CHANGE_IN_POINTS, PER_100_000_CHILDREN, AREAS_REACHED, CHAINED_INDEX = (
    "year_on_year",  # in per cent
    "change_points",  # of a share: in percentage points
    "per_100_000_children",
    "reached",
    "chained_index",
)
YEARLY_CHANGES = (YEAR_ON_YEAR, CHANGE_IN_POINTS)

SERIES = ("indicator", "component", "area", *BREAKDOWNS)
KEY = (*SERIES, "period")
KEY_WITHOUT_COMPONENT = [name for name in KEY if name != "component"]
STATUSES = ("observation_status", "confidentiality_status")
# What a submitter may state with a value: the day of a milestone, the publication, a remark, and
# whether the value is only a limit of the true one.
ATTRIBUTES = ("since", "reference", "remark", "source", "address", "limit")

# Codes of `limit`: the true value is more than this, less than this, or either; "" if it is exact.
LOWER_LIMIT, UPPER_LIMIT, EITHER_LIMIT = "LOWER", "UPPER", "EITHER"
NORMAL, FREE, CONFIDENTIAL = "A", "F", "C"
OTHER_DEFINITION = "D"  # of a figure that covers less, or more, than is asked for
BREAK, FORECAST = "B", "F"  # a break in the series before the value; a forecast
ESTIMATED = "E"
SPECIAL_EVENT = "S"  # a strike or the like: the value is compared with no other year
NOT_APPLICABLE, MISSING, NOT_COLLECTED, WITHHELD = "M", "O", "L", "Q"
# Observation statuses of an absent value (CL_OBS_STATUS 2.0).
WITHOUT_VALUE = (MISSING, NOT_APPLICABLE, NOT_COLLECTED, "H", WITHHELD)
