"""Files of Office programs whose bytes do not depend on when they were written."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def without_times(content: bytes) -> bytes:
    """The same parts in the same order, each of one fixed time."""
    fixed = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, FIXED_TIME), source.read(name), ZIP_DEFLATED)
    return fixed.getvalue()
