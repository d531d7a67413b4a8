"""A person's own training: what is next and what is due (rule 6)."""

from mps_app.services.my_training.home import home_page

__all__ = ["home_page"]
