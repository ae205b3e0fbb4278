"""Who is looked for: what a search asks, searches that are kept and watched, and lists of people by name."""
