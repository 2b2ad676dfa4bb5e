"""Callbacks: wishes to be rung back by a person."""
