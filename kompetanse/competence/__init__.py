"""What a person can, wants and likes."""
