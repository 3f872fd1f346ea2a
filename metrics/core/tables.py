"""Keys, components and status codes of the tables that pass between the steps."""

EU = "EU27_2020"
TOTAL = "_T"

# One column per breakdown in every table; TOTAL where an observation is not broken down by it.
BREAKDOWNS = (
    "sex", "age", "sphere", "audience", "authority", "provider", "topic", "instrument",
    "capability", "coverage", "hosting", "band", "role", "partner", "theme", "offence",
    "counted_by",
)  # fmt: skip

# What of an indicator a row holds: see `Kind`.
VALUE, NUMERATOR, DENOMINATOR = "value", "numerator", "denominator"
CASES, MEDIAN, STEP = "cases", "median", "step"
# What `derive` and `aggregate` add beside what was reported.
YEAR_ON_YEAR, PER_100_000_CHILDREN, AREAS_REACHED, CHAINED_INDEX = (
    "year_on_year",
    "per_100_000_children",
    "reached",
    "chained_index",
)

SERIES = ("indicator", "component", "area", *BREAKDOWNS)
KEY = (*SERIES, "period")
STATUSES = ("observation_status", "confidentiality_status")
# What a submitter may say beside a value: the day of a milestone, where it is published, a remark.
ATTRIBUTES = ("since", "reference", "remark", "source", "address")

NORMAL, FREE = "A", "F"
BREAK, FORECAST = "B", "F"  # a break in the series before the value; a value that is none yet
NOT_APPLICABLE, MISSING, NOT_COLLECTED, WITHHELD = "M", "O", "L", "Q"
