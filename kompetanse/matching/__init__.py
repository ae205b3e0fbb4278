"""Matching people with vacancies: gated, graded and explained. Pure but for `service`."""
