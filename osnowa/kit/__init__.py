"""Noun-free helpers: doors, refusals, logs, code lists, folding. Knows no room."""
