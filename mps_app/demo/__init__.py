"""The demo: sample persons who sign in through a provider of its own. None of it exists in production (1.2)."""

from starlette.routing import Route

from mps_app.core.settings import settings


def routes() -> list[Route]:
    """Return the demo's own doors; raises in production, where nobody may ask."""
    if not settings().is_demo:
        message = "the demo does not exist in production"
        raise RuntimeError(message)
    from mps_app.demo import post, provider

    return [*provider.ROUTES, *post.routes()]
