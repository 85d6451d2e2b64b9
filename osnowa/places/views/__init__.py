"""Pages of places, one file a noun."""
