"""The HTTP face: REST under `/api/v1`, and the pages of the web client."""
