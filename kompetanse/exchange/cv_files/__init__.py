"""CVs as files: Europass, JSON Resume, PDF and Word, read into suggestions beside what stood there."""
