"""How the shipped embedding model is made, in one seeded command. Knows nothing of the index that uses it."""
