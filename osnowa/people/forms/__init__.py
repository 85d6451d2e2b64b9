"""What people type about themselves and about seats."""
