"""The only files that know an outside library of the world beyond."""
