"""The same grades and gates as `engine.match`, for all pairs at once: arrays and a compiled loop. Pure."""
