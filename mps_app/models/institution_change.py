"""What changed for an institution, noted by triggers in the transaction that changed it (11.4)."""

from typing import ClassVar

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from mps_app.models.base import Table


class InstitutionChange(Table, table=True):
    """Something about a person as an institution sees them; no person: about all of them, no institution: of all.

    Whoever remembers rosters asks for what was written since the oldest transaction that was open when they read
    last, so no commit is missed, and nobody waits for anybody's lock. Kept for two days.
    """

    __table_args__: ClassVar = (Index("ix_institution_change_seen", "institution_id", "transaction_number"),)

    institution_id: int | None = Field(default=None, sa_type=BigInteger)
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    transaction_number: int = Field(sa_type=BigInteger)
