"""What has happened with a person in the registry, by date: read from what each domain keeps, and stored nowhere."""
