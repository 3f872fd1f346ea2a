"""Say how much a vintage replaces, and why figures were withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column(
        "submissions",
        sa.Column("extent", sa.String(16), nullable=False, server_default="whole"),
    )
    op.add_column("submissions", sa.Column("reason", sa.Text))
