"""How the registry itself stands in a municipality: for whoever administers it, who may know of no newcomer."""
