"""What staff fill in about groups."""

from datetime import date

from pydantic import AwareDatetime, Field, model_validator

from mps_app.views.base import Form


class SessionPlan(Form):
    """One session to be held."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    room_id: int | None = None
    online_url: str | None = Field(default=None, max_length=500)
    title: str = Field(default="", max_length=200)
    lecturer_ids: list[int] = []

    @model_validator(mode="after")
    def _ordered(self) -> "SessionPlan":
        if self.starts_at >= self.ends_at:
            message = "a session ends after it starts"
            raise ValueError(message)
        return self


class GroupPlan(Form):
    """A group to be drafted (5.1)."""

    course_id: int
    code: str = Field(min_length=1, max_length=40)
    minimum: int = Field(gt=0)
    maximum: int = Field(gt=0)
    decision_on: date | None = None
    registration_opens_at: AwareDatetime
    registration_closes_at: AwareDatetime
    cancellation_deadline_at: AwareDatetime
    language: str = "lv"
    price_cents: int | None = Field(default=None, ge=0)
    institution_share: int | None = Field(default=None, gt=0)  # the most that one institution takes (11.6)
    bring_text: str = Field(default="", max_length=1000)
    sessions: list[SessionPlan] = []


class SessionMove(Form):
    """A session at its new time and place (5.3)."""

    session_id: int
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    room_id: int | None = None
    online_url: str | None = Field(default=None, max_length=500)
