"""The mark that ties a test to a numbered rule of the product: ``@rule("4.3")``."""

import pytest

rule = pytest.mark.rule
