"""What a person typed when the session ended, kept until the same person signs in again."""

from typing import ClassVar

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from mps_app.models.base import Table, refers_to


class Draft(Table, table=True):
    """The last unfinished input of one form of one person; removed when taken up again, or after a day."""

    __table_args__: ClassVar = (UniqueConstraint("person_id", "form"),)

    person_id: int = refers_to("person.id")
    form: str
    sealed: bytes = Field(sa_type=LargeBinary)  # whatever the form holds, as JSON
