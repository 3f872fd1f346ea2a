"""A later release of the same day as the invented one, in which figures were revised and withdrawn."""

import json
from pathlib import Path
from shutil import copytree

import pandas as pd

from metrics.core.schemas import columns_of
from metrics.core.tables import BREAKDOWNS, TOTAL
from tests.dashboard.release import LABEL

LATER = "2026-04-10-b"
REVISION = {
    **dict.fromkeys(BREAKDOWNS, TOTAL), "indicator": "ICSE_VICTIMS", "component": "value",
    "area": "FI", "period": "2025", "previous_value": 600.0, "value": 625.0,
    "previous_vintage": "2026-03-20T0900Z", "vintage": "2026-04-02T0915Z",
    "previous_observation_status": "A", "observation_status": "A", "confidentiality_status": "F",
}  # fmt: skip


def write_revised_release(home: Path) -> None:
    """Beside the invented release in a workspace; which of them is the current one stays as it is."""
    folder = home / "data/processed/sample"
    copytree(folder / LABEL, folder / LATER)
    rows = pd.DataFrame([REVISION, REVISION | {"period": "2024", "previous_value": None,
                                               "previous_observation_status": "O"}])  # fmt: skip
    missing = pd.DataFrame(
        [
            REVISION | {"area": "SE", "period": "2023", "reason": "counted twice"},
            REVISION | {"area": "SE", "period": "2022", "reason": ""},
        ]
    ).assign(round="2024", submission="2024/SE/x")
    missing[columns_of("withdrawals")].to_parquet(
        folder / LATER / "withdrawals.parquet", index=False
    )
    rows[columns_of("revisions")].to_parquet(folder / LATER / "revisions.parquet", index=False)
    facts = json.loads((folder / LATER / "build.json").read_text())
    facts |= {
        "label": LATER,
        "released": [LABEL],
        "submissions": [{"vintage": REVISION["vintage"]}],
    }
    (folder / LATER / "build.json").write_text(json.dumps(facts))
