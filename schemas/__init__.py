"""Contracts of what crosses the API and the files; no table is ever returned."""
