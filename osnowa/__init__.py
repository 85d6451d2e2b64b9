"""Osnowa: the workbench of a regional social-economy coordinator."""

__version__ = "0.1.0"
