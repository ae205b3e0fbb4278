"""Reads what a person can and wants out of free text, such as a CV, in any of the newcomers' languages. Pure."""
