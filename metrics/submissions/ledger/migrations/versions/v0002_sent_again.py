"""Identify submissions by vintage, because the same file may be sent again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

PLACE = ("collection", "round", "area")
TEXTS = {"file": 255, "format": 16, "key": 255, "state": 16, "received_at": 20}
NUMBERS = ("size", "observations", "actions")
BEFORE = "submissions_by_digest"


def upgrade() -> None:
    op.rename_table("submissions", BEFORE)
    op.create_table(
        "submissions",
        *(sa.Column(name, sa.String(64), primary_key=True) for name in PLACE),
        sa.Column("vintage", sa.String(16), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        *(sa.Column(name, sa.String(size), nullable=False) for name, size in TEXTS.items()),
        *(sa.Column(name, sa.Integer, nullable=name != "size") for name in NUMBERS),
    )
    names = sa.text(", ".join((*PLACE, "vintage", "digest", *TEXTS, *NUMBERS)))
    rows = sa.select(names).select_from(sa.table(BEFORE))
    op.execute(f"INSERT INTO submissions ({names}) {rows}")
    op.drop_table(BEFORE)
