"""Keep the digest of the file as sent beside that of its clean copy in the archive."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("submissions", sa.Column("sent_digest", sa.String(64)))
    # Until now files were kept as they were sent.
    op.execute("UPDATE submissions SET sent_digest = digest")
