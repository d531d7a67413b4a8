"""The tests: what the school promises, proven."""
