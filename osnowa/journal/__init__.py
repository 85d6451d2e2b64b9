"""Deeds done and work under way."""
