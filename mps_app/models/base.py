"""What every table shares: identity, moment of creation, and predictable constraint names."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Identity, MetaData, func
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

metadata: MetaData = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Table(SQLModel):
    """Identity and creation moment (UTC)."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805  # a declared attribute receives the class
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger, sa_column_args=[Identity(always=False)])
    created_at: datetime = Field(
        default_factory=_utc_now,
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": func.now()},
    )

    @property
    def key(self) -> int:
        """Return the id of a row that is in the database; raises ``ValueError`` before that."""
        if self.id is None:
            message = f"{type(self).__name__} has no id before it is flushed"
            raise ValueError(message)
        return self.id


def instant(*, nullable: bool = False, index: bool = False) -> Column[datetime]:
    """Return a column for an instant in UTC."""
    return Column(DateTime(timezone=True), nullable=nullable, index=index)


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """Return the check that a text column holds a value of an enumeration."""
    listed = ", ".join(f"'{value.value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def refers_to(target: str, **options: Any) -> Any:  # Any: what SQLModel's own Field takes and returns
    """Return a reference to another table's id (bigint, as all ids)."""
    return Field(foreign_key=target, sa_type=BigInteger, **options)
