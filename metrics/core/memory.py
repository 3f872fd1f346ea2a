"""Keep the memory of a process small while it works on a large file."""

import numpy as np
import pandas as pd

# For columns of a million different texts, of which each would take fifty bytes more as an object.
IN_ARROW = pd.StringDtype("pyarrow", na_value=np.nan)


def texts_in_arrow(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its texts in Arrow, which keeps no object for each of them."""
    texts = [name for name, dtype in table.dtypes.items() if isinstance(dtype, pd.StringDtype)]
    return table.astype(dict.fromkeys(texts, IN_ARROW))
