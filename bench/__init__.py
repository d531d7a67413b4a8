"""Measures: what the system costs and how quickly it answers. ``make bench`` prints the tables."""
