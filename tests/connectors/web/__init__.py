"""Tests of the web chat's protocol."""
