"""Messages to people outside, by e-mail and SMS: what one is, and who takes it. It knows nobody and stores nothing."""
