"""Tests of waste dates."""
