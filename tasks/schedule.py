"""The beat table: which job, how often, and why. Importing it makes every job known to the worker."""

from tasks import operations
from tasks.celery_app import app

__all__ = ["operations"]

app.conf.beat_schedule = {}
