"""Page skeleton and components."""
