"""What the tests stand on: a real PostgreSQL, a real browser, the check of the migrations."""
