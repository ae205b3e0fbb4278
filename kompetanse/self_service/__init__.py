"""What a newcomer does in her own matters. Nothing here takes a person: it is always she who asks."""
