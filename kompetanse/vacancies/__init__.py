"""Open positions and what they ask for."""
