"""Measures how well strangers are understood, and learns the search's calibration from development data."""
