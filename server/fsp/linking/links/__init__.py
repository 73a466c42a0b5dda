"""Links: the identifiers of the cases' bodies and places, and what they are the same as elsewhere."""
