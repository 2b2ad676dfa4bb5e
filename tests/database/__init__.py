"""Tests of the database room, each on SQLite and on a real PostgreSQL."""
