"""MPS: the training management system of a national school of public administration."""
