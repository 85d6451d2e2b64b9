"""Verbs of agreements."""
