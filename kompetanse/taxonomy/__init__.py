"""Skills and occupations as concepts with labels in many languages, and the linking of written words to them."""
