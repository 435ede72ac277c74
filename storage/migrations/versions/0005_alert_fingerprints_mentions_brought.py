"""What alerts show of an event, and which report brought a mention.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("alert_fingerprint", sa.Text(), server_default=sa.text("''"), nullable=False)
        )

    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "brought_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
            )
        )
