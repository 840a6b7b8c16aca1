"""What is known about English words and about names, from packages and from WordNet: nothing here is a list of our own."""
