"""How the shipped reader is made and measured, in seeded commands. Knows nothing of the chat that uses it."""
