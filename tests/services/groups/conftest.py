"""The same school as the applications' tests: a group without people has little to tell."""

from tests.services.applications.conftest import school

__all__ = ["school"]
