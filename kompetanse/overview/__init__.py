"""The municipality at a glance: how many newcomers of which kind, and where they and the open positions are."""
