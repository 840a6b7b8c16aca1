"""Did the copy drift, or our instrument? Every finding in a translated copy gets an attribution and its evidence.

The evidence is gathered from the source sentence itself (`source`), from the MT model's own probabilities (`forced`)
and from a multilingual encoder (`nearness`), and weighed in `weigh`. `control` knows what the same instrument does to
the reference. Importing this loads nothing heavy.
"""
