"""Conversations between citizens and the town: transcript, owner, deadline, and the doors in and out."""
