"""What people type about places, parsed and checked."""
