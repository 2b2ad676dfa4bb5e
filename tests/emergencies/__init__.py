"""Emergencies are heard, near misses are not."""
