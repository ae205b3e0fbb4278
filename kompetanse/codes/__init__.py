"""Closed code lists as data: the standards that profiles, vacancies and files are written in."""
