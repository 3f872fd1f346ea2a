"""Keep the texts beside figures of which a sender confirmed that they change none."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("reports", sa.Column("texts", sa.JSON, nullable=False, server_default="{}"))
