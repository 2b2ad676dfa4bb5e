"""Tests of the chat and the pages in real Chromium."""
