"""Verbs of clusters."""
