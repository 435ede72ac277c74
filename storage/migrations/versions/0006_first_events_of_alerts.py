"""The event that an alert was made for, before events were merged.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "first_event_id",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                nullable=True,
            )
        )
        batch_op.create_index(
            "ix_outbox_first_event",
            ["first_event_id"],
            unique=False,
            sqlite_where=sa.text("first_event_id IS NOT NULL"),
            postgresql_where=sa.text("first_event_id IS NOT NULL"),
        )
