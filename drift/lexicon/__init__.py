"""What is known about English words and about names, from packages and from WordNet; the idioms alone are a list of our own."""
