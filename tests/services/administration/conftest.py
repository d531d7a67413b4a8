"""A mail receiver for every test that asks."""

from tests.mail import post

__all__ = ["post"]
