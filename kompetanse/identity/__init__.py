"""Staff accounts, sessions, API clients and tokens."""
