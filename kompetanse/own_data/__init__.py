"""A person's own data, handed to her: all of it, as JSON Resume, and as a CV to print (GDPR art. 15 and 20)."""
