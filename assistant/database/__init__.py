"""The one database behind every copy of the hotline: SQLite for a small town, PostgreSQL for a big one."""
