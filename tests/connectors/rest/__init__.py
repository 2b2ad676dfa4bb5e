"""Tests of the REST way in."""
