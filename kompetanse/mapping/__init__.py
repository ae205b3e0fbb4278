"""The mapping conversation: which questions coordinator and newcomer go through, and how far they have come."""
