"""What waits for whoever asks, out of all domains, by what is due first."""
