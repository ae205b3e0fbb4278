"""Vacancies that others advertise: the job service's feed, and what employers' systems push in its transfer format."""
