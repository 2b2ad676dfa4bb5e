"""Tests of the German and English expressions."""
