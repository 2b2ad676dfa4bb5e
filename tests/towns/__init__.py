"""Tests of the towns room."""
