"""A provider that lies on request, served over real HTTP."""

from collections.abc import Iterator

import pytest

from tests.hostile_provider import HostileProvider
from tests.serving import free_port, serving


@pytest.fixture(scope="session")
def served_provider() -> Iterator[HostileProvider]:
    """The hostile provider of this test process."""
    port = free_port()
    hostile = HostileProvider(f"http://localhost:{port}")
    with serving(hostile.app(), port):
        yield hostile


@pytest.fixture
def provider(served_provider: HostileProvider) -> HostileProvider:
    """A hostile provider, honest until the test bends it."""
    served_provider.begin_anew()
    return served_provider
