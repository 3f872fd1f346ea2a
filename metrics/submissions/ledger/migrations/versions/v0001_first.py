"""Submissions, reports and releases."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "submissions",
        sa.Column("collection", sa.String(64), primary_key=True),
        sa.Column("round", sa.String(64), primary_key=True),
        sa.Column("area", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("vintage", sa.String(16), nullable=False),
        *_file(),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("received_at", sa.String(20), nullable=False),
        sa.Column("observations", sa.Integer),
        sa.Column("actions", sa.Integer),
        sa.UniqueConstraint("collection", "round", "area", "vintage"),
    )
    op.create_table(
        "reports",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("collection", sa.String(64), primary_key=True),
        sa.Column("round", sa.String(64), primary_key=True),
        sa.Column("area", sa.String(64), primary_key=True),
        sa.Column("file", sa.String(255), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("received_at", sa.String(20), nullable=False),
    )
    op.create_table(
        "releases",
        sa.Column("collection", sa.String(64), primary_key=True),
        sa.Column("label", sa.String(64), primary_key=True),
        sa.Column("inputs", sa.String(64), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("built_at", sa.String(20), nullable=False),
    )


def downgrade() -> None:
    for table in ("releases", "reports", "submissions"):
        op.drop_table(table)


def _file() -> list[sa.Column[object]]:
    return [
        sa.Column("file", sa.String(255), nullable=False),
        sa.Column("format", sa.String(16), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
    ]
